package physics

import (
	"fmt"
	"slices"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("conservation", func() Loss { return &Conservation{Weighted: Weighted{1}} })
}

// Conservation is the mean square of how far a forecast is from what the
// problem's equation conserves. For an integral ∫ρ(u) dx it is, over samples,
// frames and integrals, the mean of
//
//	( (∫ρ(u_t) − ∫ρ(u₀) + ∫₀ᵗ Φ dt) / (|Ω| rms ρ(u₀)) )²,
//
// with u₀ the last state that is given. On periodic boxes ρ are the densities of
// the equation's invariants, and Φ, what flows out, is zero. On grids with ends,
// of cells or between walls, a [ConservationLaw] has its channels for ρ, and
//
//	Φ = ∮ (F(u) − D ∇u)·n ds
//
// at the ends, where the state is continued as their conditions say; time is
// integrated by the rule of trapezoids, so frames must be close there.
//
// It asks for no true values. What a step adds to the drift is small beside the
// error of the step, and here squared, so weights are large; too large ones cost
// accuracy. What must hold exactly, the model conserving keeps by itself. Good
// values: Weight 10³ to 10⁵ beside a relative error.
//
// Ref: Hansen et al., ProbConserv (2023), arXiv:2302.11002, §3.2 (the integral
// form), and the baseline SoftC there.
type Conservation struct {
	Weighted
	Invariants []string `doc:"names of those that count, such as mass; empty for all"`

	problem Problem
	parts   []Invariant // on a periodic box
}

// Init implements [Law].
func (l *Conservation) Init(p Problem) error {
	l.problem, l.parts = p, nil
	if p.Grid.Boundary != Periodic {
		return l.initFlux()
	}
	e, ok := p.Equation.Value.(Conservative)
	if !ok {
		return fmt.Errorf("%s declares nothing that it conserves", p.Equation.Kind)
	}
	var names []string
	for _, i := range e.Invariants(p.Grid.Dims()) {
		names = append(names, i.Name)
		if len(l.Invariants) == 0 || slices.Contains(l.Invariants, i.Name) {
			l.parts = append(l.parts, i)
		}
	}
	for _, name := range l.Invariants {
		if !slices.Contains(names, name) {
			return configs.At("invariants", "%q, want some of %q", name, names)
		}
	}
	if len(p.Parameters) > 0 {
		l.parts = slices.DeleteFunc(l.parts, func(i Invariant) bool { return !l.alwaysMean(i) })
	}
	if len(l.parts) == 0 {
		return fmt.Errorf("%s conserves nothing whatever numbers it has", p.Equation.Kind)
	}
	return nil
}

// alwaysMean tells whether an invariant is the mean of a channel, and stays one
// with other numbers in the equation.
func (l *Conservation) alwaysMean(i Invariant) bool {
	drawn, _, err := l.problem.Draw(0, 0, 0)
	c, ok := i.Density(probes(l.problem.Channels())).(probe)
	return err == nil && ok && c >= 0 && Means(drawn.Equation.Value, l.problem.Grid.Dims())[c]
}

// Node implements [Law].
func (l *Conservation) Node(g *graph.Graph, t Trajectory) *graph.Node {
	p := l.problem
	form := newNodes(g, p, 2)
	u := form.fields(allFrames(g, t))
	var terms []*graph.Node
	if flat, ok := form.(*lattice); ok {
		for c, out := range outflow(g, flat, p.Equation.Value.(ConservationLaw), u) {
			terms = append(terms, drift(g, t, p.Grid, form.values(u[c:c+1]), out))
		}
	}
	for _, i := range l.parts {
		terms = append(terms, drift(g, t, p.Grid, form.values([]Field{i.Density(u)}), nil))
	}
	return g.Combine(slices.Repeat([]float64{1 / float64(len(terms))}, len(terms)), terms...)
}

// drift is the mean square of the relative drift of the integral of rho
// [B·(T+1), N…, 1], where out [B·(T+1), 1], or nil, flows out.
func drift(g *graph.Graph, t Trajectory, grid Grid, rho, out *graph.Node) *graph.Node {
	batch, frames := t.Rest.Shape()[0], t.Rest.Shape()[1]
	means := g.Reshape(pointSum(g, rho, grid.Quadrature()), batch, frames+1)
	since, during := make([]float64, (frames+1)*frames), make([]float64, (frames+1)*frames)
	for n := range frames {
		since[n], since[(n+1)*frames+n] = -1, 1
		for m := range n + 2 {
			if during[m*frames+n] = t.Dt; m == 0 || m == n+1 {
				during[m*frames+n] /= 2
			}
		}
	}
	lost := product(g, means, "since", since, frames)
	if out != nil {
		lost = g.Sum(lost, product(g, g.Reshape(out, batch, frames+1), "during", during, frames))
	}
	squares := g.Reshape(pointSum(g, g.Mul(rho, rho), grid.Quadrature()), batch, frames+1)
	first := make([]float64, (frames+1)*frames)
	for n := range frames {
		first[n] = 1
	}
	const tiny = 1e-30 // for states of zeros
	sizes := product(g, squares, "first", first, frames)
	inverse := g.Pow(g.Affine(sizes, slices.Repeat([]float64{1}, frames), slices.Repeat([]float64{tiny}, frames)), -1)
	return g.Mean(g.Mul(g.Mul(lost, lost), inverse))
}

// pointSum is Σ_i w_i x_i over the points of x [S, N…, 1], [S, 1].
func pointSum(g *graph.Graph, x *graph.Node, weights []float64) *graph.Node {
	return product(g, g.Reshape(x, x.Shape()[0], len(weights)), "weights", weights, 1)
}

// product is x M for a fixed matrix M [in, out].
func product(g *graph.Graph, x *graph.Node, name string, m []float64, out int) *graph.Node {
	w := g.Const(name, []int{len(m) / out, out}, m)
	return g.Dense(kernel.Identity, x, w, g.Const("zero", []int{out}, make([]float64, out)))
}
