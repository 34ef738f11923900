package physics

// convection returns −½ b Σ_j ∂_j(u_i u_j) for every channel i, the convection
// of a vector field with one channel an axis, in conservative form. In one
// dimension it is −½ b (u²)_x.
func convection(b float64, u []Field) []Field {
	n := make([]Field, len(u))
	for i := range u {
		n[i] = u[i].Mul(u[0]).D(0, 1)
		for j := 1; j < len(u); j++ {
			n[i] = n[i].Add(u[i].Mul(u[j]).D(j, 1))
		}
		n[i] = n[i].Scale(-0.5 * b)
	}
	return n
}
