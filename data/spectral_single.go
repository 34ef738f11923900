package data

// coefficients writes the series of one field, with values u [N…], to c [modes].
func (s *spectral) coefficients(c []complex128, u []float64) {
	grid, series := make([]float64, len(u)*lanes), make([]float64, len(c)*pair)
	for i, v := range u {
		grid[i*lanes] = v
	}
	s.analyze(series, grid)
	for m := range c {
		c[m] = complex(series[m*pair], series[m*pair+lanes])
	}
}

// values writes the values of one field, with the series c [modes], to u [N…].
func (s *spectral) values(u []float64, c []complex128) {
	grid, series := make([]float64, len(u)*lanes), make([]float64, len(c)*pair)
	for m, z := range c {
		series[m*pair], series[m*pair+lanes] = real(z), imag(z)
	}
	s.synthesize(grid, series)
	for i := range u {
		u[i] = grid[i*lanes]
	}
}

// wave returns the signed wave number of coefficient m along each axis, in
// waves per box; the mode N/2 has a positive one.
func (s *spectral) wave(m int) []int { return s.waves[m][:s.grid.Dims()] }
