package physics

// Quadrature is the weight of each point in a mean over the box: all alike, but
// points on walls half as much along each axis.
func (g Grid) Quadrature() []float64 {
	w, total := make([]float64, g.Size()), 0.0
	for i := range w {
		w[i] = 1
		for a, j := range g.Index(i) {
			if g.Boundary == Walls && (j == 0 || j == g.Points[a]-1) {
				w[i] /= 2
			}
		}
		total += w[i]
	}
	for i := range w {
		w[i] /= total
	}
	return w
}
