package physics

// Field is a scalar field, in whatever form its user computes with: Fourier
// coefficients or values on a grid in a solver, nodes of a graph in a loss,
// Taylor series of a network in a PINN. Fields of one form do not mix with
// another's. A form that cannot do an operation panics with [Unsupported],
// which whoever made the field turns into an error.
type Field interface {
	Add(Field) Field
	Mul(Field) Field
	Scale(float64) Field
	D(axis, order int) Field // ∂^order/∂x_axis^order

	// Pow returns u^p at each point, for u > 0 unless p is a natural number.
	Pow(p float64) Field

	// InverseLaplacian returns the f with Δf = u − mean(u) and mean zero, on a
	// periodic box.
	InverseLaplacian() Field

	// Cosine returns cos(2π Σ_a k_a x_a/L_a + phase) on the box of u, whatever u
	// is; with k = 0 and phase = 0 that is 1.
	Cosine(k [3]int, phase float64) Field
}

// Unsupported is the panic of a [Field] whose form lacks an operation.
type Unsupported struct{ Operation, Form string }

func (u Unsupported) Error() string {
	return u.Form + " have no " + u.Operation
}
