package physics

// Field is a scalar field, in whatever form its user computes with: Fourier
// coefficients in a solver, values on a grid in a loss, Taylor series of a
// network in a PINN. Fields of one form do not mix with another's.
type Field interface {
	Add(Field) Field
	Mul(Field) Field
	Scale(float64) Field
	D(axis, order int) Field // ∂^order/∂x_axis^order
}
