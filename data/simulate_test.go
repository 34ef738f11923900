package data

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/solver"
	"eddy/physics"
)

// Trajectories from an online ensemble are those that the solver computes one
// by one, whatever the number of workers and the length of the queue make of
// groups; those that blow up leave out no other.
func TestGroupsAreAlone(t *testing.T) {
	p := blank(t, "ks_conservative", 32, 22, 0.5)
	p.Solver = configs.Of[physics.Solver]{Kind: "etdrk", Value: &solver.ETDRK{Order: 2, Substeps: 2, Bound: 2.6}} // some go beyond
	p.Initial = configs.Of[physics.Initial]{Kind: "fourier", Value: &initial.Fourier{Cutoff: 4, MaxAbs: 2.5}}
	p.Warmup = 3
	o, r := fakeOnline(t, "reservoir"), fakeRequest(nil)
	r.Problem = p
	var want []Trajectory
	stepper, err := p.Solver.Value.Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for i := firstTest; len(want) < 30; i++ {
		// Groups of one, which cannot look at each other.
		outcome := simulation{p, r.Seed, o.Bound, 7}.run(t.Context(), physics.Batch(stepper), i, 1)[0]
		if outcome.err != nil {
			if failed++; !strings.Contains(outcome.err.Error(), "blow-up") {
				t.Fatal(outcome.err)
			}
			continue
		}
		want = append(want, outcome.Trajectory)
	}
	if failed < 3 {
		t.Fatalf("%d trajectories failed: the test tests nothing", failed)
	}
	for workers := 1; workers < 7; workers++ {
		r.Workers = workers
		got, err := o.Trials(t.Context(), r, Test, len(want), 6)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: the trajectories differ from those computed one by one", workers)
		}
	}
	var batches []string
	for length := 1; length < 40; length += 6 {
		r.Workers, o.Queue, o.Length = 1+length%3, length, 9
		got := digests(t, open(t, o, r), 0, 20)
		if batches == nil {
			batches = got
		}
		if !slices.Equal(got, batches) {
			t.Errorf("a queue of %d changes the batches", length)
		}
	}
}

// Fifty trajectories of 50 frames by two workers, from the initial states on.
func BenchmarkTrials(b *testing.B) {
	p := blank(b, "ks", 160, 60, 0.1)
	p.Solver = configs.Of[physics.Solver]{Value: &solver.ETDRK{Order: 2, Substeps: 1, Bound: 1e4}}
	p.Initial = configs.Of[physics.Initial]{Value: &initial.Fourier{Cutoff: 5, MaxAbs: 1}}
	o, r := fakeOnline(b, "reservoir"), fakeRequest(nil)
	r.Problem = p
	const batch = 50
	for b.Loop() {
		if _, err := o.Trials(b.Context(), r, Test, batch, 50); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "trajectories/s")
}
