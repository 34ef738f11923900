package train

import (
	"errors"
	"math"
	"slices"
	"testing"

	"eddy/models/graph"
)

// TestClip takes the norm over all arrays together.
func TestClip(t *testing.T) {
	arrays := func() []graph.Array {
		return []graph.Array{{F64: []float64{2, 0}}, {F64: []float64{-2, 1}}, {F32: []float32{4}}} // norm 5
	}
	for _, test := range []struct {
		limit, factor float64
	}{{10, 1}, {5, 1}, {1, 0.2}, {2.5, 0.5}} {
		grads := arrays()
		norm, err := clip(grads, test.limit)
		if err != nil || norm != 5 {
			t.Fatalf("limit %v: norm %v, %v", test.limit, norm, err)
		}
		for i, g := range arrays() {
			want := g.Values()
			for j := range want {
				want[j] *= test.factor
			}
			got := grads[i].Values()
			for j := range got {
				// A 0.2 of single precision is off by 6e-8.
				if math.Abs(got[j]-want[j]) > 1e-7*math.Abs(want[j]) {
					t.Errorf("limit %v: array %d is %v, want %v", test.limit, i, got, want)
				}
			}
			if test.factor == 1 && !slices.Equal(got, want) {
				t.Errorf("limit %v: a gradient that is short enough was changed", test.limit)
			}
		}
	}
}

func TestClipRefuses(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, grads := range [][]graph.Array{
			{{F64: []float64{0, bad}}},
			{{F64: []float64{1}}, {F32: []float32{0, 0, float32(bad)}}},
		} {
			if _, err := clip(grads, 1); !errors.Is(err, ErrDiverged) {
				t.Errorf("%v: got %v, want %v", bad, err, ErrDiverged)
			}
		}
	}
}
