package physics

import "eddy/configs"

func init() {
	configs.Register("schroedinger", func() Equation { return &Schroedinger{Dispersion: 0.5, Focusing: 1} })
}

// Schroedinger is the nonlinear Schrödinger equation for a complex ψ = p + iq,
// whose parts are the channels,
//
//	i ψ_t + α Δψ + κ |ψ|² ψ = 0,
//
// that is p_t = −αΔq − κ|ψ|²q and q_t = αΔp + κ|ψ|²p. With α = ½, κ = 1 in one
// dimension it has bright solitons
//
//	ψ = a sech(a(x − vt)) exp(i(vx + ½(a² − v²)t)),
//
// which pass through each other; κ < 0 has dark ones. In two and three
// dimensions with κ > 0 large states collapse to a point in finite time. Good
// values: Dispersion 0.5, Focusing 1, Extent 40, Points 256, Dt 0.1 in 10
// substeps of ETDRK4 for solitons of a = 1. Conserved are the mean of |ψ|², of
// the momentum p q_x − q p_x along each axis and of the Hamiltonian
// α|∇ψ|² − (κ/2)|ψ|⁴.
//
// Ref: Zakharov & Shabat, Sov. Phys. JETP 34 (1972) 62, eq. (1), with α = 1.
type Schroedinger struct {
	Dispersion float64 `range:"(-inf,inf)" doc:"coefficient α of Δψ, length² per time"`
	Focusing   float64 `range:"(-inf,inf)" doc:"coefficient κ of |ψ|²ψ; negative values defocus"`
}

// Channels is 2: the real and the imaginary part.
func (*Schroedinger) Channels(int) int { return 2 }

// Linear returns −αΔ for p of q, and αΔ for q of p.
func (e *Schroedinger) Linear(dims int) Matrix {
	l := NewMatrix(2)
	l[0][1] = Laplacian(dims).Scale(-e.Dispersion)
	l[1][0] = Laplacian(dims).Scale(e.Dispersion)
	return l
}

// Nonlinear returns −κ|ψ|²q and κ|ψ|²p.
func (e *Schroedinger) Nonlinear(_ int, u []Field) []Field {
	intensity := squaredModulus(u)
	return []Field{intensity.Mul(u[1]).Scale(-e.Focusing), intensity.Mul(u[0]).Scale(e.Focusing)}
}

// Invariants are the norm, the momentum along each axis and the Hamiltonian.
func (e *Schroedinger) Invariants(dims int) []Invariant {
	all := []Invariant{{"norm", squaredModulus}}
	for axis := range dims {
		all = append(all, Invariant{"momentum along " + "xyz"[axis:axis+1], func(u []Field) Field {
			return u[0].Mul(u[1].D(axis, 1)).Add(u[1].Mul(u[0].D(axis, 1)).Scale(-1))
		}})
	}
	hamiltonian := func(u []Field) Field {
		slope := squaredSlope(dims, u[0]).Add(squaredSlope(dims, u[1]))
		return slope.Scale(e.Dispersion).Add(squaredModulus(u).Pow(2).Scale(-e.Focusing / 2))
	}
	return append(all, Invariant{"hamiltonian", hamiltonian})
}

// squaredModulus returns |ψ|².
func squaredModulus(u []Field) Field { return u[0].Mul(u[0]).Add(u[1].Mul(u[1])) }
