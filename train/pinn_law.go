package train

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// law is an equation whose residual a network is trained to make vanish, with
// numbers in it that are learned, too:
//
//	R(θ) = R(θ₀) + Σ_i (p_i − 1) ( R(θ₀ with 2θ₀_i) − R(θ₀) ),  θ_i = p_i θ₀_i,
//
// which is exact where R is affine in θ, as in coefficients of terms.
type law struct {
	equation physics.Evolution
	grid     physics.Grid
	channels int
	unknown  []unknown
	orders   []physics.Order // derivatives that the residual needs
}

// unknown is a number of the equation that is sought.
type unknown struct {
	name    string
	start   float64           // θ₀
	doubled physics.Evolution // the equation with 2θ₀
	factor  *graph.Param      // p
}

// newLaw reads the problem's equation, and adds what is unknown to ps.
func newLaw(p physics.Problem, names []string, ps *graph.Params) (*law, error) {
	e, ok := p.Equation.Value.(physics.Evolution)
	if !ok {
		return nil, fmt.Errorf("pinn: needs an equation in time, not %q", p.Equation.Kind)
	}
	l := &law{equation: e, grid: p.Grid, channels: p.Channels()}
	if l.channels == 0 {
		return nil, fmt.Errorf("pinn: %s is not defined in %d dimensions", p.Equation.Kind, p.Grid.Dims())
	}
	var tripled []float64
	for _, name := range names {
		start, err := p.Number(name)
		if err != nil {
			return nil, fmt.Errorf("method.unknown: %w", err)
		}
		if start == 0 {
			return nil, fmt.Errorf("method.unknown: %s begins with 0, want a guess of about the right size", name)
		}
		doubled, err := with(p, names[len(l.unknown):len(l.unknown)+1], []float64{2 * start})
		if err != nil {
			return nil, err
		}
		l.unknown = append(l.unknown, unknown{name, start, doubled, nil})
		tripled = append(tripled, 3*start)
	}
	if err := l.study(); err != nil {
		return nil, err
	}
	if len(names) > 0 {
		far, err := with(p, names, tripled)
		if err != nil {
			return nil, err
		}
		if err := l.checkAffine(far); err != nil {
			return nil, err
		}
	}
	for i := range l.unknown {
		l.unknown[i].factor = ps.New("unknown."+l.unknown[i].name, []int{1, 1}, func() float64 { return 1 })
	}
	return l, nil
}

// with is the problem's equation with other numbers.
func with(p physics.Problem, names []string, values []float64) (physics.Evolution, error) {
	p.Parameters = nil
	for _, name := range names {
		p.Parameters = append(p.Parameters, physics.Parameter{Name: name})
	}
	q, err := p.With(values)
	if err != nil {
		return nil, fmt.Errorf("method.unknown: to tell how the equation depends on them: %w", err)
	}
	return q.Equation.Value.(physics.Evolution), nil
}

// study finds out which derivatives the residual needs.
func (l *law) study() error {
	_, err := l.try(func(j *physics.Jets) *graph.Node {
		known := j.Stream
		j.Stream = func(c int, o physics.Order) *graph.Node {
			if !slices.Contains(l.orders, o) {
				l.orders = append(l.orders, o)
			}
			return known(c, o)
		}
		return l.combined(j, 1)
	})
	return err
}

// checkAffine compares the residual of an equation in which all unknown numbers
// are tripled with what the others say it is.
func (l *law) checkAffine(far physics.Evolution) error {
	got, err := l.try(func(j *physics.Jets) *graph.Node { return l.combined(j, 3) })
	if err != nil {
		return err
	}
	want, err := l.try(func(j *physics.Jets) *graph.Node { return joined(j.Graph, l.residualOf(far, j)) })
	if err != nil {
		return err
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9*(1+math.Abs(want[i])) {
			return errors.New("method.unknown: want numbers in which the equation is affine together, such as coefficients of its terms")
		}
	}
	return nil
}

// combined is the residual with unknown numbers that are factor times what they
// are at the start, [P, C].
func (l *law) combined(j *physics.Jets, factor float64) *graph.Node {
	base := joined(j.Graph, l.residualOf(l.equation, j))
	weights, parts := []float64{1 - (factor-1)*float64(len(l.unknown))}, []*graph.Node{base}
	for _, u := range l.unknown {
		weights, parts = append(weights, factor-1), append(parts, joined(j.Graph, l.residualOf(u.doubled, j)))
	}
	return j.Graph.Combine(weights, parts...)
}

// try evaluates what build makes of arbitrary derivatives at some points, which
// are the same in all tries.
func (l *law) try(build func(j *physics.Jets) *graph.Node) (values []float64, err error) {
	const points = 3
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case physics.Unsupported:
			err = fmt.Errorf("pinn: %w", cause)
		default:
			panic(cause)
		}
	}()
	pool := kernel.NewPool(1)
	defer pool.Close()
	draw := func(g *graph.Graph, columns int, seed uint64) *graph.Node {
		rng := rand.New(rand.NewPCG(seed, 1))
		v := make([]float64, points*columns)
		for i := range v {
			v[i] = 0.5 + rng.Float64()
		}
		return g.Const("arbitrary", []int{points, columns}, v)
	}
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		return build(l.jets(g, draw(g, l.grid.Dims()+1, 0), func(c int, o physics.Order) *graph.Node {
			seed := uint64(c + 1)
			for _, n := range o {
				seed = 16*seed + uint64(n)
			}
			return draw(g, 1, seed)
		}))
	})
	if err != nil {
		return nil, err
	}
	if err := p.Run(nil); err != nil {
		return nil, err
	}
	return p.Output().Values(), nil
}

func (l *law) jets(g *graph.Graph, x *graph.Node, stream func(int, physics.Order) *graph.Node) *physics.Jets {
	return &physics.Jets{Graph: g, Points: x, Extent: l.grid.Extent, Stream: stream}
}

// residualOf is the residual of an equation, [P, 1] for each channel.
func (l *law) residualOf(e physics.Evolution, j *physics.Jets) []*graph.Node {
	u := j.Fields(l.channels)
	ut := make([]physics.Field, len(u))
	for c := range u {
		ut[c] = physics.Rate(u[c])
	}
	var nodes []*graph.Node
	for _, r := range physics.Residual(e, l.grid.Dims(), u, ut) {
		nodes = append(nodes, physics.Values(r))
	}
	return nodes
}

// residual is that of a network at points [P, dims+1], [P, C].
func (l *law) residual(g *graph.Graph, m models.Differentiable, x *graph.Node) *graph.Node {
	j := l.jets(g, x, m.Derivatives(g, x, l.orders))
	base := joined(g, l.residualOf(l.equation, j))
	sum := []*graph.Node{base}
	for _, u := range l.unknown {
		change := g.Combine([]float64{1, -1}, joined(g, l.residualOf(u.doubled, j)), base)
		sum = append(sum, l.times(g, u, change), g.Combine([]float64{-1}, change))
	}
	return g.Sum(sum...)
}

// times multiplies x [P, C] by an unknown's factor.
func (l *law) times(g *graph.Graph, u unknown, x *graph.Node) *graph.Node {
	columns := make([]*graph.Node, graph.Channels(x))
	zero := g.Const("zero", []int{1}, []float64{0})
	for c := range columns {
		column := x
		if len(columns) > 1 {
			column = g.Select(x, c, c+1)
		}
		columns[c] = g.Dense(kernel.Identity, column, g.Param(u.factor), zero)
	}
	return joined(g, columns)
}

// joined puts columns [P, 1] side by side.
func joined(g *graph.Graph, columns []*graph.Node) *graph.Node {
	if len(columns) == 1 {
		return columns[0]
	}
	return g.Join(columns...)
}
