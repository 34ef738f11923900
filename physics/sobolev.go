package physics

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("sobolev", func() Loss { return &Sobolev{Weighted: Weighted{1}, Order: 1, Alpha: 1, Relative: true} })
}

// Sobolev is the error in the norm H^s of any real order s, on periodic grids,
// by Parseval's identity:
//
//	‖e‖²_s = Σ_k (α + |2πk/L|²)^s |ê_k|².
//
// It is the mean over the samples of ‖pred − target‖_s / ‖target‖_s, or, where
// it is not relative, ‖pred − target‖²_s per point and channel. Order 0 is
// [RelativeL2] or [MSE]. Orders above 0 ask for fine scales, those below for
// large ones: with s = 1 and α = 1 it is the norm H¹ of Fourier derivatives, of
// which [RelativeH1] takes finite differences; with s = −1 an error of a
// residual turns into one of the solution.
//
// Only the modes of a band count, those with Low ≤ |k| ≤ High, where k counts
// the waves along each axis; a weighted list of bands is a norm of its own.
//
// Good values: Order −1 to 2; Alpha 1 on boxes of length 2π, and about
// (2π/L)² on longer ones, so that it matters for the first modes only.
//
// Ref: Cao, Brarda, Li & Xi, Spectral-Refiner (2024), arXiv:2405.17211, §3.3,
// whose published code takes the root of the weight once too often; Czarnecki
// et al., Sobolev training (2017), arXiv:1706.04859.
type Sobolev struct {
	Weighted
	Order    float64 `range:"[-8,8]" doc:"s of the norm H^s"`
	Alpha    float64 `range:"[0,inf)" doc:"the weight of the mean, in units of the inverse square of a length"`
	Relative bool    `doc:"whether errors are divided by the norm of the target"`
	Low      float64 `range:"[0,inf)" doc:"waves of the slowest modes that count"`
	High     float64 `range:"[0,inf)" doc:"waves of the fastest modes that count; 0 for no limit"`
}

// Check refuses norms that are infinite.
func (l *Sobolev) Check() error {
	switch {
	case l.Order < 0 && l.Alpha == 0 && l.Low == 0:
		return configs.At("alpha", "0 with the order %g makes the norm of a mean infinite; want more, or low = 1", l.Order)
	case l.High > 0 && l.High < l.Low:
		return configs.At("high", "%g, want low = %g or more", l.High, l.Low)
	}
	return nil
}

// Node implements [Comparison].
func (l *Sobolev) Node(g *graph.Graph, grid Grid, pred, target *graph.Node) *graph.Node {
	root := graph.Scalar(func(k [3]int) complex128 { return complex(l.root(grid, k), 0) })
	p, t := g.Multiplier(pred, root), g.Multiplier(target, root)
	if l.Relative {
		return g.RelativeL2(p, t)
	}
	return g.MeanSquare(p, t)
}

// root is (α + |2πk/L|²)^{s/2} for modes of the band, and 0 for others.
func (l *Sobolev) root(grid Grid, k [3]int) float64 {
	weight, waves := l.Alpha, 0.0
	for a, length := range grid.Extent {
		weight += math.Pow(2*math.Pi*float64(k[a])/length, 2)
		waves += float64(k[a] * k[a])
	}
	if waves < l.Low*l.Low || l.High > 0 && waves > l.High*l.High {
		return 0
	}
	return math.Pow(weight, l.Order/2)
}

// Gridded implements [Gridded].
func (*Sobolev) Gridded() {}

// Spectral implements [Spectral].
func (*Sobolev) Spectral() {}
