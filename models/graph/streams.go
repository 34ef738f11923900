package graph

import "eddy/internal/kernel"

// Streams are the derivatives that a network carries along beside its value u,
// each of them an array like u:
//
//	u,  then for each direction v:  v·∇u,  and (v·∇)²u if Second.
//
// With directions e_x, second, and e_t they are u, u_x, u_xx, u_t. A mixed
// derivative follows from those along e_x, e_y and e_x + e_y.
type Streams []Direction

// Direction is a vector in the space of a network's inputs.
type Direction struct {
	Along  []float64
	Second bool // carry the second derivative too
}

// Count is the number of streams, u included.
func (s Streams) Count() int {
	n := 1
	for _, d := range s {
		if n++; d.Second {
			n++
		}
	}
	return n
}

// jetChunk is the number of elements of a stream that go through an activation
// together: all streams and derivatives of them fit the first-level cache.
const jetChunk = 512

// jet has room for the derivatives of an activation at a chunk of elements.
type jet[T kernel.Float] struct{ d1, d2, d3 []T }

func newJet[T kernel.Float](g *Graph) jet[T] {
	return jet[T]{alloc[T](g, jetChunk), alloc[T](g, jetChunk), alloc[T](g, jetChunk)}
}

// cut shortens the jet to n elements.
func (j jet[T]) cut(n int) (d1, d2, d3 []T) { return j.d1[:n], j.d2[:n], j.d3[:n] }

// push carries streams z of n numbers each through act: with f = act(u),
//
//	a = f(z),  a_v = f′ z_v,  a_vv = f′ z_vv + f″ z_v².
func push[T kernel.Float](s Streams, act kernel.Activation, a, z []T, n int, j jet[T]) {
	if len(s) == 0 {
		kernel.Activate(act, a[:n], z[:n])
		return
	}
	for i := 0; i < n; i += jetChunk {
		m := min(jetChunk, n-i)
		d1, d2, d3 := j.cut(m)
		kernel.Jet(act, a[i:][:m], d1, d2, d3, z[i:][:m])
		pushStreams(s, a, z, i, m, n, d1, d2)
	}
}

// pushStreams does the derivatives of elements i … i+m−1.
func pushStreams[T kernel.Float](s Streams, a, z []T, i, m, n int, d1, d2 []T) {
	for _, d := range s {
		i += n
		if !d.Second {
			kernel.Mul(a[i:][:m], d1, z[i:][:m])
			continue
		}
		kernel.Push2(a[i:][:m], a[i+n:][:m], d1, d2, z[i:][:m], z[i+n:][:m])
		i += n
	}
}

// pull is the adjoint of push: it turns the gradients h of a into those of z,
// and computes a as well.
func pull[T kernel.Float](s Streams, act kernel.Activation, h, a, z []T, n int, j jet[T]) {
	for i := 0; i < n; i += jetChunk {
		m := min(jetChunk, n-i)
		d1, d2, d3 := j.cut(m)
		if len(s) == 0 {
			kernel.ActivateGrad(act, a[i:][:m], d1, z[i:][:m])
			kernel.Mul(h[i:][:m], h[i:][:m], d1)
			continue
		}
		kernel.Jet(act, a[i:][:m], d1, d2, d3, z[i:][:m])
		pushStreams(s, a, z, i, m, n, d1, d2)
		kernel.Mul(h[i:][:m], h[i:][:m], d1)
		g0, k := h[i:][:m], i
		for _, d := range s {
			k += n
			if !d.Second {
				kernel.Pull1(h[k:][:m], g0, d1, d2, z[k:][:m], h[k:][:m])
				continue
			}
			kernel.Pull2(h[k:][:m], h[k+n:][:m], g0, d1, d2, d3, z[k:][:m], z[k+n:][:m], h[k:][:m], h[k+n:][:m])
			k += n
		}
	}
}
