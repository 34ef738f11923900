package initial

import (
	"math"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// Every state has the energy, and waves of each length share it as the spectrum
// k/(1 + (k/k₀)⁴) says, on boxes of any size.
func TestMcWilliamsEnergy(t *testing.T) {
	f := &McWilliams{Peak: 6, Cutoff: 15, Energy: 0.5}
	for _, length := range []float64{1, 2 * math.Pi} {
		g := gridOf(32, []float64{length, length}, physics.Periodic)
		space, err := fourier.NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		const draws = 40
		energy, want := map[int]float64{}, map[int]float64{} // by |k|², in waves per box
		total := 0.0
		for seed := range uint64(draws) {
			u, omega := drawn(t, f, g, seed), make([]float64, g.Size())
			for i := range omega {
				omega[i] = u[2*i]
			}
			if e := kineticEnergy(space, omega); math.Abs(e-0.5) > 1e-13 {
				t.Fatalf("energy %v, want 0.5", e)
			}
			c := make([]complex128, space.Modes)
			space.Coefficients(c, omega)
			for m, a := range c {
				k2, same := 0, 1.0
				k := space.WaveNumber(m)
				for _, j := range k {
					k2 += j * j
				}
				if k[1] > 0 {
					same = 2
				}
				if k2 > 0 {
					wave2 := math.Pow(2*math.Pi/length, 2) * float64(k2)
					energy[k2] += same * (real(a)*real(a) + imag(a)*imag(a)) / wave2 / 2
					if k2 <= 15*15 && seed == 0 {
						e := same / (1 + math.Pow(float64(k2)/36, 2)) // k² |ψ_k|²
						want[k2] += e
						total += e
					}
				}
			}
		}
		for _, k2 := range []int{1, 2, 5, 25, 50, 65, 125, 200} {
			// 4, 8 or 12 waves, half of which are independent, with two numbers each:
			// a standard deviation of √(2/4/40) = 11 % or less.
			if ratio := energy[k2] / draws / (0.5 * want[k2] / total); math.Abs(ratio-1) > 0.35 {
				t.Errorf("length %.2f, |k|² = %d: %.2f of the energy it should have", length, k2, ratio)
			}
		}
		if energy[15*15+1] > 1e-25 {
			t.Errorf("length %.2f: energy %g beyond the cutoff", length, energy[226])
		}
	}
}
