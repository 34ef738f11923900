package models

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("residual", func() Model { return &Residual{} }) }

// Residual has a network forecast how the state changes,
//
//	u_{t+1} = u_t + μ + s · G_θ(u_t, …),
//
// with μ and s the mean and the standard deviation of the change from a frame
// to the next in the training data. Where a frame is short beside what changes
// in the state, a network that forecasts the state itself spends most of what
// it learns on repeating it, and its error is in units of the state instead of
// those of the change. The output must be the next state of the last channels
// that the network is given.
//
//	model: {kind: residual, model: {kind: fno, width: 32}}
//
// Ref: Stachenfeld et al., Learned coarse models for efficient turbulence
// simulation (2022), arXiv:2112.15275; Lippe et al., PDE-Refiner (2023),
// arXiv:2308.05732, whose models forecast changes, too.
type Residual struct {
	Model configs.Of[Model] `doc:"the network G"`

	spec Spec
}

// Check refuses a residual of nothing.
func (m *Residual) Check() error { return given(m.Model) }

// given refuses a wrapper that has no network inside.
func given(m configs.Of[Model]) error {
	if m.Value == nil {
		return configs.At("model", "missing, want one of %v", configs.Kinds[Model]())
	}
	return nil
}

// Inner implements [Wrapper].
func (m *Residual) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *Residual) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if len(s.Change) == 0 || len(s.Change) != len(s.Out) || len(s.In) < len(s.Out) || s.Coords > 0 {
		return fmt.Errorf("residual: forecasts the change from the last state to the next, but the method maps %d channels to %d of something else", len(s.In), len(s.Out))
	}
	m.spec = s
	s.Change, s.States = nil, nil
	return inside(m.Model.Value.Init(s, ps, rng))
}

// inside says that a wrong setting is one of the network in a wrapper.
func inside(err error) error { return within("model", err) }

// within says that a wrong setting is one of a part.
func within(part string, err error) error {
	var f *configs.FieldError
	if errors.As(err, &f) {
		return configs.At(part+"."+f.Field, "%w", f.Err)
	}
	return err
}

// Apply implements [Model]. States are in units of their own deviation here, see
// [Normalized], and so the change has to be.
func (m *Residual) Apply(g *graph.Graph, in Input) *graph.Node {
	y := m.Model.Value.Apply(g, in)
	scale, shift := make([]float64, len(m.spec.Out)), make([]float64, len(m.spec.Out))
	for c, s := range m.spec.Out {
		scale[c], shift[c] = m.spec.Change[c].Std/s.Std, m.spec.Change[c].Mean/s.Std
	}
	channels := len(m.spec.In)
	last := g.Select(in.State, channels-len(m.spec.Out), channels)
	return g.Sum(last, g.Affine(y, scale, shift))
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Residual) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }
