package solver

// ssprk3 is the strong-stability-preserving Runge–Kutta method of order 3: what
// a step of Euler's method keeps bounded, it keeps bounded. Stage by stage,
//
//	v ← a u + (1 − a) (v + Δt L(v)),
//
// from v = u, the state before the step; listed are the a.
//
// Ref: Shu & Osher, J. Comput. Phys. 77 (1988) 439, eq. (2.18).
var ssprk3 = []float64{0, 3. / 4, 1. / 3}
