// Package physics states partial differential equations and the problems made
// from them.
//
// An equation is written once, over [Field], and used in three ways: the
// solver reads a Field as Fourier coefficients or as values on a grid, a loss
// as nodes of a graph, a PINN as the Taylor series of a network. So solver and
// residual cannot drift apart.
//
// To add an equation, copy ks.go.
package physics

// Equation is a law for a state of one or more channels. Most are an
// [Evolution], some of those also a [ConservationLaw]; an [Elliptic] one has no
// time.
type Equation interface {
	// Channels is the number of fields in a state, 0 where the equation is not
	// defined in that many dimensions.
	Channels(dims int) int
}

// Evolution is u_t = L u + N(u). Its methods are called only for numbers of
// dimensions in which the equation is defined.
type Evolution interface {
	Equation

	// Linear returns L: operators with constant coefficients, a row and a column
	// for each channel.
	Linear(dims int) Matrix

	// Nonlinear returns N(u), one field per channel, or nil where N is zero. What
	// depends on the place alone, such as a force, belongs to N.
	Nonlinear(dims int, u []Field) []Field
}

// ConservationLaw is u_t + ∇·F(u) = D Δu, which finite volumes solve.
type ConservationLaw interface {
	Evolution

	// Flux returns F along an axis, one field per channel. It has no
	// derivatives.
	Flux(dims int, u []Field, axis int) []Field

	// Speeds returns the slowest and the fastest signal along an axis in the
	// state u [C], or an error if u is no state of the system, as a gas of
	// negative density.
	Speeds(dims int, u []float64, axis int) (low, high float64, err error)

	// Diffusivity returns D, nil for zero.
	Diffusivity(dims int) []float64
}

// Confined is an equation that means nothing for states below a bound, such as a
// negative concentration.
type Confined interface {
	Equation

	// Least returns the bound of each channel, −∞ for none.
	Least(dims int) []float64
}

// Elliptic is an equation R(a, u) = 0 for u, where a is given.
type Elliptic interface {
	Equation

	// Inputs is the number of channels of a.
	Inputs(dims int) int

	// Balance returns R(a, u), one field per channel of u.
	Balance(dims int, a, u []Field) []Field
}

// Invariant is an integral over the box, ∫ Density(u) dx, that an equation
// conserves on a periodic box.
type Invariant struct {
	Name    string
	Density func(u []Field) Field
}

// Conservative is an equation that declares what it conserves.
type Conservative interface {
	Equation
	Invariants(dims int) []Invariant
}

// Tendency returns u_t = L u + N(u).
func Tendency(e Evolution, dims int, u []Field) []Field {
	ut := e.Linear(dims).Apply(u)
	for c, n := range e.Nonlinear(dims, u) {
		ut[c] = ut[c].Add(n)
	}
	return ut
}

// Residual returns u_t − L u − N(u), which is zero for a solution.
func Residual(e Evolution, dims int, u, ut []Field) []Field {
	r := Tendency(e, dims, u)
	for c := range r {
		r[c] = ut[c].Add(r[c].Scale(-1))
	}
	return r
}

// onlyIn is the number of channels of a scalar equation that is defined in
// want dimensions alone.
func onlyIn(want, dims int) int {
	if dims == want {
		return 1
	}
	return 0
}

// divergence returns −∇·F(u), the nonlinear terms of a conservation law.
func divergence(law ConservationLaw, dims int, u []Field) []Field {
	n := make([]Field, len(u))
	for axis := range dims {
		for c, f := range law.Flux(dims, u, axis) {
			d := f.D(axis, 1).Scale(-1)
			if axis > 0 {
				d = n[c].Add(d)
			}
			n[c] = d
		}
	}
	return n
}
