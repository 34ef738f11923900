package solver

import (
	"math"
	"math/cmplx"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// of returns N(u), both [C][modes].
func (n *nonlinear) of(u ...[]complex128) [][]complex128 {
	var dst [][]float64
	for c := range u {
		copy(n.bases[c].series, lanesOf(u[c]))
		dst = append(dst, make([]float64, n.active*fourier.Pair))
	}
	n.evaluate(dst, true)
	var values [][]complex128
	for c := range dst {
		values = append(values, append(complexOf(dst[c]), make([]complex128, n.space.Modes-n.active)...))
	}
	return values
}

// The product of any two waves that the two-thirds rule keeps is exact in the
// waves that it keeps, and has no others.
func TestDealiasing(t *testing.T) {
	for n := 3; n <= 26; n++ {
		g := physics.Grid{Points: []int{n}, Extent: []float64{2 * math.Pi}}
		s, err := fourier.NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		square, err := newNonlinear(s, 1, func(_ int, u []physics.Field) []physics.Field {
			return []physics.Field{u[0].Mul(u[0])}
		})
		if err != nil {
			t.Fatal(err)
		}
		cut := max(0, n/2*2/3-1) // of 160 points 52, as exponax has it
		for a := 0; a <= n/2; a++ {
			for b := 0; b <= n/2; b++ {
				u := make([]complex128, s.Modes)
				u[a] += 1 // 2 cos(ax), or 1
				u[b] += 1i
				got, want := square.of(u)[0], truncatedSquare(u, cut)
				if d := farthest(got, want); d > 1e-14 {
					t.Fatalf("n = %d: square of waves %d and %d is %v, want %v", n, a, b, got, want)
				}
			}
		}
	}
}

// truncatedSquare is the convolution of a series with itself, all without the
// waves beyond cut.
func truncatedSquare(c []complex128, cut int) []complex128 {
	of := func(k int) complex128 {
		switch {
		case k > cut || k < -cut:
			return 0
		case k == 0:
			return complex(real(c[0]), 0)
		case k < 0:
			return cmplx.Conj(c[-k])
		}
		return c[k]
	}
	square := make([]complex128, len(c))
	for k := 0; k <= cut; k++ {
		for j := -cut; j <= cut; j++ {
			square[k] += of(j) * of(k-j)
		}
	}
	return square
}

// What is read off an equation is what its fields say, in any number of
// dimensions and of channels, and equal products are formed once.
func TestNonlinearOfTwoChannels(t *testing.T) {
	for _, g := range grids[1:] {
		g = resized(g, []int{6}) // to hold the square of the longest wave
		s, err := fourier.NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		last := g.Dims() - 1
		n, err := newNonlinear(s, 2, func(_ int, u []physics.Field) []physics.Field {
			sum := u[0].Add(u[1].Scale(2)).Add(u[0].D(last, 1))
			return []physics.Field{sum.Mul(u[1]).D(last, 2).Add(u[1]), u[0].Mul(u[1]).Scale(-3).Add(u[1].Mul(u[0]))}
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(n.products) != 2 {
			t.Errorf("%d products, want 2, as uv = vu", len(n.products))
		}
		k := func(j int) []int { k := make([]int, g.Dims()); k[last] = j; return k }
		u := []fourier.Wave{{K: k(0), A: 0.7}}
		v := []fourier.Wave{{K: k(1), A: 0.4}}
		got := n.of(seriesOf(s, s.Sum(u)), seriesOf(s, s.Sum(v)))
		// (0.7 + 2v) v with v = 0.8 cos x, whose square is 0.32 (1 + cos 2x).
		twice := physics.Deriv(last, 2)
		product := []fourier.Wave{{K: k(1), A: 0.7 * 0.4}, {K: k(2), A: 0.32}}
		one := physics.Operator{{Coef: 1}}
		for c, want := range []func(i int) float64{
			func(i int) float64 { return at(product, twice, g, i) + at(v, one, g, i) },
			func(i int) float64 { return -2 * at(u, one, g, i) * at(v, one, g, i) },
		} {
			for i, v := range valuesOf(s, got[c]) {
				if math.Abs(v-want(i)) > 1e-11*max(1, math.Abs(want(i))) { // second derivatives amplify rounding
					t.Fatalf("%v: channel %d is %v at point %d, want %v", g.Points, c, v, i, want(i))
				}
			}
		}
	}
}
