package rollout

import "math"

// span is the vertical range of a logarithmic axis, of one figure or of panels.
type span struct {
	low, high float64   // of all that is drawn
	middle    []float64 // of all lines
	best      float64   // median of the lowest line
}

// By what factor a logarithmic axis goes beyond the median of all that is drawn,
// at most, and how far down for a line that is as good as a whole: neither what
// is exact at times nor what is far off stretches it.
const (
	around = 1e4
	below  = 1e9
)

func newSpan() span { return span{low: math.Inf(1), high: math.Inf(-1), best: math.Inf(1)} }

// line takes the values of a line.
func (s *span) line(y []float64) {
	if len(y) > 0 {
		s.middle, s.best = append(s.middle, y...), min(s.best, median(y))
	}
}

// figure takes the range that a figure has by itself.
func (s *span) figure(f *curves) { s.low, s.high = min(s.low, f.low), max(s.high, f.high) }

// limit narrows the span.
func (s *span) limit() {
	if len(s.middle) == 0 {
		return
	}
	m := median(s.middle)
	s.low = max(s.low, min(m/around, max(s.best/2, m/below)))
	s.high = min(s.high, m*around)
}
