package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/data"
	"eddy/physics"
)

// TestQueries draws points for a batch of two samples of two channels on a grid
// of 3 × 4 points, whose values say where they are.
func TestQueries(t *testing.T) {
	g := physics.Grid{Points: []int{3, 4}, Extent: []float64{6, 4}}
	two := make([]data.Channel, 2)
	o := &Operator{Queries: 5}
	s, err := o.Init(Task{Layout: data.Layout{Grid: g, In: two[:1], Out: two}, Frames: 1})
	check(t, err)
	if s.Coords != 2 {
		t.Errorf("points of %d coordinates", s.Coords)
	}
	b := data.Batch{Size: 2, Frames: [][]float64{make([]float64, 24), nil}}
	for sample := range 2 {
		for i := range g.Size() {
			at := g.Index(i)
			b.Frames[1] = append(b.Frames[1], 2*float64(at[0]), float64(100*sample+at[1])) // x = 2i, y = j
		}
	}
	var first []float64
	for seed := range uint64(5) {
		f, err := o.Draw(b, rand.New(rand.NewPCG(seed, 0)))
		check(t, err)
		x, u := f["points"], f[frame(1)]
		if !slices.Equal(x.Shape, []int{5, 2}) || !slices.Equal(u.Shape, []int{2, 5, 2}) {
			t.Fatalf("points %v, values %v", x.Shape, u.Shape)
		}
		seen := map[[2]float64]bool{}
		for q := range 5 {
			place := [2]float64(x.Data[2*q:])
			seen[place] = true
			for sample := range 2 {
				want := []float64{place[0], place[1] + float64(100*sample)}
				if got := u.Data[(sample*5+q)*2:][:2]; !slices.Equal(got, want) {
					t.Errorf("sample %d at %v: %v, want %v", sample, place, got, want)
				}
			}
		}
		if len(seen) != 5 {
			t.Errorf("%d different points", len(seen))
		}
		if seed == 0 {
			first = x.Data
		} else if slices.Equal(x.Data, first) {
			t.Error("the same points for two seeds")
		}
	}
}

// TestQueriesOfAll: at all points, the loss is that on the grid.
func TestQueriesOfAll(t *testing.T) {
	const deeponet = "model={kind: deeponet, basis: 4, width: 4}"
	var losses []float64
	for _, method := range []string{"method=operator", "method={kind: operator, queries: 16}"} {
		e := experiment(t, method, deeponet, "rollout.steps=1", "precision=f64")
		s, err := e.Open()
		check(t, err)
		defer s.Close()
		trainer, err := NewTrainer(t.Context(), s)
		check(t, err)
		step, err := trainer.Next()
		check(t, err)
		losses = append(losses, step.Loss)
		_, err = trainer.Close()
		check(t, err)
	}
	if d := losses[1]/losses[0] - 1; d > 1e-12 || d < -1e-12 {
		t.Errorf("losses %v", losses)
	}
}

// TestQueriesRefuse lists what cannot be learned at points.
func TestQueriesRefuse(t *testing.T) {
	const deeponet = "model={kind: deeponet, basis: 4, width: 4}"
	for _, test := range []struct {
		overrides []string
		want      string
	}{
		{[]string{"method.queries=5"}, "fno: gives its output on the grid"},
		{[]string{"method.queries=17", deeponet}, "operator: queries = 17, but the grid has 16 points"},
		{[]string{"method.queries=5", deeponet, "loss=[rel_l2, rel_h1]"}, "operator: queries = 5, but the loss rel_h1 needs the whole grid"},
	} {
		err := openWith(t, "online", append([]string{"method.kind=operator", "rollout.steps=1"}, test.overrides...)...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want …%s…", test.overrides, err, test.want)
		}
	}
}
