package physics

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("variational", func() Loss { return &Variational{Weighted{1}, nil} })
}

// Variational is the energy that the solution of an [Elliptic] equation
// R(a, u) = A u − f = 0 with a symmetric A makes smallest,
//
//	E(u) = ½ ⟨u, A u⟩ − ⟨u, f⟩ = ½ ⟨u, R(a, u)⟩ + ½ ⟨u, R(a, 0)⟩,
//
// per point; for −∇·(a∇u) = f that is the mean of ½ a |∇u|² − f u. It is no
// error: its smallest value is that of the solution, about −½ mean(f u). It has
// half of the derivatives of the [Residuals], so training is far better
// conditioned. Where ends impose a state, what is missing to it counts as its
// mean square over the square of the spacing.
//
// Where samples differ in scale those with large solutions count more.
//
// Ref: E & Yu, The deep Ritz method, Commun. Math. Stat. 6 (2018) 1.
type Variational struct {
	Weighted

	balance *balance
}

// Init implements [Law].
func (l *Variational) Init(p Problem) (err error) {
	if _, elliptic := p.Equation.Value.(Elliptic); !elliptic {
		return fmt.Errorf("has an energy for elliptic equations alone, not for %s; want residual", p.Equation.Kind)
	}
	if l.balance, err = newBalance(p, configs.Of[Scheme]{}, 2); err != nil {
		return err
	}
	return l.balance.checkSymmetry()
}

// Node implements [Law].
func (l *Variational) Node(g *graph.Graph, t Trajectory) *graph.Node {
	u := g.Reshape(t.Rest, withoutTime(t.Rest)...)
	nothing := t
	nothing.Rest = g.Const("nothing", t.Rest.Shape(), make([]float64, t.Rest.Shape().TotalSize()))
	both := g.Sum(l.balance.node(g, t, plainly), l.balance.node(g, nothing, plainly))
	free, _ := l.balance.split()
	if free != nil {
		both = masked(g, both, free)
	}
	energy := g.Combine([]float64{0.5}, g.Mean(g.Mul(u, both)))
	if free == nil {
		return energy
	}
	return g.Sum(energy, l.balance.missing(g, t, 1/l.balance.base.Grid.Spacing(0)))
}

// plainly leaves a residual as it is.
func plainly(_ nodes, r []Field) []Field { return r }

// checkSymmetry refuses an equation that is the gradient of no energy, by
// ⟨v, A u⟩ = ⟨u, A v⟩ and A (u + v) = A u + A v for arbitrary u and v.
func (b *balance) checkSymmetry() error {
	grid, channels := b.base.Grid, b.base.Channels()
	n := grid.Size() * channels
	free, _ := b.split()
	rng := rand.New(rand.NewPCG(3, 3))
	states := make([][]float64, 4) // u, v, u + v, 0
	for i := range states {
		states[i] = make([]float64, n)
	}
	for i := range n {
		if free == nil || free[i] == 1 {
			states[0][i], states[1][i] = rng.NormFloat64(), rng.NormFloat64()
			states[2][i] = states[0][i] + states[1][i]
		}
	}
	var r [][]float64
	for _, u := range states {
		values, err := b.at(u)
		if err != nil {
			return err
		}
		r = append(r, values)
	}
	var left, right, size, bent float64
	for i := range n {
		if free != nil && free[i] == 0 {
			continue
		}
		au, av := r[0][i]-r[3][i], r[1][i]-r[3][i]
		left, right = left+states[1][i]*au, right+states[0][i]*av
		size += math.Abs(states[1][i]*au) + math.Abs(states[0][i]*av)
		bent = max(bent, math.Abs(r[2][i]-r[3][i]-au-av)/(1+math.Abs(au)+math.Abs(av)))
	}
	if bent > 1e-9 || math.Abs(left-right) > 1e-9*size {
		return errors.New("the equation is not linear and symmetric, and so the gradient of no energy; want residual")
	}
	return nil
}

// at is the residual of one state u [N…·C], where what is given is arbitrary.
func (b *balance) at(u []float64) ([]float64, error) {
	pool := kernel.NewPool(1)
	defer pool.Close()
	points := b.base.Grid.Points
	given := make([]float64, b.base.Grid.Size()*b.base.Inputs())
	rng := rand.New(rand.NewPCG(4, 4))
	for i := range given {
		given[i] = 1 + rng.Float64()
	}
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		return b.of(g, b.base, Trajectory{
			Grid: b.base.Grid, Dt: b.base.Dt,
			Start: g.Const("given", append(append([]int{1}, points...), b.base.Inputs()), given),
			Rest:  g.Const("u", append(append([]int{1, 1}, points...), b.base.Channels()), u),
		}, plainly)
	})
	if err != nil {
		return nil, err
	}
	err = p.Run(nil)
	return p.Output().Values(), err
}
