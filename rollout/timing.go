package rollout

import (
	"fmt"
	"time"
)

// SecondsPerFrame measures how long a predictor takes for a frame, in seconds:
// the median over repeated forecasts of n frames from one start, after one
// that warms up and does not count.
func SecondsPerFrame(p Predictor, from Start, n, repeats int) (float64, error) {
	if n < 1 || repeats < 1 {
		return 0, fmt.Errorf("timing: %d frames, %d repeats, want 1 or more", n, repeats)
	}
	seconds := make([]float64, repeats+1)
	for i := range seconds {
		start := time.Now() // monotonic: setting the clock does not move it
		if _, err := p.Predict(from, n); err != nil {
			return 0, fmt.Errorf("timing: %w", err)
		}
		seconds[i] = time.Since(start).Seconds() / float64(n)
	}
	return median(seconds[1:]), nil
}
