package initial

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

func init() {
	configs.Register("mcwilliams", func() physics.Initial { return &McWilliams{Peak: 6, Cutoff: 30, Energy: 0.5} })
}

// McWilliams draws vorticities of two-dimensional turbulence, on a periodic
// square of length L. The stream function ψ, u = Δψ, is a Gaussian random
// field with
//
//	E|ψ_k|² ∝ k⁻² (1 + (k/k₀)⁴)⁻¹  for k ≤ Cutoff, k in waves per box,
//
// whose kinetic energy in all waves of length k, the sum of ½ k² |ψ_k|², is
// ∝ k/(1 + (k/k₀)⁴). Each state is then scaled to the mean kinetic energy
// ½⟨|∇ψ|²⟩ = Energy.
//
// Good values: Peak 6, Energy 0.5 on a box of length 2π, with Cutoff just below
// half the points; beyond it states lose a share of about (2/π)(k₀/Cutoff)² of
// the energy that Peak alone would give.
//
// Ref: McWilliams, J. Fluid Mech. 146 (1984) 21, §2.
type McWilliams struct {
	Peak   float64 `range:"(0,inf)" doc:"waves per box k₀ beyond which the energy decays"`
	Cutoff int     `range:"[1,4096]" doc:"waves per box of the shortest wave"`
	Energy float64 `range:"[0,inf)" doc:"mean kinetic energy ½⟨|∇ψ|²⟩ of every state"`
}

var _ physics.Initial = (*McWilliams)(nil)

// Draw fills u [N, N, C].
func (f *McWilliams) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.accept(g); err != nil {
		return fmt.Errorf("mcwilliams: %w", err)
	}
	if err := f.spectrum(g.Extent[0]).draw(u, g, rng); err != nil {
		return fmt.Errorf("mcwilliams: %w", err)
	}
	space, err := fourier.NewSeries(g)
	if err != nil {
		return fmt.Errorf("mcwilliams: %w", err)
	}
	channels := len(u) / g.Size()
	omega := make([]float64, g.Size())
	for c := range channels {
		for i := range omega {
			omega[i] = u[i*channels+c]
		}
		scale := math.Sqrt(f.Energy / kineticEnergy(space, omega))
		for i, v := range omega {
			u[i*channels+c] = scale * v
		}
	}
	return nil
}

func (f *McWilliams) accept(g physics.Grid) error {
	if err := g.Check(); err != nil {
		return err
	}
	if g.Dims() != 2 || g.Boundary != physics.Periodic || g.Extent[0] != g.Extent[1] {
		return errors.New("want a periodic square, in two dimensions")
	}
	if n := min(g.Points[0], g.Points[1]); n <= 2*f.Cutoff {
		return fmt.Errorf("%d points along an axis, want more than %d for cutoff = %d", n, 2*f.Cutoff, f.Cutoff)
	}
	return nil
}

// spectrum returns λ of the vorticity, k⁴ E|ψ_k|², but for a constant.
func (f *McWilliams) spectrum(length float64) spectrum {
	return func(k2 float64) float64 {
		waves2 := k2 * length * length / (4 * math.Pi * math.Pi)
		if waves2 > float64(f.Cutoff*f.Cutoff)*(1+1e-12) { // rounding must not decide
			return 0
		}
		return waves2 / (1 + math.Pow(waves2/(f.Peak*f.Peak), 2))
	}
}

// kineticEnergy is ½⟨|∇ψ|²⟩ of a vorticity Δψ [N…].
func kineticEnergy(s *fourier.Series, omega []float64) float64 {
	c := make([]complex128, s.Modes)
	s.Coefficients(c, omega)
	sum := 0.0
	for m, a := range c {
		k2 := 0.0
		wave := s.WaveNumber(m)
		for axis, j := range wave {
			k2 += math.Pow(2*math.Pi*float64(j)/s.Grid.Extent[axis], 2)
		}
		same := 1.0
		if wave[len(wave)-1] > 0 {
			same = 2 // the conjugate
		}
		if k2 > 0 {
			sum += same * (real(a)*real(a) + imag(a)*imag(a)) / k2
		}
	}
	return sum / 2
}
