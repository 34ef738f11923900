package data

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"eddy/configs"
	"eddy/physics"
)

// fakeEquation has two channels and no physics.
type fakeEquation struct{}

func (fakeEquation) Channels(int) int                               { return 2 }
func (fakeEquation) Linear(int) physics.Matrix                      { return physics.NewMatrix(2) }
func (fakeEquation) Nonlinear(int, []physics.Field) []physics.Field { return nil }

// fakeInitial draws states in (0, 1), so that no two samples are equal.
type fakeInitial struct{}

func (fakeInitial) Draw(u []float64, _ physics.Grid, rng *rand.Rand) error {
	for i := range u {
		u[i] = rng.Float64()
	}
	return nil
}

// fakeSolver is the logistic map at each point, with faults on demand.
type fakeSolver struct {
	fault  func(u []float64) error // may change u
	delay  time.Duration           // the longest, drawn anew at every step
	steps  atomic.Int64
	faulty error // returned by Stepper
}

func (f *fakeSolver) Stepper(physics.Problem) (physics.Stepper, error) {
	return physics.StepFunc(func(dst, u []float64) error {
		f.steps.Add(1)
		if f.delay > 0 {
			time.Sleep(rand.N(f.delay))
		}
		for i, v := range u {
			dst[i] = 3.9 * v * (1 - v)
		}
		if f.fault == nil {
			return nil
		}
		return f.fault(dst)
	}), f.faulty
}

func fakeRequest(s *fakeSolver) Request {
	return Request{
		Problem: physics.Problem{
			Equation: configs.Of[physics.Equation]{Value: fakeEquation{}},
			Grid:     physics.Grid{Points: []int{3}, Extent: []float64{1}},
			Dt:       1,
			Solver:   configs.Of[physics.Solver]{Value: s},
			Initial:  configs.Of[physics.Initial]{Value: fakeInitial{}},
		},
		Window:  2,
		Batch:   5,
		Seed:    7,
		Workers: 2,
	}
}

// fakeOnline is a small ensemble with the named policy.
func fakeOnline(t testing.TB, policy string) *Online {
	p, err := configs.New[Policy](policy)
	if err != nil {
		t.Fatal(err)
	}
	o := &Online{Length: 9, Buffer: 40, Reuse: 2.5, Threshold: 0.5, Queue: 3, Bound: 1e6}
	o.Policy = configs.Of[Policy]{Kind: policy, Value: p}
	if p.Once() {
		o.Reuse = 1
	}
	return o
}

var errPoison = errors.New("poison")

// poison makes a share of the steps fail, a third each by an error, by NaN and
// by a blow-up. Which ones, the later digits of the state decide.
func poison(share float64) func(u []float64) error {
	return func(u []float64) error {
		_, digits := math.Modf(u[0] * 1e6)
		switch x := digits / share; {
		case x < 1./3:
			return errPoison
		case x < 2./3:
			u[1] = math.NaN()
		case x < 1:
			u[1] = 1e7
		}
		return nil
	}
}

// digest is a hash of a batch's bits.
func digest(b Batch) string {
	h := sha256.New()
	for _, u := range b.Frames {
		h.Write(bits(u))
	}
	return fmt.Sprintf("%d %x", b.Size, h.Sum(nil)[:8])
}

// digests draws the batches of steps [from, to).
func digests(t testing.TB, s Stream, from, to int) []string {
	t.Helper()
	var all []string
	for step := from; step < to; step++ {
		b, err := s.Next(step)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, digest(b))
	}
	return all
}

// file writes a file for a test and returns its path.
func file(t testing.TB, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
