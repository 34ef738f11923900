package graph

import (
	"fmt"

	"eddy/internal/kernel"

	G "gorgonia.org/gorgonia"
)

// differentiable is what [Graph.Grad] asks of an operation.
type differentiable interface {
	differentiate(in []*Node, out, grad *Node, need []bool) []*Node
}

// Grad returns the gradients of a scalar node with respect to wrt, by reverse
// mode through the adjoints. Unlike gorgonia's own it may be called several
// times on one graph, and on its own results.
func (g *Graph) Grad(cost *Node, wrt ...*Node) []*Node {
	if cost.Dims() != 0 {
		Fail("Grad", []*Node{cost}, "the cost is no scalar")
	}
	active := map[*Node]bool{}
	for _, n := range wrt {
		active[n] = true
	}
	forward := g.ops
	for _, n := range forward {
		for _, c := range g.inputs(n) {
			active[n] = active[n] || active[c]
		}
	}
	parts := map[*Node][]*Node{cost: {g.one()}}
	for i := len(forward) - 1; i >= 0; i-- {
		n := forward[i]
		if !active[n] || len(parts[n]) == 0 {
			continue
		}
		in := g.inputs(n)
		need := make([]bool, len(in))
		for j, c := range in {
			need[j] = active[c]
		}
		total := g.Sum(parts[n]...)
		parts[n] = []*Node{total}
		for j, d := range n.Op().(differentiable).differentiate(in, n, total, need) {
			if d != nil && need[j] {
				parts[in[j]] = append(parts[in[j]], d)
			}
		}
	}
	grads := make([]*Node, len(wrt))
	for i, n := range wrt {
		if len(parts[n]) == 0 {
			Fail("Grad", []*Node{cost, n}, "the cost does not depend on %s", n.Name())
		}
		grads[i] = g.Sum(parts[n]...)
	}
	return grads
}

// inputs returns the nodes that n's operation reads, in order.
func (g *Graph) inputs(n *Node) []*Node {
	var in []*Node
	for it := g.expr.From(n.ID()); it.Next(); {
		in = append(in, it.Node().(*Node))
	}
	return in
}

// one is the gradient of a scalar with respect to itself.
func (g *Graph) one() *Node { return pick(g, oneOf[float32], oneOf[float64])(g) }

func oneOf[T kernel.Float](g *Graph) *Node {
	g.names["one"]++
	return G.NewScalar(g.expr, arrayOf([]T{}).dtype(), G.WithName(fmt.Sprintf("one#%d", g.names["one"])),
		G.WithValue(valueOf([]T{1}, nil)))
}

// checkHashes fails if two nodes of the graph have the same 32-bit hash, since
// gorgonia's compiler would silently make them one.
func (g *Graph) checkHashes() error {
	seen := map[uint32]*Node{}
	for _, n := range g.expr.AllNodes() {
		if m := seen[n.Hashcode()]; m != nil && m != n {
			return fmt.Errorf("graph: the nodes %v and %v have one hash", m, n)
		}
		seen[n.Hashcode()] = n
	}
	return nil
}
