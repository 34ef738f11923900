package fourier

// Coefficients writes the series of one field, with values u [N…], to c [modes].
func (s *Series) Coefficients(c []complex128, u []float64) {
	grid, series := make([]float64, len(u)*Lanes), make([]float64, len(c)*Pair)
	for i, v := range u {
		grid[i*Lanes] = v
	}
	s.Analyze(series, grid)
	for m := range c {
		c[m] = complex(series[m*Pair], series[m*Pair+Lanes])
	}
}

// Values writes the values of one field, with the series c [modes], to u [N…].
func (s *Series) Values(u []float64, c []complex128) {
	grid, series := make([]float64, len(u)*Lanes), make([]float64, len(c)*Pair)
	for m, z := range c {
		series[m*Pair], series[m*Pair+Lanes] = real(z), imag(z)
	}
	s.Synthesize(grid, series)
	for i := range u {
		u[i] = grid[i*Lanes]
	}
}

// WaveNumber returns the signed wave number of coefficient m along each axis, in
// waves per box; the mode N/2 has a positive one.
func (s *Series) WaveNumber(m int) []int { return s.waves[m][:s.Grid.Dims()] }
