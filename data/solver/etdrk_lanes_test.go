package solver

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

// planes are problems in two dimensions, of one channel and of two.
func planes(t testing.TB) map[string]physics.Problem {
	all := map[string]physics.Problem{"kolmogorov": kolmogorov(16)}
	for _, kind := range []string{"ks", "burgers", "wave", "gray_scott"} {
		p := blank(t, kind, 16, 10, 0.01)
		p.Grid.Points, p.Grid.Extent = []int{15, 16}, []float64{10, 12}
		all[kind+" in the plane"] = p
	}
	for _, kind := range spectralKinds(t) {
		all[kind] = blank(t, kind, 30, 20, 0.01)
	}
	return all
}

// The bits of a trajectory do not depend on which others are computed with it,
// in which lane, nor on whether these fail.
func TestLanesAreAlone(t *testing.T) {
	for name, p := range planes(t) {
		s := solver(t, p, 4, 2)
		s.Bound = 1e4
		states, want := make([][]float64, 11), make([][]float64, 11)
		for i := range states {
			states[i] = draw(t, p, uint64(i))
			want[i] = advance(t, s, states[i], 2)
		}
		rng := rand.New(rand.NewPCG(1, 1))
		for range 20 {
			n := 1 + rng.IntN(fourier.Lanes)
			chosen := rng.Perm(len(states))[:n]
			u, errs, fault := make([][]float64, n), make([]error, n), make([]int, n)
			for l, i := range chosen {
				u[l] = slices.Clone(states[i])
				switch fault[l] = rng.IntN(6); fault[l] {
				case 1:
					u[l][3] = math.NaN()
				case 2:
					u[l][3] = 1e300
				case 3:
					u[l] = u[l][1:]
				case 4:
					u[l] = nil
				}
			}
			for range 2 {
				s.StepAll(u, u, errs)
			}
			for l, i := range chosen {
				failed := fault[l] >= 1 && fault[l] <= 3
				if failed != (errs[l] != nil) {
					t.Errorf("%s: lane %d with fault %d has error %v", name, l, fault[l], errs[l])
				}
				if (fault[l] == 0 || fault[l] == 5) && !slices.Equal(u[l], want[i]) {
					t.Errorf("%s: state %d differs in lane %d of %d", name, i, l, n)
				}
			}
		}
	}
}

func TestStepAllAllocatesNothing(t *testing.T) {
	for name, p := range planes(t) {
		s := solver(t, p, 2, 1)
		u, errs := make([][]float64, fourier.Lanes), make([]error, fourier.Lanes)
		for l := range u {
			u[l] = draw(t, p, uint64(l))
		}
		if a := testing.AllocsPerRun(5, func() { s.StepAll(u, u, errs) }); a != 0 {
			t.Errorf("%s: %v allocations a step", name, a)
		}
	}
}

// A solver without means advances states together as one by one.
func TestZeroMeanTogether(t *testing.T) {
	p := blank(t, "ks", 32, 22, 0.1)
	z := &ZeroMean{configs.Of[physics.Solver]{Value: &ETDRK{Order: 2, Substeps: 1, Bound: 1e3}}}
	one, err := z.Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	s := physics.Batch(one)
	if s.Width() != fourier.Lanes {
		t.Fatalf("width %d, want %d", s.Width(), fourier.Lanes)
	}
	u, want, errs := make([][]float64, fourier.Lanes), make([][]float64, fourier.Lanes), make([]error, fourier.Lanes)
	for l := range u {
		u[l] = draw(t, p, uint64(l))
		want[l] = advance(t, one, u[l], 3)
		if m := mean(want[l]); math.Abs(m) > 1e-15 {
			t.Errorf("mean %v, want 0", m)
		}
	}
	u[5][0] = math.NaN()
	for range 3 {
		s.StepAll(u, u, errs)
	}
	for l := range u {
		if (errs[l] != nil) != (l == 5) || l != 5 && !slices.Equal(u[l], want[l]) {
			t.Errorf("lane %d: error %v, or another state than alone", l, errs[l])
		}
	}
}
