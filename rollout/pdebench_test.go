package rollout

import (
	"math"
	"testing"

	"eddy/physics"
)

// In two dimensions corners are on two faces; in three the squares of all
// channels are added before the root.
func TestBRMSEInSeveralDimensions(t *testing.T) {
	plane := physics.Grid{Points: []int{3, 4}, Extent: []float64{1, 1}}
	p := make([]float64, 12)
	p[0], p[1], p[5] = 2, 3, 99 // a corner, an edge, the middle
	if got, want := (&BRMSE{}).Evaluate(single(plane, 1, p, make([]float64, 12)))[0].Values[0], math.Sqrt((4*2+9)/(2.*3+2*4)); math.Abs(got-want) > 1e-15 {
		t.Errorf("%v in the plane, want %v", got, want)
	}
	cube := physics.Grid{Points: []int{3, 3, 3}, Extent: []float64{1, 1, 1}}
	p = make([]float64, 54)
	p[0], p[1], p[2*13] = 2, 5, 99 // both channels of a corner, which is on three faces, and the middle
	if got, want := (&BRMSE{}).Evaluate(single(cube, 2, p, make([]float64, 54)))[0].Values[0], math.Sqrt(3*(4+25)/54.); math.Abs(got-want) > 1e-15 {
		t.Errorf("%v in the cube, want %v", got, want)
	}
}

// A wave cos(2π(2x + y)) of amplitude a on 8×8 points of a box 2×3 has 32 a in
// two modes. The one that is not mirrored is in the shell 2 of the first quadrant.
// Seven waves along x, which look like one back, and waves of half the points
// are not in it.
func TestFRMSEOfWaves(t *testing.T) {
	g := physics.Grid{Points: []int{8, 8}, Extent: []float64{2, 3}}
	wave := func(kx, ky int) []float64 {
		u := make([]float64, g.Size())
		for i := range u {
			k := g.Index(i)
			u[i] = 5 * math.Cos(2*math.Pi*float64(kx*k[0]+ky*k[1])/8)
		}
		return u
	}
	for _, test := range []struct {
		kx, ky int
		want   float64
	}{
		{2, 1, 5 * 32 / 64. * 6 / 4},    // V/N times the mode, mean over four shells
		{7, 2, 0}, {4, 1, 0}, {3, 3, 0}, // shell 4 is beyond the last
	} {
		e := single(g, 1, wave(test.kx, test.ky), make([]float64, g.Size()))
		if got := (&FRMSE{}).Evaluate(e)[0].Values[0]; math.Abs(got-test.want) > 1e-13 {
			t.Errorf("waves %d, %d: %v, want %v", test.kx, test.ky, got, test.want)
		}
	}
	// In one dimension a cosine of 13 waves is high, of amplitude a: V/N · N/2 · a
	// over the shells 12 to 16 of 32 points.
	line := physics.Grid{Points: []int{32}, Extent: []float64{7}}
	u := make([]float64, 32)
	for i := range u {
		u[i] = 5 * math.Cos(2*math.Pi*13*float64(i)/32)
	}
	for b, want := range []float64{0, 0, 7 * 5 / 2. / 5} {
		if got := (&FRMSE{}).Evaluate(single(line, 1, u, make([]float64, 32)))[b].Values[0]; math.Abs(got-want) > 1e-13 {
			t.Errorf("band %d: %v, want %v", b, got, want)
		}
	}
}

// At walls, |e|² = 6 + 3 and |y|² = 2 + 3.
func TestRelH1AtWalls(t *testing.T) {
	got := (&RelH1NeuralOperator{}).Evaluate(ring(physics.Walls))[0].Values[0]
	if want := 3 / (math.Sqrt(5) + 1e-8); math.Abs(got-want) > 1e-15 {
		t.Errorf("%v, want %v", got, want)
	}
}
