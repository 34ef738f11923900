package solver

// Reconstruction finds the state on the faces between cells from its means
// over the cells.
type Reconstruction interface {
	// Reach is the number of cells on either side of a face that it reads.
	Reach() int

	// Faces writes the values on the two sides of each face of a row of cells:
	// low [n+1] on that of the lower coordinate, high [n+1] on the other. u
	// [n + 2 Reach] are the means over the cells, one channel, with Reach cells
	// beyond either end.
	Faces(low, high, u []float64)

	// Midpoint returns the weights that turn the means over neighbouring faces,
	// side by side, into the value in the middle of the central one, and those
	// that turn such values into the mean. They are used along each axis of the
	// face, so that nonlinear fluxes are of the order of the reconstruction in
	// several dimensions, too; one weight 1 each is of order 2.
	Midpoint() (value, mean []float64)
}
