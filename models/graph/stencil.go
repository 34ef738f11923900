package graph

import (
	"cmp"
	"slices"

	"eddy/internal/kernel"
)

// Tap is one term of a [Graph.Stencil]: Weight × the value at point From, added
// to point To.
type Tap struct {
	To, From int
	Weight   float64
}

// Stencil applies a sparse matrix along an axis of x [B, N…, C], which has n
// points then: finite differences, one-sided ones at ends, means and
// differences of frames, images beyond a boundary. Axis 0 is the one after the
// batch.
func (g *Graph) Stencil(x *Node, axis, n int, taps []Tap) *Node {
	if axis < 0 || axis+1 >= x.Dims() || n < 1 {
		Fail("Stencil", []*Node{x}, "%d points along axis %d", n, axis)
	}
	for _, t := range taps {
		if t.To < 0 || t.To >= n || t.From < 0 || t.From >= x.Shape()[axis+1] {
			Fail("Stencil", []*Node{x}, "a tap from point %d to %d along axis %d, which then has %d", t.From, t.To, axis, n)
		}
	}
	return pick(g, stencil[float32], stencil[float64])(g, "stencil", x, axis, n, tapRuns(taps))
}

// tapRun is a run of taps of one weight, from From+i to To+i for i < count,
// which work on neighbours.
type tapRun struct {
	Tap
	count int
}

// tapRuns gathers taps in runs.
func tapRuns(taps []Tap) []tapRun {
	taps = slices.Clone(taps)
	slices.SortStableFunc(taps, func(a, b Tap) int {
		return cmp.Or(cmp.Compare(a.To-a.From, b.To-b.From), cmp.Compare(a.To, b.To))
	})
	var runs []tapRun
	for _, t := range taps {
		if n := len(runs) - 1; n >= 0 {
			if r := runs[n]; t == (Tap{r.To + r.count, r.From + r.count, r.Weight}) {
				runs[n].count++
				continue
			}
		}
		runs = append(runs, tapRun{t, 1})
	}
	return runs
}

func stencil[T kernel.Float](g *Graph, name string, x *Node, axis, n int, runs []tapRun) *Node {
	shape := slices.Clone([]int(x.Shape()))
	before, inner := shape[axis+1], 1
	for _, s := range shape[axis+2:] {
		inner *= s
	}
	outer := x.Shape().TotalSize() / (before * inner)
	shape[axis+1] = n
	o := &op[T]{name: name, shape: shape}
	o.forward = func(in [][]T, y []T) {
		g.split(outer, (before+n)*inner, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				src, dst := sample(in[0], i, before*inner), sample(y, i, n*inner)
				clear(dst)
				for _, r := range runs {
					kernel.Axpy(dst[r.To*inner:][:r.count*inner], T(r.Weight), src[r.From*inner:][:r.count*inner])
				}
			}
		})
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		back := make([]tapRun, len(runs))
		for i, r := range runs {
			back[i] = tapRun{Tap{r.From, r.To, r.Weight}, r.count}
		}
		return []*Node{stencil[T](g, name+".adjoint", gy, axis, before, back)}
	}
	return apply(g, o, x)
}
