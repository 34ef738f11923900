package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("odd", func() physics.Initial { return &Odd{} })
}

// Odd draws the odd part of another distribution on a periodic box,
//
//	u(x) = ½ ( v(x) − v(−x) ),
//
// which is 0 at 0 and at L/2 and, where v is a Gaussian random field, a series
// of sines. An equation that keeps odd states odd, as Burgers' does, then has
// these as walls.
//
// Good values: GRF with Sigma 69.3, Tau 7, Alpha 2.5 on a box of length 2 for
// the states of DGenNO, which are 0 at −1, 0 and 1: the series of Dirichlet's
// type of the FNO paper's program, 49 √2 Σ_k ((kπ)² + 49)^−1.25 ξ_k sin kπx.
//
// Ref: Zang & Koutsourelakis (2025), arXiv:2502.06250, for Burgers' equation.
type Odd struct {
	Initial configs.Of[physics.Initial] `doc:"the distribution of v"`
}

var _ physics.Initial = (*Odd)(nil)

// Check reports that there is nothing to take the odd part of.
func (f *Odd) Check() error { return given("initial", f.Initial) }

// Draw fills u [N…, C].
func (f *Odd) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.Check(); err != nil {
		return fmt.Errorf("odd: %w", err)
	}
	if g.Boundary != physics.Periodic {
		return fmt.Errorf("odd: the grid is %v, want periodic", g.Boundary)
	}
	if err := f.Initial.Value.Draw(u, g, rng); err != nil {
		return fmt.Errorf("odd: %w", err)
	}
	channels := len(u) / g.Size()
	for i := range g.Size() {
		j := opposite(g, i)
		for c := range channels {
			if a, b := &u[i*channels+c], &u[j*channels+c]; i <= j {
				*a, *b = (*a-*b)/2, (*b-*a)/2
			}
		}
	}
	return nil
}

// opposite is the point −x of point i of a periodic grid.
func opposite(g physics.Grid, i int) int {
	opposite := 0
	for a, j := range g.Index(i) {
		n := g.Points[a]
		opposite = opposite*n + (n-j)%n
	}
	return opposite
}
