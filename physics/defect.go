package physics

import (
	"math/cmplx"

	"eddy/configs"
)

func init() {
	configs.Register("defect", func() Scheme { return &Defect{Substeps: 1} })
}

// Defect is what a step of a solver leaves between two frames,
//
//	r = (u_{n+1} − Φ(u_n))/Δt,
//
// where Φ is the exponential Runge–Kutta method of fourth order in Substeps
// steps, so that frames may be further apart than for other schemes. Times Δt,
// it is the error of a step. The equation must have a linear part without
// coupling between channels, and a periodic box. Good values: half of the
// solver's substeps or fewer; each takes four times the products of the other
// schemes.
//
// Ref: Cox & Matthews, J. Comput. Phys. 176 (2002) 430, eqs. (26)–(29).
type Defect struct {
	Substeps int `range:"[1,1000]" doc:"steps of the method from a frame to the next"`
}

// Needs implements [Scheme].
func (*Defect) Needs() int { return 1 }

// Residual implements [Scheme].
func (d *Defect) Residual(m Motion) []Field {
	before := m.Along(m.U, m.Steps, steps(m.Steps, 1, 0))
	after := m.Along(m.U, m.Steps, steps(m.Steps, 0, 1))
	u := before
	e := exponential{m, m.Equation.Linear(m.Dims), m.Dt / float64(d.Substeps)}
	if !e.linear.IsDiagonal() {
		panic(Unsupported{Operation: "exponential of a linear part that couples them", Form: "channels"})
	}
	for i := range d.Substeps {
		if i > 0 {
			u = e.settled(u)
		}
		u = e.step(u)
	}
	r := less(after, u)
	for c := range r {
		r[c] = r[c].Scale(1 / m.Dt)
	}
	return r
}

// exponential is a step of length h of u_t = L u + N(u).
type exponential struct {
	Motion
	linear Matrix
	h      float64
}

// step takes the four stages.
func (e exponential) step(u []Field) []Field {
	half := func(phi [4]complex128) complex128 { return phi[0] }
	first := func(phi [4]complex128) complex128 { return phi[1] / 2 }
	nu := e.products(u)
	if nu == nil {
		return e.apply(u, 1, half)
	}
	to := func(from, n []Field) []Field { return e.sum(e.apply(from, 0.5, half), e.apply(n, 0.5, first)) }
	a := to(u, nu)
	na := e.products(a)
	b := to(u, na)
	nb := e.products(b)
	c := to(a, e.weighted([]float64{2, -1}, nb, nu))
	nc := e.products(c)
	return e.sum(e.apply(u, 1, half),
		e.apply(nu, 1, func(phi [4]complex128) complex128 { return phi[1] - 3*phi[2] + 4*phi[3] }),
		e.apply(e.weighted([]float64{1, 1}, na, nb), 1, func(phi [4]complex128) complex128 { return 2*phi[2] - 4*phi[3] }),
		e.apply(nc, 1, func(phi [4]complex128) complex128 { return 4*phi[3] - phi[2] }))
}

// products is h N(u).
func (e exponential) products(u []Field) []Field {
	n := e.Equation.Nonlinear(e.Dims, u)
	for c := range n {
		n[c] = n[c].Scale(e.h)
	}
	return e.settled(n)
}

// settled makes fields arrays, so that what is made of them does not make them
// again.
func (e exponential) settled(fs []Field) []Field {
	if fs == nil {
		return nil
	}
	return e.nodes.fields(e.nodes.values(fs))
}

// apply multiplies each channel by a function of the φ_k(c h L).
func (e exponential) apply(u []Field, c float64, f func(phi [4]complex128) complex128) []Field {
	all := make([]Field, len(u))
	for i := range u {
		s, ok := u[i].(*spectral)
		if !ok {
			panic(Unsupported{Operation: "exponential", Form: "values on a grid"})
		}
		all[i] = s.times(func(k [3]int) complex128 {
			z := complex(c*e.h, 0) * e.linear[i][i].Symbol(s.of.wave(k)...)
			if cmplx.IsInf(z) {
				return 0
			}
			return f(Phi(z))
		})
	}
	return all
}

// sum adds fields up.
func (e exponential) sum(terms ...[]Field) []Field {
	total := append([]Field{}, terms[0]...)
	for _, t := range terms[1:] {
		for c := range total {
			total[c] = total[c].Add(t[c])
		}
	}
	return total
}

func (e exponential) weighted(w []float64, a, b []Field) []Field {
	all := make([]Field, len(a))
	for c := range a {
		all[c] = a[c].Scale(w[0]).Add(b[c].Scale(w[1]))
	}
	return all
}
