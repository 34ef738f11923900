package physics

import "fmt"

// mass is ∫ u_c dx.
func mass(c int) Invariant {
	return Invariant{"mass", func(u []Field) Field { return u[c] }}
}

// masses are ∫ u_c dx for each of several channels.
func masses(channels int) []Invariant {
	all := make([]Invariant, channels)
	for c := range all {
		if all[c] = mass(c); channels > 1 {
			all[c].Name = fmt.Sprintf("mass of channel %d", c)
		}
	}
	return all
}

// energy is ∫ ½ u_c² dx.
func energy(c int) Invariant {
	return Invariant{"energy", func(u []Field) Field { return u[c].Mul(u[c]).Scale(0.5) }}
}
