package bench

import (
	"fmt"
	"slices"
	"testing"
)

// TestBaselines: a baseline is one row for all models of a scenario that say the
// same of it, with what any of them says more; it is another where they
// contradict each other or have nothing in common.
func TestBaselines(t *testing.T) {
	b := &book{}
	say := func(model, metric string, value float64) {
		l := line(1, "persistence", metric, value)
		l.Model = model
		if !slices.Contains(b.Cells, l.Place) {
			b.Cells = append(b.Cells, l.Place)
		}
		b.results = append(b.results, l)
	}
	say("first", "nrmse", 1)
	say("more", "nrmse", 1)
	say("more", "drift", 2)
	say("contrary", "nrmse", 1)
	say("contrary", "drift", 3)
	say("apart", "tke", 4)
	var got []string
	for _, r := range b.rows() {
		got = append(got, fmt.Sprint(r.Model, " ", r.Metric, " ", r.Value))
	}
	want := []string{
		"persistence nrmse 1", "persistence drift 2",
		"persistence for contrary nrmse 1", "persistence for contrary drift 3", "persistence for apart tke 4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
