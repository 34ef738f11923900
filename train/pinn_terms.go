package train

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// pointTerm is a term of a PINN's loss: errors at points.
type pointTerm struct {
	name    string
	weight  float64
	points  int
	columns int
	draw    func(f graph.Feeds, rng *rand.Rand) error
	errors  func(g *graph.Graph, m models.Differentiable, in graph.Nodes) *graph.Node // [points, columns]
}

// The names of the terms, and of their points in the feeds.
const (
	residualTerm = "residual"
	initialTerm  = "initial"
	boundaryTerm = "boundary"
	dataTerm     = "data"
)

// collect lists the terms that the model does not meet by itself.
func (p *PINN) collect() ([]pointTerm, error) {
	initial, ends := p.model.Exact()
	w, observed := p.Weights, len(p.task.Layout.Instance.Observations) > 0 && p.Weights.Data > 0
	switch {
	case !initial && w.Initial == 0 && !observed:
		return nil, errors.New("pinn: weights.initial = 0, but the solution depends on the initial state, which the model does not begin with")
	case !ends && w.Boundary == 0 && !observed:
		return nil, errors.New("pinn: weights.boundary = 0, but the solution depends on what holds at the ends, which the model does not meet")
	}
	terms := []pointTerm{p.residualTerm()}
	if !initial && w.Initial > 0 {
		terms = append(terms, p.initialTerm())
	}
	if !ends && w.Boundary > 0 {
		terms = append(terms, p.boundaryTerm())
	}
	if observed {
		terms = append(terms, p.dataTerm())
	}
	return terms, nil
}

// residualTerm is the equation.
func (p *PINN) residualTerm() pointTerm {
	n, dims := p.Points.Residual, len(p.extent)
	return pointTerm{residualTerm, p.Weights.Residual, n, p.law.channels,
		func(f graph.Feeds, rng *rand.Rand) error {
			x := make([]float64, n*dims)
			if err := p.Sampler.Value.Draw(x, dims, p.squares, rng); err != nil {
				return err
			}
			rows := slices.Collect(slices.Chunk(x, dims))
			slices.SortStableFunc(rows, func(a, b []float64) int { return cmp.Compare(a[dims-1], b[dims-1]) })
			f[residualTerm] = p.stretched(slices.Concat(rows...))
			return nil
		},
		func(g *graph.Graph, m models.Differentiable, in graph.Nodes) *graph.Node {
			return p.law.residual(g, m, in[residualTerm])
		}}
}

// stretched brings points of the unit cube to the problem's space and time.
func (p *PINN) stretched(x []float64) graph.Tensor {
	dims := len(p.extent)
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v * p.extent[i%dims]
	}
	return graph.Tensor{Shape: []int{len(x) / dims, dims}, Data: y}
}

// squares returns the squares of the residual at points of the unit cube.
func (p *PINN) squares(x []float64) ([]float64, error) {
	f := graph.Feeds{"x": p.stretched(x)}
	if p.program == nil {
		var err error
		p.program, err = graph.Compile(p.on, f, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
			return p.law.residual(g, p.model, in["x"])
		})
		if err != nil {
			return nil, err
		}
	}
	if err := p.program.Run(f); err != nil {
		return nil, err
	}
	var squares []float64
	for r := range slices.Chunk(p.program.Output().Values(), p.law.channels) {
		sum := 0.0
		for _, v := range r {
			sum += v * v
		}
		if !finite(sum) {
			return nil, ErrDiverged
		}
		squares = append(squares, sum)
	}
	return squares, nil
}

// initialTerm is the initial state, at points of the grid.
func (p *PINN) initialTerm() pointTerm {
	grid, c, n := p.task.Layout.Grid, p.law.channels, p.Points.Initial
	return pointTerm{initialTerm, p.Weights.Initial, n, c,
		func(f graph.Feeds, rng *rand.Rand) error {
			var x, u []float64
			order := rng.Perm(grid.Size())
			for i := range n {
				j := order[i%len(order)]
				x = append(append(x, place(grid, j)...), 0)
				u = append(u, p.task.Layout.Instance.Initial[j*c:(j+1)*c]...)
			}
			p.put(f, initialTerm, x, u)
			return nil
		}, p.difference(initialTerm)}
}

// dataTerm is the observations.
func (p *PINN) dataTerm() pointTerm {
	all := p.task.Layout.Instance.Observations
	return pointTerm{dataTerm, p.Weights.Data, len(all), p.law.channels,
		func(f graph.Feeds, _ *rand.Rand) error {
			var x, u []float64
			for _, o := range all {
				x, u = append(x, o.Place...), append(u, o.Values...)
			}
			p.put(f, dataTerm, x, u)
			return nil
		}, p.difference(dataTerm)}
}

// put feeds points and what the solution is there.
func (p *PINN) put(f graph.Feeds, name string, x, u []float64) {
	n := len(x) / len(p.extent)
	f[name] = graph.Tensor{Shape: []int{n, len(p.extent)}, Data: x}
	f[name+".u"] = graph.Tensor{Shape: []int{n, p.law.channels}, Data: u}
}

// difference is how far the network is from what was put.
func (p *PINN) difference(name string) func(*graph.Graph, models.Differentiable, graph.Nodes) *graph.Node {
	return func(g *graph.Graph, m models.Differentiable, in graph.Nodes) *graph.Node {
		u := m.Apply(g, models.Input{Points: in[name]})
		return g.Combine([]float64{1, -1}, u, in[name+".u"])
	}
}

// boundaryTerm is what holds at the ends of the axes, those of all sides beside
// each other.
func (p *PINN) boundaryTerm() pointTerm {
	n, dims, sides := p.Points.Boundary, len(p.extent), 2*len(p.task.Problem.Ends)
	feed := func(side int) string { return fmt.Sprintf("%s%d", boundaryTerm, side) }
	return pointTerm{boundaryTerm, p.Weights.Boundary, n, sides * p.law.channels,
		func(f graph.Feeds, rng *rand.Rand) error {
			for side := range sides {
				x := make([]float64, n*dims)
				uniformly(x, rng)
				for i := range n {
					x[i*dims+side/2] = float64(side % 2)
				}
				f[feed(side)] = p.stretched(x)
			}
			return nil
		},
		func(g *graph.Graph, m models.Differentiable, in graph.Nodes) *graph.Node {
			var columns []*graph.Node
			for side := range sides {
				columns = append(columns, p.atEnd(g, m, side, in[feed(side)])...)
			}
			return joined(g, columns)
		}}
}

// atEnd is the error of the condition at one end of an axis, [P, 1] for each
// channel.
func (p *PINN) atEnd(g *graph.Graph, m models.Differentiable, side int, x *graph.Node) []*graph.Node {
	axis, outward := side/2, float64(2*(side%2)-1)
	condition := p.task.Problem.Ends[axis].Low.Value
	if side%2 == 1 {
		condition = p.task.Problem.Ends[axis].High.Value
	}
	var normal physics.Order
	normal[axis] = 1
	u := m.Derivatives(g, x, []physics.Order{{}, normal})
	columns := make([]*graph.Node, p.law.channels)
	for c := range columns {
		value, slope, rest := p.relation(condition, axis, c)
		e := g.Combine([]float64{value, slope * outward}, u(c, physics.Order{}), u(c, normal))
		columns[c] = g.Affine(e, []float64{1}, []float64{rest})
	}
	return columns
}

// relation is what a condition says of a channel and of its outward derivative
// on the end,
//
//	value u + slope ∂u/∂n + rest = 0,
//
// with 1 for the larger of |value| and |slope|. It is read off the images of
// states: on a line through the end, whose image is a distance of 1 away from
// it, the image must be on the line, too.
func (p *PINN) relation(condition physics.Condition, axis, c int) (value, slope, rest float64) {
	normal := -1
	if e, ok := p.task.Problem.Equation.Value.(physics.Oriented); ok {
		normal = slices.Index(e.Components(p.task.Layout.Grid.Dims()), physics.Component(axis))
	}
	off := func(u, du float64) float64 {
		inside, beyond := make([]float64, p.law.channels), make([]float64, p.law.channels)
		inside[c] = u - du/2
		condition.Image(beyond, inside, inside, 1, normal)
		return u + du/2 - beyond[c]
	}
	rest = off(0, 0)
	value, slope = off(1, 0)-rest, off(0, 1)-rest
	size := max(math.Abs(value), math.Abs(slope))
	return value / size, slope / size, rest / size
}
