package initial

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/physics"
)

// covariance is E u(x) u(y) of the doc comment, of the waves that a grid
// holds, x and y being points of it.
func (λ spectrum) covariance(g physics.Grid, x, y int) float64 {
	low, high, turn := make([]int, g.Dims()), make([]int, g.Dims()), math.Pi
	for axis, n := range g.Points {
		high[axis] = n - 1
		if g.Boundary == physics.Periodic {
			low[axis], high[axis], turn = -(n-1)/2, (n-1)/2, 2*math.Pi
		}
	}
	from, to, sum := g.Index(x), g.Index(y), 0.0
	for _, k := range wavesBetween(low, high) {
		term := math.Pow(λ.deviation(g, k, turn), 2)
		for axis, j := range k {
			wave := turn * float64(j) / g.Extent[axis]
			a, b := wave*g.X(axis, from[axis]), wave*g.X(axis, to[axis])
			switch {
			case g.Boundary == physics.Periodic: // the sines cancel with those of −k
				term *= math.Cos(a - b)
			case j > 0:
				term *= 2 * math.Cos(a) * math.Cos(b)
			}
		}
		sum += term
	}
	return sum
}

// wavesBetween lists the waves from low to high, the last number running
// fastest.
func wavesBetween(low, high []int) [][]int {
	all := physics.Grid{Points: make([]int, len(low))}
	for axis := range low {
		all.Points[axis] = high[axis] - low[axis] + 1
	}
	waves := make([][]int, all.Size())
	for i := range waves {
		waves[i] = all.Index(i)
		for axis, first := range low {
			waves[i][axis] += first
		}
	}
	return waves
}

// Variances and covariances are the formula's, on boxes of different size and
// ends and in several dimensions.
func TestGaussianCovariance(t *testing.T) {
	fno := spectrum((&GRF{Sigma: 25, Tau: 5, Alpha: 2}).density)
	rough := spectrum((&GRF{Sigma: 3, Tau: 2, Alpha: 2.5}).density)
	for _, g := range []physics.Grid{
		{Points: []int{16}, Extent: []float64{1}},
		{Points: []int{15}, Extent: []float64{7}},
		{Points: []int{12, 10}, Extent: []float64{1, 3}},
		{Points: []int{7, 7, 6}, Extent: []float64{1, 3, 2}},
		{Points: []int{16}, Extent: []float64{1}, Boundary: physics.Walls},
		{Points: []int{9, 7}, Extent: []float64{1, 2}, Boundary: physics.Cells},
		{Points: []int{8, 8}, Extent: []float64{1, 1}, Boundary: physics.HalfOpen},
		{Points: []int{5, 6, 4}, Extent: []float64{1, 2, 1}, Boundary: physics.Walls},
	} {
		λ := fno
		if g.Dims() > 1 {
			λ = rough
		}
		const draws = 3000
		x, y := 1, g.Size()/2+1
		var xx, xy, yy float64
		for seed := range uint64(draws) {
			u := make([]float64, g.Size())
			if err := λ.draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
				t.Fatal(err)
			}
			xx, xy, yy = xx+u[x]*u[x]/draws, xy+u[x]*u[y]/draws, yy+u[y]*u[y]/draws
		}
		// The standard deviation of a variance is √(2/3000) = 2.6 %, that of a
		// covariance not more of the variances.
		wantX, wantXY, wantY := λ.covariance(g, x, x), λ.covariance(g, x, y), λ.covariance(g, y, y)
		if math.Abs(xx/wantX-1) > 0.1 || math.Abs(yy/wantY-1) > 0.1 || math.Abs(xy-wantXY) > 0.1*math.Sqrt(wantX*wantY) {
			t.Errorf("%v: covariances %.4g, %.4g and %.4g, want %.4g, %.4g and %.4g", g, xx, xy, yy, wantX, wantXY, wantY)
		}
	}
}

// The waves of a state are independent: no two that are neighbours along an
// axis have coefficients that are correlated.
func TestGaussianWavesAreIndependent(t *testing.T) {
	noise := newWaveNoise(rand.New(rand.NewPCG(1, 2)))
	const n = 40000
	var along, across float64
	for i := range n {
		k := []int{i % 200, i / 200}
		a := noise.of(k).NormFloat64()
		along += a * noise.of([]int{k[0] + 1, k[1]}).NormFloat64() / n
		across += a * noise.of([]int{k[0], -k[1] - 1}).NormFloat64() / n
	}
	// The standard deviation of a correlation of 0 is 1/√40000 = 0.005.
	if math.Abs(along) > 0.02 || math.Abs(across) > 0.02 {
		t.Errorf("correlations %.4f and %.4f of neighbours, want 0", along, across)
	}
}

// A cosine series has the values of its cosines.
func TestCosineSum(t *testing.T) {
	for _, g := range []physics.Grid{
		{Points: []int{2}, Extent: []float64{2}, Boundary: physics.Walls},
		{Points: []int{17, 5}, Extent: []float64{2, 1}, Boundary: physics.Walls},
		{Points: []int{4, 3}, Extent: []float64{1, 3}, Boundary: physics.Cells},
		{Points: []int{2, 3, 4}, Extent: []float64{1, 2, 3}, Boundary: physics.HalfOpen},
	} {
		rng := rand.New(rand.NewPCG(3, 3))
		c, want := make([]float64, g.Size()), make([]float64, g.Size())
		for m := range c {
			c[m] = rng.NormFloat64()
			for i := range want {
				v := c[m]
				for axis, j := range g.Index(m) {
					v *= math.Cos(math.Pi * float64(j) * g.X(axis, g.Index(i)[axis]) / g.Extent[axis])
				}
				want[i] += v
			}
		}
		if d := maxDistance(cosineSum(c, g), want); d > 1e-13 {
			t.Errorf("%v: differs by %.1e from the sum of cosines", g, d)
		}
	}
}
