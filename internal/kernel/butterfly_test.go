package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestButterfly(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		butterflyCases[float32](t)
		butterflyCases[float64](t)
	})
}

// butterflyCases folds the rows of a line around its middle, as a transform
// does: sums forwards, differences backwards.
func butterflyCases[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64} {
		for _, rows := range []int{1, 2, 5} {
			line, out := make([]T, 2*rows*(n+1)), make([]T, 2*rows*(n+2))
			for i := range line {
				line[i] = T(rng.NormFloat64())
			}
			for i := range out {
				out[i] = T(rng.NormFloat64())
			}
			x, y := Rows[T]{line, 1, n + 1}, Rows[T]{line, (2*rows - 1) * (n + 1), -(n + 1)}
			s, d := Rows[T]{out, 2, n + 2}, Rows[T]{out, (2*rows - 1) * (n + 2), -(n + 2)}
			for _, add := range []bool{false, true} {
				want, got := slices.Clone(out), slices.Clone(out)
				ws, wd, gs, gd := s, d, s, d
				ws.Data, wd.Data, gs.Data, gd.Data = want, want, got, got
				if add {
					goButterflyAdd(rows, n, ws, wd, x, y)
					ButterflyAdd(rows, n, gs, gd, x, y)
				} else {
					goButterfly(rows, n, ws, wd, x, y)
					Butterfly(rows, n, gs, gd, x, y)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%T, %d rows of %d, add %v: differs from the portable kernel", T(0), rows, n, add)
				}
			}
		}
	}
}

func TestButterflyRefuses(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("rows outside the array were accepted")
		}
	}()
	a := Rows[float32]{make([]float32, 10), 0, 4}
	Butterfly(3, 4, a, a, a, a)
}
