package data

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// drawnAdvection is advection whose velocity each trajectory draws from 1 to 3.
func drawnAdvection(t *testing.T, design physics.Design) Request {
	t.Helper()
	equation, err := configs.New[physics.Equation]("advection")
	if err != nil {
		t.Fatal(err)
	}
	solver, err := configs.New[physics.Solver]("etdrk")
	if err != nil {
		t.Fatal(err)
	}
	return Request{
		Problem: physics.Problem{
			Equation:   configs.Of[physics.Equation]{Kind: "advection", Value: equation},
			Grid:       physics.Grid{Points: []int{32}, Extent: []float64{2 * math.Pi}},
			Dt:         0.1,
			Solver:     configs.Of[physics.Solver]{Kind: "etdrk", Value: solver},
			Initial:    initialOf("sine", &Sine{Amplitude: 1, Waves: []float64{1}, Phase: []float64{0}}),
			Parameters: []physics.Parameter{{Name: "equation.velocity.0", Law: configs.Of[physics.Law]{Kind: "uniform", Value: &physics.Uniform{Low: 1, High: 3}}}},
			Design:     configs.Of[physics.Design]{Value: design},
		},
		Window: 2, Batch: 4, Seed: 3, Workers: 2,
	}
}

// Each trajectory is the solution for the values that it says it has, which do
// not depend on the number of workers, nor on what else is drawn.
func TestParametersOfTrajectories(t *testing.T) {
	o := fakeOnline(t, "reservoir")
	var want []Trajectory
	for _, workers := range []int{1, 2, 5} {
		r := drawnAdvection(t, nil)
		r.Workers = workers
		got, err := o.Trials(t.Context(), r, Test, 12, 3)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("trajectories of %d workers differ from those of one", workers)
		}
	}
	var taken []float64
	for _, trajectory := range want {
		velocity := trajectory.Parameters[0]
		taken = append(taken, velocity)
		for k, u := range trajectory.Frames {
			for i, v := range u {
				exact := math.Sin(2*math.Pi*float64(i)/32 - velocity*0.1*float64(k))
				if math.Abs(v-exact) > 1e-12 {
					t.Fatalf("velocity %.3f: frame %d differs by %.1e from the solution", velocity, k, math.Abs(v-exact))
				}
			}
		}
	}
	slices.Sort(taken)
	if taken[0] < 1 || taken[11] > 3 || len(slices.Compact(taken)) < 12 {
		t.Errorf("velocities %v, want 12 from 1 to 3", taken)
	}
}

// The trajectories of each split begin a Latin hypercube.
func TestParametersOfSplitsAreLatin(t *testing.T) {
	r := drawnAdvection(t, &physics.LatinHypercube{Samples: 8})
	for _, split := range []Split{Validation, Test} {
		trials, err := fakeOnline(t, "reservoir").Trials(t.Context(), r, split, 8, 1)
		if err != nil {
			t.Fatal(err)
		}
		var eighths []int
		for _, trajectory := range trials {
			eighths = append(eighths, int((trajectory.Parameters[0]-1)/2*8))
		}
		slices.Sort(eighths)
		if !slices.Equal(eighths, []int{0, 1, 2, 3, 4, 5, 6, 7}) {
			t.Errorf("split %d: velocities in the eighths %v, want one in each", split, eighths)
		}
	}
}

func TestParametersAreNamed(t *testing.T) {
	l, err := fakeOnline(t, "reservoir").Describe(drawnAdvection(t, nil))
	if err != nil || !slices.Equal(l.Parameters, []string{"equation.velocity.0"}) {
		t.Errorf("parameters %v, %v, want equation.velocity.0", l.Parameters, err)
	}
}
