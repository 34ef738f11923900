package rollout

import (
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() { configs.Register("spectrum", func() Metric { return &SpectrumError{} }) }

// SpectrumError compares the energy spectra E(k) of forecast and truth at each
// frame: whether scales have the right energy, wherever their waves are,
//
//	spectrum/l1(t)   mean_s Σ_k |E_p(k) − E_y(k)| / Σ_k E_y(k)
//	spectrum/log(t)  mean_s √(mean_k (ln E_p(k) − ln E_y(k))²),
//
// the second over the shells k that hold more than 1e-12 of the truth's energy,
// and with the forecast's energy no less than that. It weighs fine scales as much
// as large ones: 1 is a factor e. A forecast long decorrelated has small values
// of both if its statistics are right.
//
// For E see [Spectrum].
type SpectrumError struct{}

// Define implements [Metric].
func (*SpectrumError) Define() []Definition {
	return []Definition{{
		Name: "spectrum/l1", Text: "mean over samples of Σ|E_p−E_y| / ΣE_y, E the energy spectrum of the frame",
	}, {
		Name: "spectrum/log", Text: "mean over samples of the root mean square of ln E_p − ln E_y over the shells with more than 1e-12 of the energy, E the energy spectrum of the frame",
	}}
}

// faintest is the share of a spectrum's energy below which a shell is noise.
const faintest = 1e-12

// Evaluate implements [Metric].
func (*SpectrumError) Evaluate(e Ensemble) []Score {
	m, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	return []Score{
		frameScore("spectrum/l1", e, math.Inf(1), func(p, y []float64) float64 {
			of, truth := m.spectrum(p, channels), m.spectrum(y, channels)
			var off, total float64
			for k := range truth {
				off += math.Abs(of[k] - truth[k])
				total += truth[k]
			}
			return ratio(off, total)
		}),
		frameScore("spectrum/log", e, math.Inf(1), func(p, y []float64) float64 {
			return logDistance(m.spectrum(p, channels), m.spectrum(y, channels))
		}),
	}
}

// logDistance is the root mean square of the logarithms' difference, in the
// shells in which the truth has energy.
func logDistance(of, truth []float64) float64 {
	var total, sum, n float64
	for _, energy := range truth {
		total += energy
	}
	for k, energy := range truth {
		if floor := faintest * total; energy > floor {
			d := math.Log(max(of[k], floor)) - math.Log(energy)
			sum += d * d
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return math.Sqrt(sum / n)
}

// Spectrum is the energy spectrum of a state [N…, C]: the energy ½ |û|² of all
// modes whose waves k have a length √(Σ k_a²) within ½ of each whole number,
// from 0 to the corner of the spectrum, over all channels. Its sum is
// ½ mean_x Σ_c u², by Parseval's theorem.
func Spectrum(g physics.Grid, u []float64, channels int) []float64 {
	return newModes(g).spectrum(u, channels)
}

func (m *modes) spectrum(u []float64, channels int) []float64 {
	var energies []float64
	for c := range channels {
		for i, v := range m.of(channelOf(u, c, channels)) {
			k := int(m.radius(i) + 0.5)
			for len(energies) <= k {
				energies = append(energies, 0)
			}
			energies[k] += square(v) / 2
		}
	}
	return energies
}
