package data

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/npy"
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
			Initial:    configs.Of[physics.Initial]{Kind: "sine", Value: &initial.Sine{Amplitude: 1, Waves: []float64{1}, Phase: []float64{0}}},
			Parameters: []physics.Parameter{{Name: "equation.velocity.0", Law: configs.Of[physics.Distribution]{Kind: "uniform", Value: &physics.Uniform{Low: 1, High: 3}}}},
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
	if err != nil || len(l.Parameters) != 1 {
		t.Fatalf("parameters %v, %v, want one", l.Parameters, err)
	}
	// The uniform law from 1 to 3 has the standard deviation 2/√12.
	if p := l.Parameters[0]; p.Name != "equation.velocity.0" || math.Abs(p.Mean-2) > 1e-6 || math.Abs(p.Std-2/math.Sqrt(12)) > 1e-6 {
		t.Errorf("got %v", p)
	}
}

// velocityOf is that of a sine wave which has moved for a time of 0.1 from the
// first to the second of two frames: the first begins as sin(x − s), the second
// as sin(x − s − 0.1 velocity).
func velocityOf(frames [][]float64) float64 {
	phase := func(u []float64) float64 { return math.Atan2(-u[0], u[len(u)/4]) }
	return math.Remainder(phase(frames[1])-phase(frames[0]), 2*math.Pi) / 0.1
}

// checkVelocities wants each sample of a batch to come with the velocity of its
// own trajectory.
func checkVelocities(t *testing.T, b Batch) {
	t.Helper()
	if len(b.Parameters) != b.Size {
		t.Fatalf("%d parameters of %d samples", len(b.Parameters), b.Size)
	}
	for i, want := range b.Parameters {
		n := len(b.Frames[0]) / b.Size
		got := velocityOf([][]float64{b.Frames[0][i*n : (i+1)*n], b.Frames[1][i*n : (i+1)*n]})
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("sample %d moves with velocity %v, but comes with %v", i, got, want)
		}
	}
}

// Samples keep the parameters of their trajectories in every buffer, and
// through a snapshot.
func TestParametersOfBatches(t *testing.T) {
	for _, policy := range configs.Kinds[Policy]() {
		r := drawnAdvection(t, nil)
		s := open(t, fakeOnline(t, policy), r)
		for step := range 20 {
			b, err := s.Next(step + 1)
			if err != nil {
				t.Fatal(err)
			}
			checkVelocities(t, b)
		}
		snapshot, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		again := open(t, fakeOnline(t, policy), r)
		if err := again.Restore(snapshot); err != nil {
			t.Fatal(err)
		}
		for step := 20; step < 40; step++ {
			want, err := s.Next(step + 1)
			if err != nil {
				t.Fatal(err)
			}
			got, err := again.Next(step + 1)
			if err != nil {
				t.Fatal(err)
			}
			checkVelocities(t, got)
			if !slices.Equal(got.Parameters, want.Parameters) {
				t.Fatalf("%s: step %d: parameters %v, want %v", policy, step, got.Parameters, want.Parameters)
			}
		}
		snapshot.Floats["parameters"] = snapshot.Floats["parameters"][1:]
		if again.Restore(snapshot) == nil {
			t.Errorf("%s: accepts a snapshot that lacks a parameter", policy)
		}
	}
}

// writeNPY writes an array that consists of parts.
func writeNPY(t *testing.T, path string, shape []int, parts ...[]float64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := npy.NewWriter(f, 64, shape...)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range parts {
		if err := w.Write(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// advectionFiles writes trajectories of 12 velocities and returns the source
// that reads them.
func advectionFiles(t *testing.T, r Request) *File {
	t.Helper()
	dir := t.TempDir()
	trials, err := fakeOnline(t, "reservoir").Trials(t.Context(), r, Test, 12, 3)
	if err != nil {
		t.Fatal(err)
	}
	var frames, parameters [][]float64
	for _, trial := range trials {
		frames, parameters = append(frames, trial.Frames...), append(parameters, trial.Parameters)
	}
	writeNPY(t, filepath.Join(dir, "frames.npy"), []int{12, 4, 32}, frames...)
	writeNPY(t, filepath.Join(dir, "velocities.npy"), []int{12, 1}, parameters...)
	return &File{Train: filepath.Join(dir, "frames.npy"), Parameters: "velocities.npy", Validation: 0.25}
}

func TestFileParameters(t *testing.T) {
	r := drawnAdvection(t, nil)
	f := advectionFiles(t, r)
	l, err := f.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Parameters) != 1 || l.Parameters[0].Name != "equation.velocity.0" || !(l.Parameters[0].Std > 0.1) {
		t.Errorf("parameters %v", l.Parameters)
	}
	s := open(t, f, r)
	for step := range 10 {
		b, err := s.Next(step + 1)
		if err != nil {
			t.Fatal(err)
		}
		checkVelocities(t, b)
	}
	held, err := f.Trials(t.Context(), r, Validation, 0, 3)
	if err != nil || len(held) != 3 {
		t.Fatalf("%d trials, %v", len(held), err)
	}
	for _, trial := range held {
		if got := velocityOf(trial.Frames); math.Abs(got-trial.Parameters[0]) > 1e-9 {
			t.Errorf("a trajectory moves with velocity %v, but comes with %v", got, trial.Parameters[0])
		}
	}
}

// Files whose parameters are missing, or of another shape, are refused.
func TestFileParametersRefuses(t *testing.T) {
	for name, spoil := range map[string]func(f *File, r *Request){
		"does not say where": func(f *File, _ *Request) { f.Parameters = "" },
		"want the name of":   func(f *File, _ *Request) { f.Parameters = "velocities" },
		"[12 4 32]":          func(f *File, _ *Request) { f.Parameters = "frames.npy" },
		"draws 2":            func(_ *File, r *Request) { r.Problem.Parameters = slices.Repeat(r.Problem.Parameters, 2) },
		"not finite": func(f *File, _ *Request) {
			values := slices.Repeat([]float64{1}, 12)
			values[5] = math.NaN()
			writeNPY(t, filepath.Join(filepath.Dir(f.Train), f.Parameters), []int{12, 1}, values)
		},
	} {
		r := drawnAdvection(t, nil)
		f := advectionFiles(t, r)
		spoil(f, &r)
		if _, err := f.Describe(r); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want an error about %q", err, name)
		}
	}
}

// Changes between frames have the statistics of their own: a wave that moves by
// 0.1 v changes by −2 sin(0.1 v/2) cos(x − …), a deviation of √2 sin(0.05 v).
func TestChanges(t *testing.T) {
	r := drawnAdvection(t, nil)
	r.Problem.Parameters = nil
	l, err := fakeOnline(t, "reservoir").Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	want := math.Sqrt2 * math.Sin(0.05) // the equation's own velocity is 1
	if len(l.Changes) != 1 || math.Abs(l.Changes[0].Std-want) > 1e-9 || math.Abs(l.Changes[0].Mean) > 1e-9 {
		t.Errorf("changes %v, want a deviation of %v", l.Changes, want)
	}
}
