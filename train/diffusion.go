package train

import "math"

// diffusion mixes a signal y of unit size with noise ε at levels k = 0 … K, from
// hardly any noise to nothing but noise,
//
//	x = √ᾱ_k y + √(1−ᾱ_k) ε,  ᾱ_k = Π_{j≤k} (1−β_j),  β_j = m^{(K−j)/K},
//
// where m is the variance of the noise at level 0. The numbers are the ᾱ_k.
//
// Ref: Ho, Jain & Abbeel (2020), arXiv:2006.11239, §2; the βs are those of
// Lippe et al., PDE-Refiner (2023), arXiv:2308.05732, appendix C.
type diffusion []float64

func newDiffusion(last int, m float64) diffusion {
	d, kept := make(diffusion, last+1), 1.0
	for j := range d {
		kept *= 1 - math.Pow(m, float64(last-j)/float64(last))
		d[j] = kept
	}
	return d
}

// shares are √ᾱ_k and √(1−ᾱ_k).
func (d diffusion) shares(k int) (signal, noise float64) { return math.Sqrt(d[k]), math.Sqrt(1 - d[k]) }

// mix returns x, and the velocity v = √ᾱ_k ε − √(1−ᾱ_k) y that tells signal
// and noise apart: y = √ᾱ_k x − √(1−ᾱ_k) v. Where nothing is left of y, noise would
// tell nothing, and x = 0.
//
// Ref: Salimans & Ho (2022), arXiv:2202.00512, §4.
func (d diffusion) mix(k int, y, eps float64) (x, v float64) {
	if d[k] == 0 {
		return 0, -y
	}
	signal, noise := d.shares(k)
	return signal*y + noise*eps, signal*eps - noise*y
}

// descend makes of x at level k the estimate of y that follows from the velocity v
// which a network sees in it, and above level 0 mixes that for the level below,
// with a share of the noise that belongs there. normal draws standard normal
// numbers.
//
// Ref: Lippe et al., PDE-Refiner (2023), arXiv:2308.05732, §3.
func (d diffusion) descend(k int, x, v []float64, share float64, normal func() float64) {
	signal, noise := d.shares(k)
	for i := range x {
		x[i] = signal*x[i] - noise*v[i]
	}
	if k == 0 {
		return
	}
	signal, noise = d.shares(k - 1)
	for i := range x {
		x[i] = signal*x[i] + share*noise*normal()
	}
}
