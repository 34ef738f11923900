package solver

// stage is one line of an exponential Runge–Kutta method for u_t = L u + N(u),
//
//	v = exp(time z) u + Δt Σ_j weights_j(z) N_j,  z = Δt L,
//
// where N_0 is N(u) and N_j is N at the value v of stage j−1. The last stage is the
// step itself.
type stage struct {
	time    float64
	weights []weight
}

// weight is Σ_k half[k] φ_{k+1}(z/2) + full[k] φ_{k+1}(z).
type weight struct{ half, full [3]float64 }

// tableaus holds the method of each order.
//
// Ref: Cox & Matthews, J. Comput. Phys. 176 (2002) 430, eq. 4 (order 1), 22
// (order 2), 23–25 (order 3) and 26–29 (order 4), with their coefficients
// written in the functions φ. In the third stage of order 4, which starts from
// the first and not from u, ½φ_1(z/2)(exp(z/2) − 1) = φ_1(z) − φ_1(z/2).
var tableaus = [][]stage{
	{{1, nil}},
	{{1, []weight{full(1, 0, 0)}}},
	{
		{1, []weight{full(1, 0, 0)}},
		{1, []weight{full(1, -1, 0), full(0, 1, 0)}},
	},
	{
		{0.5, []weight{half(0.5)}},
		{1, []weight{full(-1, 0, 0), full(2, 0, 0)}},
		{1, []weight{full(1, -3, 4), full(0, 4, -8), full(0, -1, 4)}},
	},
	{
		{0.5, []weight{half(0.5)}},
		{0.5, []weight{{}, half(0.5)}},
		{1, []weight{{half: [3]float64{-1}, full: [3]float64{1}}, {}, half(1)}},
		{1, []weight{full(1, -3, 4), full(0, 2, -4), full(0, 2, -4), full(0, -1, 4)}},
	},
}

// half is a φ_1(z/2).
func half(a float64) weight { return weight{half: [3]float64{a}} }

// full is a φ_1(z) + b φ_2(z) + c φ_3(z).
func full(a, b, c float64) weight { return weight{full: [3]float64{a, b, c}} }

// of returns the weight made of φ_k(z/2) and φ_k(z), numbers or entries of
// matrices.
func (w weight) of(half, full [4]complex128) complex128 {
	sum := complex(0, 0)
	for k := range 3 {
		sum += scaled(w.half[k], half[k+1]) + scaled(w.full[k], full[k+1])
	}
	return sum
}
