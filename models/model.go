// Package models holds the networks. A network is a struct whose exported
// fields are its settings; see [Model].
//
// To add a network, copy fno.go.
package models

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// Model is a parametric operator u = G_θ(a): a is a state on a grid.
type Model interface {
	// Init checks the spec and draws the parameters into ps. It refuses what
	// the model cannot do.
	Init(s Spec, ps *graph.Params, rng *rand.Rand) error

	// Apply adds the model to a graph. It is called any number of times after
	// Init, for any batch size, and on any grid that the model's operations
	// allow.
	Apply(g *graph.Graph, in Input) *graph.Node
}

// Wrapper is a model that has another one inside.
type Wrapper interface {
	Model
	Inner() configs.Of[Model]
}

// Name names a model with those inside it, from the outside in, such as
// "residual fno".
func Name(m configs.Of[Model]) string {
	if w, ok := m.Value.(Wrapper); ok {
		return m.Kind + " " + Name(w.Inner())
	}
	return m.Kind
}

// Spec is what a method asks of a model. What is zero is absent; a model refuses
// what it has no use for, see [Spec.only].
type Spec struct {
	Grid     physics.Grid
	Periodic []bool  // per axis of the grid: whether its ends meet
	In       []Scale // channels of Input.State
	Out      []Scale // channels of the output
	Cond     []Scale // numbers of Input.Cond: what holds for a sample as a whole
	Change   []Scale // of Out minus the last channels of Input.State, where Out is the state after them
	Coords   int     // coordinates of a point of Input.Points
	States   *States // of which the output consists; nil where it is something else

	Solution *Solution // what the output is known to be, where the model stands for one solution
}

// Scale is what is known of a channel before training: its mean and standard
// deviation. A network sees it with mean 0 and deviation 1, see [Normalized].
type Scale struct{ Mean, Std float64 }

// Input holds a model's inputs. Those that its Spec lacks are nil.
type Input struct {
	State  *graph.Node // [B, N…, In]
	Cond   *graph.Node // [B, Cond], such as a parameter of the equation
	Points *graph.Node // [P, Coords] at which the output is wanted; on the grid where it is nil
}

// use is a part of a Spec that a model may have use for.
type use int

const (
	state  use = 1 << iota // In
	cond                   // Cond
	points                 // Coords
)

// only refuses a spec that has a part which a model of some kind cannot use, or
// that lacks the state where the model needs one.
func (s Spec) only(kind string, can use) error {
	switch {
	case len(s.Out) == 0:
		return fmt.Errorf("%s: the method wants no output", kind)
	case can&state != 0 && len(s.In) == 0:
		return fmt.Errorf("%s: maps a state on a grid, but the method gives none", kind)
	case can&state == 0 && len(s.In) > 0:
		return fmt.Errorf("%s: is a function of the place alone, but the method gives it a state", kind)
	case can&cond == 0 && len(s.Cond) > 0:
		return fmt.Errorf("%s: takes no conditions, but the method gives it %d numbers for each sample; wrap it in the model conditioned, or blind", kind, len(s.Cond))
	case can&points == 0 && s.Coords > 0:
		return fmt.Errorf("%s: gives its output on the grid, but the method asks for it at points", kind)
	}
	return nil
}

// dense is an affine map of the last axis.
type dense struct{ w, b *graph.Param }

// newDense adds a layer with weights and biases from U(−1/√in, 1/√in), as is
// usual in PyTorch.
func newDense(ps *graph.Params, rng *rand.Rand, name string, in, out int) dense {
	r := 1 / math.Sqrt(float64(in))
	return dense{
		w: ps.New(name+".weight", []int{in, out}, graph.Uniform(rng, r)),
		b: ps.New(name+".bias", []int{out}, graph.Uniform(rng, r)),
	}
}

func (d dense) apply(g *graph.Graph, act kernel.Activation, x *graph.Node) *graph.Node {
	return g.Dense(act, x, g.Param(d.w), g.Param(d.b))
}
