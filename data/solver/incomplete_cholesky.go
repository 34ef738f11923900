package solver

// incompleteCholesky is the modified incomplete factorisation
//
//	A ≈ (E + L) E⁻¹ (E + Lᵀ)
//
// of a [stencilMatrix], where L is its part below the diagonal and E is
// diagonal. What a factorisation would fill in beside the links of A is added
// to the diagonal, for the most part, which makes the condition of the
// preconditioned matrix grow as 1/h, not as 1/h².
//
// Ref: Gustafsson, BIT 18 (1978) 142.
type incompleteCholesky struct {
	of      *stencilMatrix
	inverse []float64 // [N…] of E
}

// moved is the share of the fill-in that is moved to the diagonal. With all of
// it E may come near zero.
const moved = 0.99

// factorise computes E.
func (p *incompleteCholesky) factorise(m *stencilMatrix) {
	p.of = m
	for i, e := range m.diagonal {
		for axis, s := range m.strides {
			if i < s || m.links[axis][i-s] == 0 {
				continue
			}
			l, others := m.links[axis][i-s], 0.0
			for other, links := range m.links {
				if other != axis {
					others += links[i-s]
				}
			}
			e -= l * (l + moved*others) * p.inverse[i-s]
		}
		p.inverse[i] = 1 / e
	}
}

// solve writes the solution of (E + L) E⁻¹ (E + Lᵀ) z = r to z.
func (p *incompleteCholesky) solve(z, r []float64) {
	m := p.of
	for i, v := range r {
		for axis, s := range m.strides {
			if i >= s {
				v += m.links[axis][i-s] * z[i-s]
			}
		}
		z[i] = v * p.inverse[i]
	}
	for i := len(z) - 1; i >= 0; i-- {
		v := 0.0
		for axis, s := range m.strides {
			if i+s < len(z) {
				v += m.links[axis][i] * z[i+s]
			}
		}
		z[i] += v * p.inverse[i]
	}
}
