package solver

// stencilMatrix is a symmetric matrix on the points of a box, each of which is
// linked to its neighbours along the axes:
//
//	(A u)_i = d_i u_i − Σ_a (l_{a,i} u_{i+s_a} + l_{a,i−s_a} u_{i−s_a}).
//
// With l ≥ 0 and d at least the sum of a point's links, greater somewhere, it
// is positive definite.
type stencilMatrix struct {
	diagonal []float64   // [N…] d
	links    [][]float64 // [axes][N…] l, to the next point along the axis; 0 from the last
	strides  []int       // [axes] s
}

func newStencilMatrix(shape []int) stencilMatrix {
	size := 1
	for _, n := range shape {
		size *= n
	}
	m := stencilMatrix{diagonal: make([]float64, size)}
	stride := size
	for _, n := range shape {
		stride /= n
		m.strides = append(m.strides, stride)
		m.links = append(m.links, make([]float64, size))
	}
	return m
}

// multiply writes A u to dst.
func (m *stencilMatrix) multiply(dst, u []float64) {
	for i, d := range m.diagonal {
		dst[i] = d * u[i]
	}
	for axis, s := range m.strides {
		links := m.links[axis][:len(u)-s]
		below, above := u[:len(links)], u[s:]
		for i, l := range links {
			dst[i] -= l * above[i]
		}
		to := dst[s:]
		for i, l := range links {
			to[i] -= l * below[i]
		}
	}
}
