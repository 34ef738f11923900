package rollout

import "math"

// histogramBins is even, and enough for an error of about a hundredth of a
// standard deviation in the distance of two histograms.
const histogramBins = 2048

// histograms counts values of several sources in the same equal bins. They
// become twice as wide whenever a value is beyond them, so no range has to be
// known before.
type histograms struct {
	centre, width float64 // of the middle edge, of a bin
	counts        [][histogramBins]float64
}

// newHistograms begins with bins for values about as large as some first ones.
func newHistograms(sources int, first []float64) *histograms {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range first {
		low, high = min(low, v), max(high, v)
	}
	width := (high - low) / histogramBins
	if !(width > 0) {
		width = max(math.Abs(low), 1) / histogramBins
	}
	return &histograms{centre: (low + high) / 2, width: width, counts: make([][histogramBins]float64, sources)}
}

// add counts a finite value.
func (h *histograms) add(source int, v float64) {
	at := math.Floor((v - h.centre) / h.width)
	for at < -histogramBins/2 || at >= histogramBins/2 {
		h.widen()
		at = math.Floor((v - h.centre) / h.width)
	}
	h.counts[source][int(at)+histogramBins/2]++
}

// widen joins pairs of bins.
func (h *histograms) widen() {
	h.width *= 2
	for s := range h.counts {
		var joined [histogramBins]float64
		for i, n := range h.counts[s] {
			joined[histogramBins/4+i/2] += n
		}
		h.counts[s] = joined
	}
}

// w1 is the Wasserstein-1 distance of the values of two groups of sources, with
// those of a bin spread evenly over it; NaN where a group has none.
func (h *histograms) w1(a, b []int) float64 {
	p, y := h.density(a), h.density(b)
	var distance, off float64 // off is the difference of the distributions at an edge
	for i := range p {
		next := off + (p[i]-y[i])*h.width
		distance += h.width * between(off, next)
		off = next
	}
	return distance
}

// between is the mean of |x| for x from a to b.
func between(a, b float64) float64 {
	if a*b >= 0 {
		return math.Abs(a+b) / 2
	}
	return (a*a + b*b) / (2 * math.Abs(b-a))
}

// density is the share of values per unit in each bin, over a group of sources.
func (h *histograms) density(group []int) []float64 {
	density, total := make([]float64, histogramBins), 0.0
	for _, s := range group {
		for i, n := range h.counts[s] {
			density[i] += n
			total += n
		}
	}
	for i := range density {
		density[i] /= total * h.width
	}
	return density
}

// coarse is the density over some bins at once where there are any values, and
// the middles of these.
func (h *histograms) coarse(group []int, bins int) (middles, density []float64) {
	first, end := histogramBins, 0
	for s := range h.counts {
		for i, n := range h.counts[s] {
			if n > 0 {
				first, end = min(first, i), max(end, i+1)
			}
		}
	}
	every := max(1, (end-first+bins-1)/bins)
	fine := h.density(group)
	for i := first; i < end; i += every {
		last := min(i+every, histogramBins)
		var sum float64
		for _, d := range fine[i:last] {
			sum += d
		}
		middles = append(middles, h.centre+(float64(i+last)/2-histogramBins/2)*h.width)
		density = append(density, sum/float64(last-i))
	}
	return middles, density
}
