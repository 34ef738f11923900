package solver

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/physics"
)

// random draws a state of a law around what it has at rest.
func random(t testing.TB, law physics.ConservationLaw, p physics.Problem, seed uint64) []float64 {
	t.Helper()
	u := make([]float64, p.Size())
	if err := (&initial.Fourier{Cutoff: 3, MaxAbs: 1}).Draw(u, p.Grid, rand.New(rand.NewPCG(seed, 0))); err != nil {
		t.Fatal(err)
	}
	rest, channels := jump(law, p.Grid.Dims(), true), p.Channels()
	for i := range u {
		scale := 0.4 * rest[i%channels]
		if scale == 0 {
			scale = 0.4
		}
		u[i] = rest[i%channels] + scale*u[i]
	}
	return u
}

// courant is the Courant number of a step of length 1.
func courant(t testing.TB, law physics.ConservationLaw, g physics.Grid, u []float64) float64 {
	t.Helper()
	largest, dims := 0.0, g.Dims()
	for state := range slices.Chunk(u, law.Channels(dims)) {
		sum := 0.0
		for axis := range dims {
			low, high, err := law.Speeds(dims, state, axis)
			if err != nil {
				t.Fatalf("%T: delivered a state that is none: %v", law, err)
			}
			sum += max(math.Abs(low), math.Abs(high)) / g.Spacing(axis)
			if d := law.Diffusivity(dims); d != nil {
				sum += 2.5 * d[0] / squared(g.Spacing(axis))
			}
		}
		largest = max(largest, sum)
	}
	return largest
}

var numbersOfCourant = []float64{0.1, 0.2, 0.5, 0.9, 1.1, 2, 5, 10}

// Twenty frames of one step at Courant numbers from 0.1 to 10, of every law and
// reconstruction from five states: a step is refused if and only if its Courant
// number is above 1, and those below never fail.
func TestCourantNumberIsChecked(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		refused, runs := 0, 0
		for seed := range uint64(5) {
			for _, number := range numbersOfCourant {
				p := lawOn(law, dims, 32/dims, 1, 1, nil)
				u := random(t, law, p, seed)
				p.Dt = number / courant(t, law, p.Grid, u)
				s, err := (&FiniteVolume{configs.Of[Reconstruction]{Value: r}, 1, 1, 100}).Stepper(p)
				if err != nil {
					t.Fatal(err)
				}
				runs++
				for range 20 / dims {
					of := p.Dt * courant(t, law, p.Grid, u)
					if err = s.Step(u, u); (err != nil) != (of > 1) {
						t.Errorf("%T, %v in %d dimensions: a step of Courant number %v: %v", law, r, dims, of, err)
					}
					if err != nil {
						refused++
						break
					}
				}
			}
		}
		t.Logf("%T, %v in %d dimensions: %d of %d runs refused", law, r, dims, refused, runs)
	})
}

// With that check removed, steps that are too long blow up, and no frame that is
// not finite, beyond the bound or no state is delivered.
func TestFiniteVolumeBlowUp(t *testing.T) {
	const bound = 100
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		blown := map[float64]int{}
		for seed := range uint64(5) {
			for _, number := range numbersOfCourant {
				p := lawOn(law, dims, 32/dims, 1, 1, nil)
				u := random(t, law, p, seed)
				p.Dt = number / courant(t, law, p.Grid, u)
				s, err := (&FiniteVolume{configs.Of[Reconstruction]{Value: r}, math.MaxFloat64, 1, bound}).Stepper(p)
				for range 12 / dims {
					if err == nil {
						err = s.Step(u, u)
					}
					if err != nil {
						blown[number]++
						break
					}
					courant(t, law, p.Grid, u) // all are states
					if size := maxDistance(u, make([]float64, len(u))); !(size <= bound) {
						t.Errorf("%T, %v in %d dimensions: delivered max|u| = %v", law, r, dims, size)
					}
				}
			}
		}
		if blown[10] < 5 || blown[0.9] > 0 {
			t.Errorf("%T, %v in %d dimensions: of 5 runs %d blow up at the Courant number 10, %d at 0.9", law, r, dims, blown[10], blown[0.9])
		}
		t.Logf("%T, %v in %d dimensions: blow-ups %v", law, r, dims, blown)
	})
}

// Steps of the largest Courant number that a configuration may ask for are
// stable at jumps, too.
func TestChosenStepsAreStable(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		p, u := rough(law, dims, 16, nil)
		size := maxDistance(u, make([]float64, len(u)))
		u = advance(t, finite(t, p, r, 1), u, 3)
		if after := maxDistance(u, make([]float64, len(u))); after > 1.5*size {
			t.Errorf("%T, %v in %d dimensions: max|u| grows from %v to %v", law, r, dims, size, after)
		}
	})
}

func TestFiniteVolumeStateThatIsNone(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		p, good := rough(law, dims, 12, &physics.Outflow{})
		f := FiniteVolume{configs.Of[Reconstruction]{Value: r}, 0.4, 0, 1e4}
		s, err := f.Stepper(p)
		if err != nil {
			t.Fatal(err)
		}
		bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300}
		if law.Channels(dims) > dims { // has a depth or a density
			bad = append(bad, 0, -1)
		}
		for _, v := range bad {
			u := slices.Clone(good)
			u[0] = v
			if err := s.Step(u, u); err == nil || !strings.HasPrefix(err.Error(), "finite_volume: ") {
				t.Errorf("%T, %v in %d dimensions: a state with %v was advanced, error %v", law, r, dims, v, err)
			}
			if u := slices.Clone(good); s.Step(u, u) != nil {
				t.Errorf("%T, %v in %d dimensions: spoilt by a state with %v", law, r, dims, v)
			}
		}
	})
}
