package physics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/solver"
	"eddy/physics"
)

// draws is how often random transformations are drawn: none of eight is missed
// but with probability 8·(7/8)²⁰⁰ = 2e-11.
const draws = 200

func rngOf(seed int) *rand.Rand { return rand.New(rand.NewPCG(uint64(seed), 0)) }

func symmetry(t *testing.T, kind string) physics.Symmetry {
	t.Helper()
	s, err := configs.New[physics.Symmetry](kind)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSymmetriesArePermutations draws from every symmetry on every grid that it
// accepts: each value goes to one place, with one sign.
func TestSymmetriesArePermutations(t *testing.T) {
	var all []physics.Grid
	for _, points := range [][]int{{8}, {7}, {6, 6}, {5, 5}, {4, 6}, {3, 3, 3}} {
		for _, b := range []physics.Boundary{physics.Periodic, physics.Walls, physics.HalfOpen, physics.Cells} {
			all = append(all, physics.Grid{Points: points, Extent: slices.Repeat([]float64{1}, len(points)), Boundary: b})
		}
	}
	for _, kind := range configs.Kinds[physics.Symmetry]() {
		accepted := 0
		for _, g := range all {
			if _, err := symmetry(t, kind).Draw(g, rngOf(0)); err != nil {
				continue
			}
			accepted++
			identity := identityOn(g)
			for seed := range 20 {
				tr, err := symmetry(t, kind).Draw(g, rngOf(seed))
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(slices.Sorted(slices.Values(tr.From)), identity) || math.Abs(tr.Sign) != 1 {
					t.Fatalf("%s on %v points, %v: not a permutation with a sign: %+v", kind, g.Points, g.Boundary, tr)
				}
			}
		}
		if accepted == 0 {
			t.Errorf("%s: accepts none of the grids", kind)
		}
	}
}

func identityOn(g physics.Grid) []int {
	all := make([]int, g.Size())
	for i := range all {
		all[i] = i
	}
	return all
}

// commutes steps random transformations of a state, and transforms the step of
// the state: it returns the largest difference.
func commutes(t *testing.T, e physics.Equation, g physics.Grid, kind string) float64 {
	t.Helper()
	p := physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "tested", Value: e}, Grid: g, Dt: 0.05,
		Symmetries: []configs.Of[physics.Symmetry]{{Kind: kind, Value: symmetry(t, kind)}},
	}
	step, err := (&solver.ETDRK{Order: 4, Substeps: 2, Bound: 1e3}).Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	u := make([]float64, p.Size())
	if err := (&initial.Fourier{Cutoff: 3}).Draw(u, g, rngOf(1)); err != nil {
		t.Fatal(err)
	}
	v := make([]float64, len(u))
	if err := step.Step(v, u); err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for seed := range 12 {
		frames := [][]float64{slices.Clone(u), slices.Clone(v)}
		if err := p.Transform(frames, 1, rngOf(seed)); err != nil {
			t.Fatal(err)
		}
		after := make([]float64, len(u))
		if err := step.Step(after, frames[0]); err != nil {
			t.Fatal(err)
		}
		for i := range after {
			worst = max(worst, math.Abs(after[i]-frames[1][i]))
		}
	}
	return worst
}

// TestSymmetriesMapSolutionsToSolutions lists equations with the symmetries
// that they have and, so that the test can fail, some that they lack.
func TestSymmetriesMapSolutionsToSolutions(t *testing.T) {
	line := physics.Grid{Points: []int{48}, Extent: []float64{2 * math.Pi}}
	square := physics.Grid{Points: []int{16, 16}, Extent: []float64{2 * math.Pi, 2 * math.Pi}}
	burgers := &physics.Burgers{Convection: 1, Viscosity: 0.05}
	ks := &physics.KSConservative{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}
	kdv := &physics.KdV{Convection: 1, Dispersivity: 0.1}
	heat := &physics.Diffusion{Diffusivity: 0.2}
	plane := &physics.Burgers{Convection: 1, Viscosity: 0.05}
	waves := &physics.KdV{Convection: 1, Dispersivity: 0.1}
	vortices := &physics.NavierStokes{Viscosity: 0.01}
	stirred := &physics.NavierStokes{Viscosity: 0.01, Forcing: configs.Of[physics.Forcing]{Value: &physics.Kolmogorov{Mode: 2, Amplitude: 1}}}
	spots := &physics.GrayScott{DiffusivityU: 0.02, DiffusivityV: 0.01, Feed: 0.04, Kill: 0.06}
	wind := &physics.Advection{Velocity: []float64{1, 0.5}}
	for _, test := range []struct {
		equation physics.Equation
		grid     physics.Grid
		symmetry string
		want     bool
	}{
		{burgers, line, "translation", true},
		{ks, line, "translation", true},
		{kdv, line, "translation", true},
		{wind, square, "translation", true},
		{burgers, line, "odd_reflection", true},
		{ks, line, "odd_reflection", true},
		{kdv, line, "odd_reflection", false}, // waves of one sign would go the other way
		{heat, square, "square", true},
		{wind, square, "square", false}, // knows a direction
		{plane, square, "square", true},
		{plane, square, "odd_reflection", true},
		{&physics.BurgersConvective{Convection: 1, Viscosity: 0.05}, square, "square", true},
		{waves, square, "square", false},
		{vortices, square, "square", true},
		{vortices, square, "translation", true},
		{vortices, square, "odd_reflection", false}, // vorticity is no vector
		{stirred, square, "translation", false},
		{spots, square, "square", true},
	} {
		d := commutes(t, test.equation, test.grid, test.symmetry)
		// Rounding of states of size 1 passes through some FFTs; what is no
		// symmetry is off by as much as the state moves in a step.
		if test.want && d > 1e-12 || !test.want && d < 1e-3 {
			t.Errorf("%s of %T: differs by %.1e, a symmetry: %v", test.symmetry, test.equation, d, test.want)
		}
	}
}

// TestSquareHasEightElements counts the different transformations drawn.
func TestSquareHasEightElements(t *testing.T) {
	for _, b := range []physics.Boundary{physics.Periodic, physics.Walls, physics.HalfOpen, physics.Cells} {
		g := physics.Grid{Points: []int{5, 5}, Extent: []float64{1, 1}, Boundary: b}
		seen := map[string]bool{}
		for seed := range draws {
			tr, err := (&physics.Square{}).Draw(g, rngOf(seed))
			if err != nil {
				t.Fatal(err)
			}
			seen[fmt.Sprint(tr)] = true
		}
		if len(seen) != 8 {
			t.Errorf("%v: %d different transformations of a square, want 8", b, len(seen))
		}
	}
}

func TestSymmetriesRefuse(t *testing.T) {
	for _, test := range []struct {
		kind, want string
		grid       physics.Grid
	}{
		{"translation", "periodic grids only", physics.Grid{Points: []int{8}, Extent: []float64{1}, Boundary: physics.Walls}},
		{"translation", "periodic grids only", physics.Grid{Points: []int{8}, Extent: []float64{1}, Boundary: physics.HalfOpen}},
		{"square", "square grids only", physics.Grid{Points: []int{8}, Extent: []float64{1}}},
		{"square", "square grids only", physics.Grid{Points: []int{8, 6}, Extent: []float64{1, 1}}},
		{"square", "square grids only", physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 2}}},
	} {
		p := physics.Problem{Grid: test.grid, Symmetries: []configs.Of[physics.Symmetry]{{Kind: test.kind, Value: symmetry(t, test.kind)}}}
		err := p.Transform([][]float64{make([]float64, test.grid.Size())}, 1, rngOf(1))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s on %v points, %v: %v, want …%s…", test.kind, test.grid.Points, test.grid.Boundary, err, test.want)
		}
	}
}

// A frame whose channels are not those of the equation cannot be turned.
func TestSymmetriesRefuseOtherChannels(t *testing.T) {
	p := physics.Problem{
		Equation:   configs.Of[physics.Equation]{Kind: "burgers", Value: &physics.Burgers{}},
		Grid:       physics.Grid{Points: []int{4, 4}, Extent: []float64{1, 1}},
		Symmetries: []configs.Of[physics.Symmetry]{{Kind: "square", Value: &physics.Square{}}},
	}
	err := p.Transform([][]float64{make([]float64, 3*16)}, 1, rngOf(1))
	if want := "square: a frame of 3 channels, want the 2 of the equation"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want …%s…", err, want)
	}
}

// TestTransformBatch gives each sample a transformation of its own, the same in
// all its frames, which keeps the channels of a point together.
func TestTransformBatch(t *testing.T) {
	const samples, points = 16, 8
	p := physics.Problem{
		Grid:       physics.Grid{Points: []int{points}, Extent: []float64{1}},
		Symmetries: []configs.Of[physics.Symmetry]{{Kind: "translation", Value: &physics.Translation{}}},
	}
	var frames [][]float64
	for frame := range 3 {
		var u []float64
		for range samples {
			for i := range points {
				u = append(u, float64(frame), float64(i)) // two channels
			}
		}
		frames = append(frames, u)
	}
	if err := p.Transform(frames, samples, rngOf(1)); err != nil {
		t.Fatal(err)
	}
	shifts := map[int]bool{}
	for s := range samples {
		shift := int(frames[0][s*2*points+1])
		shifts[shift] = true
		for frame, u := range frames {
			for i := range points {
				at := u[s*2*points+2*i:][:2]
				if at[0] != float64(frame) || at[1] != float64((i+shift)%points) {
					t.Fatalf("sample %d, frame %d, point %d: %v, want the values of point %d", s, frame, i, at, (i+shift)%points)
				}
			}
		}
	}
	if len(shifts) < 4 { // of 8, in 16 draws: fewer with probability 1e-4, but the seed is fixed
		t.Errorf("only %d different shifts in %d samples", len(shifts), samples)
	}
}
