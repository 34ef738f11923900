package physics

// mass is ∫ u_c dx.
func mass(c int) Invariant {
	return Invariant{"mass", func(u []Field) Field { return u[c] }}
}

// energy is ∫ ½ u_c² dx.
func energy(c int) Invariant {
	return Invariant{"energy", func(u []Field) Field { return u[c].Mul(u[c]).Scale(0.5) }}
}
