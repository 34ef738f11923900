package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
)

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// flat is a residual that is the same everywhere, of points in the plane.
func flat(x []float64) ([]float64, error) { return slices.Repeat([]float64{1}, len(x)/2), nil }

// discrepancy is the L² star discrepancy of points in the unit cube, by Warnock's
// formula.
//
// Ref: Warnock, in Applications of Number Theory to Numerical Analysis (1972).
func discrepancy(x []float64, dims int) float64 {
	n := len(x) / dims
	single, double := 0.0, 0.0
	for i := range n {
		p := 1.0
		for a := range dims {
			p *= 1 - x[i*dims+a]*x[i*dims+a]
		}
		single += p
		for j := range n {
			p := 1.0
			for a := range dims {
				p *= 1 - max(x[i*dims+a], x[j*dims+a])
			}
			double += p
		}
	}
	d, m := float64(dims), float64(n)
	return math.Sqrt(math.Pow(3, -d) - math.Pow(2, 1-d)/m*single + double/(m*m))
}

// TestSamplers: all points of all kinds are in the unit square, equal
// generators give equal points, and the points get as even as is expected.
func TestSamplers(t *testing.T) {
	const n = 256
	// Of independent points, E D² = (2⁻² − 3⁻²)/n.
	chance := math.Sqrt((1./4 - 1./9) / n)
	most := map[string]float64{"sobol": 0.25, "latin_hypercube": 0.75}
	for _, kind := range configs.Kinds[Sampler]() {
		s, err := configs.New[Sampler](kind)
		check(t, err)
		mean := 0.0
		for seed := range uint64(10) {
			x, y := make([]float64, 2*n), make([]float64, 2*n)
			check(t, s.Draw(x, 2, flat, generator(seed)))
			check(t, s.Draw(y, 2, flat, generator(seed)))
			if !slices.Equal(x, y) {
				t.Errorf("%s: one seed gives different points", kind)
			}
			check(t, s.Draw(y, 2, flat, generator(seed+100)))
			if slices.Equal(x, y) {
				t.Errorf("%s: all seeds give the same points", kind)
			}
			if slices.Min(x) < 0 || slices.Max(x) >= 1 {
				t.Errorf("%s: points from %v to %v", kind, slices.Min(x), slices.Max(x))
			}
			mean += discrepancy(x, 2) / 10
		}
		limit := 1.5
		if m, ok := most[kind]; ok {
			limit = m
		}
		if mean > limit*chance {
			t.Errorf("%s: discrepancy %.2g, that of chance is %.2g", kind, mean, chance)
		}
		t.Logf("%s: discrepancy %.2g of that of chance", kind, mean/chance)
	}
}

// TestStrata: a Latin hypercube has one point in each part of each axis, Sobol's
// points also one in each box of 2^−j × 2^−(k−j), up to t = 0 in the plane.
func TestStrata(t *testing.T) {
	const k, n = 6, 64
	occupied := func(x []float64, wide, high int) int {
		boxes := map[[2]int]bool{}
		for p := range slices.Chunk(x, 2) {
			boxes[[2]int{int(p[0] * float64(wide)), int(p[1] * float64(high))}] = true
		}
		return len(boxes)
	}
	x := make([]float64, 2*n)
	check(t, (&LatinHypercube{}).Draw(x, 2, nil, generator(1)))
	if a, b := occupied(x, n, 1), occupied(x, 1, n); a != n || b != n {
		t.Errorf("latin hypercube: %d and %d of %d parts have a point", a, b, n)
	}
	check(t, (&Sobol{}).Draw(x, 2, nil, generator(1)))
	for j := range k + 1 {
		if got := occupied(x, 1<<j, 1<<(k-j)); got != n {
			t.Errorf("sobol: %d of %d boxes of %d × %d have a point", got, n, 1<<j, 1<<(k-j))
		}
	}
}

// TestSobolOfOthers compares points before the shift with published ones.
func TestSobolOfOthers(t *testing.T) {
	// The second to the eighth point of the first three dimensions of
	// new-joe-kuo-6.21201, as sobol.cc by its authors prints them; the fourth has
	// each eighth of the axis once.
	want := []float64{
		0.5, 0.5, 0.5,
		0.75, 0.25, 0.25,
		0.25, 0.75, 0.75,
		0.375, 0.375, 0.625,
		0.875, 0.875, 0.125,
		0.625, 0.125, 0.875,
		0.125, 0.625, 0.375,
	}
	x := make([]float64, 4*8)
	check(t, (&Sobol{}).Draw(x, 4, nil, generator(1)))
	const unit = 1 << 32
	eighths := map[int]bool{}
	for i := range 8 {
		for a := range 4 {
			plain := float64(uint32(x[i*4+a]*unit)^uint32(x[a]*unit)) / unit // x[0:4] is the shift
			if a < 3 && i > 0 && plain != want[(i-1)*3+a] {
				t.Errorf("point %d, axis %d: %v, want %v", i, a, plain, want[(i-1)*3+a])
			}
			if a == 3 {
				eighths[int(plain*8)] = true
			}
		}
	}
	if len(eighths) != 8 {
		t.Errorf("the fourth axis has points in %d eighths", len(eighths))
	}
	if err := (&Sobol{}).Draw(make([]float64, 5), 5, nil, generator(1)); err == nil {
		t.Error("five dimensions are accepted")
	}
}

// TestAdaptivePoints: where the residual is 1 in a tenth of the box and 0
// elsewhere, RAD with Floor 1 has the density 11/2 times that of elsewhere, as
// 10 + 1 to 1 with the mean residual 1/10, less what runs out of candidates;
// RAR puts its share there.
func TestAdaptivePoints(t *testing.T) {
	const n = 4000
	strip := func(x []float64) ([]float64, error) {
		r := make([]float64, len(x)/2)
		for i := range r {
			if x[2*i] < 0.1 {
				r[i] = 1
			}
		}
		return r, nil
	}
	share := func(s Sampler) float64 {
		x := make([]float64, 2*n)
		check(t, s.Draw(x, 2, strip, generator(3)))
		in := 0
		for p := range slices.Chunk(x, 2) {
			if p[0] < 0.1 {
				in++
			}
		}
		return float64(in) / n
	}
	// 0.1 · 11 / (0.1 · 11 + 0.9 · 1) = 0.55.
	if got := share(&RAD{Candidates: 100, Power: 1, Floor: 1}); math.Abs(got-0.55) > 0.03 {
		t.Errorf("rad: a share of %.3f, want 0.55", got)
	}
	// 0.2 there and a tenth of the others.
	if got := share(&RAR{Candidates: 5, Share: 0.2}); math.Abs(got-0.28) > 0.02 {
		t.Errorf("rar: a share of %.3f, want 0.28", got)
	}
}
