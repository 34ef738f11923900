package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// MeanRows is the scalar mean of a loss over the rows of xs, [M, …] each: loss
// is built on a few rows of each of them, is a mean over those rows, in which no
// row sees another, and depends on nothing else but parameters.
//
// A worker takes a part of the rows through all of loss and back again before it
// begins the next one: what lies in between stays in its cache and is needed for
// one part at a time, and workers meet but once. It pays where networks act on
// many points, as in physics-informed learning.
func (g *Graph) MeanRows(loss func(g *Graph, xs []*Node) *Node, xs ...*Node) *Node {
	for _, x := range xs {
		if x.Dims() == 0 || x.Shape()[0] != xs[0].Shape()[0] {
			Fail("MeanRows", xs, "want as many rows in each")
		}
	}
	if len(xs) == 0 {
		Fail("MeanRows", xs, "want rows of something")
	}
	return pick(g, meanRows[float32], meanRows[float64])(g, loss, xs)
}

// rowMean is the state of such a mean.
type rowMean[T kernel.Float] struct {
	rows, parts int
	params      []*Param
	value       []float64              // of each part, weighted
	grads       []partial[T]           // of each parameter, weighted
	work        []map[int]*partLoss[T] // of each worker, by the number of rows
}

// partLoss is the program of a loss on a part of the rows.
type partLoss[T kernel.Float] struct {
	*Program
	xs, grads [][]T
}

func meanRows[T kernel.Float](g *Graph, loss func(g *Graph, xs []*Node) *Node, xs []*Node) *Node {
	m := &rowMean[T]{rows: xs[0].Shape()[0]}
	m.parts = min(g.shards, m.rows)
	m.value = make([]float64, m.parts)
	for range g.pool.Workers() {
		programs := map[int]*partLoss[T]{}
		for i := range m.parts {
			if lo, hi := span(m.rows, i, m.parts); programs[hi-lo] == nil {
				programs[hi-lo] = newPartLoss[T](g, hi-lo, loss, xs)
				m.params = programs[hi-lo].g.used
			}
		}
		m.work = append(m.work, programs)
	}
	all := slices.Clone(xs)
	for _, p := range m.params {
		all = append(all, g.Param(p))
		if g.training {
			m.grads = append(m.grads, newPartial[T](g, p.Value.Len(), m.parts))
		}
	}
	o := &op[T]{name: "mean_rows"}
	o.forward = func(in [][]T, y []T) {
		g.pool.For(m.parts, func(i, worker int) { m.part(i, worker, in) })
		sum := 0.0
		for _, v := range m.value {
			sum += v
		}
		y[0] = T(sum)
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node {
		if slices.Contains(need[:len(xs)], true) {
			Fail("MeanRows", xs, "the rows have no gradient")
		}
		return m.adjoint(g, in, out, gy, need)
	}
	return apply(g, o, all...)
}

// newPartLoss builds loss on n rows of each of xs. It runs on one worker.
func newPartLoss[T kernel.Float](g *Graph, n int, loss func(g *Graph, xs []*Node) *Node, xs []*Node) *partLoss[T] {
	s := &partLoss[T]{Program: newProgram(Machine{g.Precision, kernel.NewPool(1)}, g.training)}
	s.g.shards = 1
	var nodes []*Node
	for _, x := range xs {
		buf := alloc[T](s.g, n*x.Shape().TotalSize()/x.Shape()[0])
		shape := slices.Clone([]int(x.Shape()))
		shape[0] = n
		s.xs, nodes = append(s.xs, buf), append(nodes, s.g.leaf(x.Name(), shape, arrayOf(buf)))
	}
	s.out = loss(s.g, nodes)
	if s.out.Dims() != 0 || len(s.g.reports) > 0 {
		Fail("MeanRows", []*Node{s.out}, "want a scalar, and no reports")
	}
	var wrt []*Param
	if g.training {
		wrt = s.g.used
	}
	if err := s.finish(wrt); err != nil {
		Fail("MeanRows", xs, "%w", err)
	}
	for _, grad := range s.Grads {
		s.grads = append(s.grads, numbers[T](grad))
	}
	g.bytes += s.g.bytes
	return s
}

// part computes the share of part i in the mean and in its gradients.
func (m *rowMean[T]) part(i, worker int, in [][]T) {
	lo, hi := span(m.rows, i, m.parts)
	s := m.work[worker][hi-lo]
	for j, x := range s.xs {
		copy(x, in[j][lo*len(x)/(hi-lo):])
	}
	if err := s.run(); err != nil {
		panic(err)
	}
	weight := float64(hi-lo) / float64(m.rows)
	m.value[i] = weight * s.Scalar()
	for j, sum := range m.grads {
		kernel.Scale(sum.parts[i], T(weight), s.grads[j])
	}
}

// adjoint has the gradients of the parameters, which the forward pass computed,
// but for a factor.
func (m *rowMean[T]) adjoint(g *Graph, in []*Node, out, gy *Node, need []bool) []*Node {
	var outs []grad[T]
	for i, x := range in {
		outs = append(outs, gradOf[T](g, x.Name(), x, need[i]))
	}
	of := outs[len(outs)-len(m.params):]
	return adjoints(g, "mean_rows.adjoint", []*Node{out, gy}, outs, func(in [][]T) {
		g.pool.For(len(of), func(i, _ int) {
			if sum := of[i].buf; sum != nil {
				m.grads[i].reduce(sum)
				kernel.Scale(sum, in[1][0], sum)
			}
		})
	})
}
