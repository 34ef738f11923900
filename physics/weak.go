package physics

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("weak", func() Loss {
		return &Weak{
			Weighted: Weighted{1}, Radius: 3, Accuracy: 2,
			Time: configs.Of[Scheme]{Kind: "crank_nicolson", Value: &CrankNicolson{}},
		}
	})
}

// Weak is the mean square of the residual in weak form, over test functions
// around all points x_c of the grid,
//
//	r_c = ∫ r(x) v(x − x_c) dx / ∫ v dx,  v(x) = Π_a w(|x_a|/(Radius h)),
//
// with Wendland's w(s) = (1−s)³ (3s+1), which has a compact support. As the
// sums over the grid can be taken by parts, the derivatives of r act on the
// smooth v: noise of the forecast that is finer than Radius hardly counts, and
// training is better conditioned than by [Residuals]. Test functions are zero at
// points where ends impose a state; these count as they do there.
//
// Good values: Radius 2 to 4 points; larger ones no longer see the finest
// scales. Time and Accuracy are those of [Residuals].
//
// Ref: Zang et al., ParticleWNN (2023), arXiv:2305.12433; Wendland, Adv. Comput.
// Math. 4 (1995) 389.
type Weak struct {
	Weighted
	Time     configs.Of[Scheme] `doc:"how the rate of change is taken of the frames"`
	Radius   int                `range:"[1,1000]" doc:"of the support of a test function, in spacings of the grid"`
	Accuracy int                `range:"[2,8]" doc:"even order of finite differences"`

	balance *balance
}

// Check reports an odd order of accuracy.
func (l *Weak) Check() error { return checkAccuracy(l.Accuracy) }

// Init implements [Law].
func (l *Weak) Init(p Problem) (err error) {
	for _, n := range p.Grid.Points {
		if 2*l.Radius > n {
			return configs.At("radius", "%d, want half of the %d points of an axis or less", l.Radius, n)
		}
	}
	l.balance, err = newBalance(p, l.Time, l.Accuracy)
	return err
}

// Node implements [Law].
func (l *Weak) Node(g *graph.Graph, t Trajectory) *graph.Node {
	if l.balance.base.Grid.Boundary == Periodic {
		return meanSquare(g, l.balance.node(g, t, func(_ nodes, r []Field) []Field { return l.tested(r) }))
	}
	r := l.balance.node(g, t, plainly)
	free, _ := l.balance.split()
	if free != nil {
		r = masked(g, r, free)
	}
	for axis, n := range l.balance.base.Grid.Points {
		r = g.Stencil(r, axis, n, l.within(n))
	}
	if free == nil {
		return meanSquare(g, r)
	}
	return g.Sum(meanSquare(g, r), l.balance.missing(g, t, l.balance.urgency(t)))
}

// weights are those of the points −Radius … Radius along an axis; they add up
// to 1.
func (l *Weak) weights() []float64 {
	w := make([]float64, 2*l.Radius+1)
	sum := 0.0
	for j := range w {
		s := math.Abs(float64(j-l.Radius)) / float64(l.Radius)
		w[j] = math.Pow(1-s, 3) * (3*s + 1)
		sum += w[j]
	}
	for j := range w {
		w[j] /= sum
	}
	return w
}

// within are the taps of test functions along an axis with ends.
func (l *Weak) within(n int) []graph.Tap {
	var taps []graph.Tap
	for c := range n {
		for j, w := range l.weights() {
			if at := c + j - l.Radius; at >= 0 && at < n && w > 0 {
				taps = append(taps, graph.Tap{To: c, From: at, Weight: w})
			}
		}
	}
	return taps
}

// tested takes the integrals with all test functions on a periodic box, by
// their Fourier series.
func (l *Weak) tested(r []Field) []Field {
	w := l.weights()
	all := make([]Field, len(r))
	for c := range r {
		s := r[c].(*spectral)
		all[c] = s.times(func(k [3]int) complex128 {
			product := 1.0
			for a, n := range s.of.grid.Points {
				along := 0.0
				for j, v := range w {
					along += v * math.Cos(2*math.Pi*float64(k[a]*(j-l.Radius))/float64(n))
				}
				product *= along
			}
			return complex(product, 0)
		})
	}
	return all
}
