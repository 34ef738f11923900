package rollout

import (
	"math"

	"eddy/physics"
)

// The sources whose statistics are compared.
const (
	truthEarly  = iota // the first half of the frames
	truthLate          // the second half
	forecastAll        // until it diverges
	sources
)

var truthBoth = []int{truthEarly, truthLate}

// Climate is the statistics of all frames and samples of a forecast and of the
// solver's own long run, where the same moments no longer have the same states.
// The two halves of the truth tell how well so many frames can know them.
type Climate struct {
	grid     physics.Grid
	channels int
	modes    *modes
	values   []*histograms // [C]
	moments  [sources]moments
	spectra  [sources][]float64 // sums over frames
	taken    [sources]float64   // frames in them
}

// moments are sums of the values and of their squares at each point [N…·C],
// less the state they began with.
type moments struct {
	frames       float64
	sum, squares []float64
}

func newClimate(g physics.Grid, channels int, first []float64, m *modes) *Climate {
	c := &Climate{grid: g, channels: channels, modes: m}
	for k := range channels {
		c.values = append(c.values, newHistograms(sources, channelOf(first, k, channels)))
	}
	for s := range c.moments {
		c.moments[s] = moments{sum: make([]float64, len(first)), squares: make([]float64, len(first))}
	}
	return c
}

// add takes a frame of a source.
func (c *Climate) add(source int, u []float64) {
	m := &c.moments[source]
	m.frames++
	for i, v := range u {
		c.values[i%c.channels].add(source, v)
		m.sum[i] += v
		m.squares[i] += v * v
	}
}

// addSpectrum takes the spectrum of a frame.
func (c *Climate) addSpectrum(source int, e []float64) {
	if c.spectra[source] == nil {
		c.spectra[source] = make([]float64, len(e))
	}
	for k, v := range e {
		c.spectra[source][k] += v
	}
	c.taken[source]++
}

// spectrum is the mean over the frames of a group of sources.
func (c *Climate) spectrum(group []int) []float64 {
	var mean []float64
	var n float64
	for _, s := range group {
		n += c.taken[s]
		for k, v := range c.spectra[s] {
			for len(mean) <= k {
				mean = append(mean, 0)
			}
			mean[k] += v
		}
	}
	for k := range mean {
		mean[k] /= n
	}
	return mean
}

// profiles are the mean and the standard deviation over the frames of a group,
// at each point [N…·C].
func (c *Climate) profiles(group []int) (mean, deviation []float64) {
	mean, deviation = make([]float64, len(c.moments[0].sum)), make([]float64, len(c.moments[0].sum))
	var n float64
	for _, s := range group {
		n += c.moments[s].frames
		for i := range mean {
			mean[i] += c.moments[s].sum[i]
			deviation[i] += c.moments[s].squares[i]
		}
	}
	for i := range mean {
		mean[i] /= n
		deviation[i] = math.Sqrt(max(0, deviation[i]/n-mean[i]*mean[i]))
	}
	return mean, deviation
}

// Difference is how far apart two statistics are. All but the spectrum's are
// means over channels, in standard deviations of the truth's values.
type Difference struct {
	W1        float64 // of the values, see [HistogramW1]
	Mean      float64 // root mean square over points of the difference of the means over time
	Deviation float64 // the same of the standard deviations over time
	Spectrum  float64 // of the mean spectra, see [SpectrumError]
}

// difference compares two groups of sources.
func (c *Climate) difference(a, b []int) Difference {
	var d Difference
	meanA, deviationA := c.profiles(a)
	meanB, deviationB := c.profiles(b)
	all, within := c.profiles(truthBoth)
	for k := range c.channels {
		sigma := spreadOf(channelOf(all, k, c.channels), channelOf(within, k, c.channels))
		of := func(x, y []float64) float64 {
			err, _ := squares(channelOf(x, k, c.channels), channelOf(y, k, c.channels))
			return ratio(math.Sqrt(err/float64(c.grid.Size())), sigma) / float64(c.channels)
		}
		d.W1 += ratio(c.values[k].w1(a, b), sigma) / float64(c.channels)
		d.Mean += of(meanA, meanB)
		d.Deviation += of(deviationA, deviationB)
	}
	d.Spectrum = logDistance(c.spectrum(a), c.spectrum(b))
	return d
}

// spreadOf is the standard deviation over points and time, given means and
// deviations over time.
func spreadOf(means, deviations []float64) float64 {
	total := variance(means)
	for _, v := range deviations {
		total += v * v / float64(len(deviations))
	}
	return math.Sqrt(total)
}
