package models

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

func init() {
	configs.Register("coordinates", func() Model {
		return &CoordinateNetwork{Width: 64, Layers: 4, Activation: Tanh, Omega: 30, Sigma: 1}
	})
}

// CoordinateNetwork is one solution as a function of place and time,
//
//	u(x, t) = N( φ(x, t) ),
//
// with N of Layers hidden layers of Width. The features φ are the coordinates,
// scaled to [−1, 1]; on a periodic grid sin and cos of 2πx/L in their place,
// so that u is periodic whatever N is, and t as sin(t′π/6), t′ in [−1, 1],
// which is nearly linear; or Features random waves
//
//	φ_j = sin( π Sigma b_j·(x′, t′) + phase_j ),  b_j ~ N(0, 1),
//
// of whole numbers of waves along a periodic axis. The activation sin makes it a SIREN,
// sin(Omega (W x + b)). With Initial or Ends, u meets the initial state or the
// values at the walls exactly, so that nothing has to teach them; without these,
// it keeps above what the equation demands ([physics.Confined]).
//
// Good values: Width 20 to 128, Layers 4 to 8; Omega 30 for pictures, 1 to 10
// for smooth solutions; Sigma 1 to 5, larger for shorter waves.
//
// Ref: Raissi, Perdikaris & Karniadakis, J. Comput. Phys. 378 (2019) 686;
// Sitzmann et al. (2020), arXiv:2006.09661, §3.2; Tancik et al. (2020),
// arXiv:2006.10739; Dong & Ni (2021), arXiv:2007.07442, for periodic axes.
type CoordinateNetwork struct {
	Width      int        `range:"[1,4096]" doc:"channels of a hidden layer"`
	Layers     int        `range:"[1,64]" doc:"hidden layers"`
	Activation Activation `doc:"of the hidden layers"`
	Omega      float64    `range:"(0,1000]" doc:"frequency of the activation sin"`
	Features   int        `range:"[0,4096]" doc:"random waves of the coordinates as input; 0 for the coordinates themselves"`
	Sigma      float64    `range:"(0,1000]" doc:"deviation of the random waves, in waves per box"`
	Initial    bool       `doc:"begin exactly with the initial state"`
	Ends       bool       `doc:"have exactly the values given at the walls"`

	spec   Spec
	input  features
	layers []dense
	exact  *exact   // nil where nothing is met exactly
	above  confined // nil where nothing bounds the solution
}

// features are act(w·x + b) of the coordinates, which are not learned.
type features struct {
	act  kernel.Activation
	w, b []float64 // [Coords, F], [F]
}

// Init implements [Model].
func (m *CoordinateNetwork) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("coordinates", points); err != nil {
		return err
	}
	if s.Coords == 0 || s.Solution == nil || len(s.Solution.Extent) != s.Coords {
		return fmt.Errorf("coordinates: is a function of place and time, for methods that learn one solution, such as pinn")
	}
	if m.Activation == ReLU {
		return configs.At("activation", "relu, whose second derivatives are zero, want one that is smooth")
	}
	m.spec = s
	if m.Initial || m.Ends {
		var err error
		if m.exact, err = newExact(s, m.Initial, m.Ends); err != nil {
			return err
		}
	} else {
		m.above = newConfined(s)
	}
	m.input = m.newFeatures(rng)
	in := len(m.input.b)
	for i := range m.Layers {
		m.layers = append(m.layers, m.hidden(ps, rng, i, in))
		in = m.Width
	}
	m.layers = append(m.layers, glorot(ps, rng, fmt.Sprintf("layers.%d", m.Layers), in, len(s.Out)))
	return nil
}

// hidden adds a hidden layer. A SIREN has weights from U(−1/in, 1/in) in the
// first one, later U(−√(6/in)/ω, √(6/in)/ω), and biases from U(−1/√in, 1/√in).
func (m *CoordinateNetwork) hidden(ps *graph.Params, rng *rand.Rand, i, in int) dense {
	name := fmt.Sprintf("layers.%d", i)
	if m.Activation != Sine {
		return glorot(ps, rng, name, in, m.Width)
	}
	r := math.Sqrt(6/float64(in)) / m.Omega
	if i == 0 {
		r = 1 / float64(in)
	}
	return dense{
		w: ps.New(name+".weight", []int{in, m.Width}, graph.Uniform(rng, r)),
		b: ps.New(name+".bias", []int{m.Width}, graph.Uniform(rng, 1/math.Sqrt(float64(in)))),
	}
}

// glorot adds a layer with weights from U(−√(6/(in+out)), √(6/(in+out))) and
// no biases.
//
// Ref: Glorot & Bengio, AISTATS 2010, eq. (16).
func glorot(ps *graph.Params, rng *rand.Rand, name string, in, out int) dense {
	return dense{
		w: ps.New(name+".weight", []int{in, out}, graph.Uniform(rng, math.Sqrt(6/float64(in+out)))),
		b: ps.New(name+".bias", []int{out}, graph.Zero),
	}
}

// newFeatures sets the features of the coordinates.
func (m *CoordinateNetwork) newFeatures(rng *rand.Rand) features {
	coords := m.spec.Coords
	if m.Features > 0 {
		return m.waves(rng)
	}
	f := features{act: kernel.Identity}
	var columns [][]float64
	add := func(axis int, slope, shift float64) {
		w := make([]float64, coords)
		w[axis] = slope
		columns, f.b = append(columns, w), append(f.b, shift)
	}
	near := 1.0
	if slices.Contains(m.spec.Periodic, true) {
		f.act, near = kernel.Sin, math.Pi/6
	}
	for a, l := range m.spec.Solution.Extent {
		if m.closed(a) {
			add(a, 2*math.Pi/l, 0)
			add(a, 2*math.Pi/l, math.Pi/2)
		} else {
			add(a, 2*near/l, -near)
		}
	}
	f.w = transposed(columns)
	return f
}

// closed tells whether a coordinate is periodic.
func (m *CoordinateNetwork) closed(a int) bool { return a < len(m.spec.Periodic) && m.spec.Periodic[a] }

// waves draws random features.
func (m *CoordinateNetwork) waves(rng *rand.Rand) features {
	f := features{act: kernel.Sin}
	columns := make([][]float64, m.Features)
	for j := range columns {
		phase := 2 * math.Pi * rng.Float64()
		for a, l := range m.spec.Solution.Extent {
			n := m.Sigma * rng.NormFloat64() // waves per box
			if m.closed(a) {
				n = math.Round(n)
			}
			columns[j] = append(columns[j], 2*math.Pi*n/l)
			phase -= math.Pi * n
		}
		f.b = append(f.b, phase)
	}
	f.w = transposed(columns)
	return f
}

// transposed lays columns out as a matrix [rows, columns].
func transposed(columns [][]float64) []float64 {
	w := make([]float64, len(columns)*len(columns[0]))
	for j, column := range columns {
		for i, v := range column {
			w[i*len(columns)+j] = v
		}
	}
	return w
}

// network returns the layers, the features as the first of them.
func (m *CoordinateNetwork) network(g *graph.Graph) []graph.Layer {
	count := len(m.input.b)
	all := []graph.Layer{{
		Act: m.input.act,
		W:   g.Const("features", []int{m.spec.Coords, count}, m.input.w),
		B:   g.Const("phases", []int{count}, m.input.b),
	}}
	for i, l := range m.layers {
		layer := graph.Layer{Act: m.Activation.kernel(), W: g.Param(l.w), B: g.Param(l.b)}
		switch {
		case i == m.Layers:
			layer.Act = kernel.Identity
		case m.Activation == Sine:
			layer.W, layer.B = g.Combine([]float64{m.Omega}, layer.W), g.Combine([]float64{m.Omega}, layer.B)
		}
		all = append(all, layer)
	}
	return all
}

// Apply implements [Model].
func (m *CoordinateNetwork) Apply(g *graph.Graph, in Input) *graph.Node {
	if m.exact == nil && m.above == nil {
		return g.MLP(in.Points, m.network(g)...)
	}
	u := m.Derivatives(g, in.Points, []physics.Order{{}})
	channels := make([]*graph.Node, len(m.spec.Out))
	for c := range channels {
		channels[c] = u(c, physics.Order{})
	}
	return g.Join(channels...)
}

// Exact implements [Differentiable]. A periodic grid has no ends.
func (m *CoordinateNetwork) Exact() (initial, ends bool) {
	return m.Initial, m.Ends || !slices.Contains(m.spec.Periodic, false)
}

// Derivatives implements [Differentiable].
func (m *CoordinateNetwork) Derivatives(g *graph.Graph, points *graph.Node, orders []physics.Order) func(int, physics.Order) *graph.Node {
	if m.exact == nil && m.above == nil {
		return streamed(g, points, orders, m.network(g), m.spec)
	}
	network := streamed(g, points, physics.Below(orders...), m.network(g), m.spec)
	u := m.spec.Solution.jets(g, points, network).Fields(len(m.spec.Out))
	if m.exact != nil {
		u = m.exact.fields(g, points, u)
	} else {
		u = m.above.fields(u)
	}
	return func(c int, o physics.Order) *graph.Node { return physics.Derivative(u[c], o) }
}
