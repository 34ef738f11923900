package physics

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("residual", func() Loss {
		return &Residuals{
			Weighted: Weighted{1}, Alpha: 1, Accuracy: 2,
			Time: configs.Of[Scheme]{Kind: "crank_nicolson", Value: &CrankNicolson{}},
		}
	})
}

// Residuals is the mean square of what a forecast leaves of the problem's
// equation, per point and channel, in the norm H^s:
//
//	‖r‖²_s = Σ_k (α + |2πk/L|²)^s |r̂_k|²,  r = u_t − L u − N(u),
//
// for an [Elliptic] equation r = R(a, u). It needs no true values, so a model
// learns from initial states alone, or from fewer trajectories.
//
// On periodic boxes space is differentiated by Fourier series, without the waves
// that the two-thirds rule removes from products, as the solvers do; other grids
// take central differences, with images beyond the ends as their conditions
// say. Points on an end where a state is imposed have, instead of r, what is
// missing to that state over Δt. An elliptic equation on a grid with ends
// balances fluxes between the points, as its solver does.
//
// A negative order counts errors less that are fine: r is of as many orders
// rougher than the error as the equation has derivatives. Good values: Order 0
// or −1; Time crank_nicolson where frames are close, defect where they are not.
//
// Ref: Li et al., Physics-informed neural operator (2021), arXiv:2111.03794, §3;
// Cao, Brarda, Li & Xi (2024), arXiv:2405.17211, §3.3 (negative orders).
type Residuals struct {
	Weighted
	Time     configs.Of[Scheme] `doc:"how the rate of change is taken of the frames"`
	Order    float64            `range:"[-8,8]" doc:"s of the norm H^s; on grids that are not periodic 0"`
	Alpha    float64            `range:"(0,inf)" doc:"the weight of the mean, in units of the inverse square of a length"`
	Accuracy int                `range:"[2,8]" doc:"even order of finite differences"`

	balance *balance
}

// Check reports an odd order of accuracy.
func (l *Residuals) Check() error { return checkAccuracy(l.Accuracy) }

func checkAccuracy(order int) error {
	if order%2 != 0 {
		return configs.At("accuracy", "%d, want an even number", order)
	}
	return nil
}

// Init implements [Law].
func (l *Residuals) Init(p Problem) (err error) {
	if l.Order != 0 && p.Grid.Boundary != Periodic {
		return configs.At("order", "%g, want 0: a grid with ends has no Fourier series", l.Order)
	}
	l.balance, err = newBalance(p, l.Time, l.Accuracy)
	return err
}

// Node implements [Law].
func (l *Residuals) Node(g *graph.Graph, t Trajectory) *graph.Node {
	r := l.balance.node(g, t, func(_ nodes, r []Field) []Field { return inNorm(r, l.Order, l.Alpha) })
	return l.balance.square(g, t, r)
}

// inNorm multiplies coefficients by (α + |2πk/L|²)^{s/2}.
func inNorm(r []Field, order, alpha float64) []Field {
	if order == 0 {
		return r
	}
	all := make([]Field, len(r))
	for c := range r {
		s := r[c].(*spectral)
		all[c] = s.times(func(k [3]int) complex128 {
			weight := alpha
			for _, w := range s.of.wave(k) {
				weight += w * w
			}
			return complex(math.Pow(weight, order/2), 0)
		})
	}
	return all
}
