package data

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// TestEnsembleEpochs: two epochs have every window of every trajectory twice,
// in different orders, with the parameters of its trajectory.
func TestEnsembleEpochs(t *testing.T) {
	const trajectories, length = 6, 5
	r := drawnAdvection(t, nil)
	e := &Ensemble{Trajectories: trajectories, Length: length, Bound: 10}
	want, err := (&Online{Length: length, Bound: 10}).compute(t.Context(), r, firstTraining, trajectories, length)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, e, r)
	const samples = trajectories * (length - 1) // six batches of four
	var orders [2][]int
	for step := range 2 * samples / r.Batch {
		b, err := s.Next(step + 1)
		if err != nil {
			t.Fatal(err)
		}
		n := r.Problem.Size()
		for i := range b.Size {
			found := -1
			for w := range samples {
				own, first := want[w/(length-1)], w%(length-1)
				if slices.Equal(b.Frames[0][i*n:][:n], own.Frames[first]) && slices.Equal(b.Frames[1][i*n:][:n], own.Frames[first+1]) && b.Parameters[i] == own.Parameters[0] {
					found = w
				}
			}
			orders[step*r.Batch/samples] = append(orders[step*r.Batch/samples], found)
		}
	}
	if slices.Equal(orders[0], orders[1]) {
		t.Error("both epochs have one order")
	}
	for epoch, order := range orders {
		slices.Sort(order)
		for i, w := range order {
			if w != i {
				t.Fatalf("epoch %d has the samples %v", epoch, order)
			}
		}
	}
}

// TestEnsembleHoldsOut: what is learned from, validation and test have nothing
// in common, and another seed has other trajectories.
func TestEnsembleHoldsOut(t *testing.T) {
	r := drawnAdvection(t, nil)
	e := &Ensemble{Trajectories: 20, Length: 2, Bound: 10}
	learn, err := e.training(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[float64]bool{}
	for _, trajectory := range learn {
		seen[trajectory.Parameters[0]] = true
	}
	for _, split := range []Split{Validation, Test} {
		trials, err := e.Trials(t.Context(), r, split, 20, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, trial := range trials {
			if seen[trial.Parameters[0]] {
				t.Errorf("trajectory %d of split %d has the parameter of another", trial.Index, split)
			}
			seen[trial.Parameters[0]] = true
		}
	}
	r.Seed++
	other, err := e.training(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(other, learn) {
		t.Error("another seed has the same trajectories")
	}
}

// TestEnsemblePairs: of an elliptic equation, a sample is what is given and its
// solution.
func TestEnsemblePairs(t *testing.T) {
	r := pairsRequest()
	e := &Ensemble{Trajectories: 3, Length: 9, Bound: 1e6}
	l, err := e.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	all, err := e.training(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if l.Stepped || len(all) != 3 || len(all[0].Frames) != 2 {
		t.Fatalf("stepped %v, %d trajectories of %d frames", l.Stepped, len(all), len(all[0].Frames))
	}
	b, err := open(t, e, r).Next(1)
	if err != nil {
		t.Fatal(err)
	}
	n := r.Problem.Grid.Size()
	for _, pair := range all {
		if slices.Equal(b.Frames[0][:n], pair.Frames[0]) && slices.Equal(b.Frames[1][:n], pair.Frames[1]) {
			return
		}
	}
	t.Error("the sample is none of the pairs")
}

func TestEnsembleRefuses(t *testing.T) {
	r := drawnAdvection(t, nil)
	r.Window = 4
	if _, err := (&Ensemble{Trajectories: 2, Length: 3, Bound: 10}).Describe(r); err == nil || !strings.Contains(err.Error(), "length = 3") {
		t.Errorf("windows longer than a trajectory: got %v", err)
	}
	r.Problem.Initial = configs.Of[physics.Initial]{}
	if _, err := (&Ensemble{Trajectories: 2, Length: 9, Bound: 10}).Open(context.Background(), r); err == nil {
		t.Error("no initial states: want an error")
	}
}
