package rollout

import (
	"fmt"
	"math"
)

// Candidate is a solver that could stand in for the surrogate: a coarser or a
// cheaper one, wrapped to take and to return states on the truth's grid.
type Candidate struct {
	Name      string
	Predictor Predictor
	Seconds   float64 // per frame of a forecast
	Error     float64 // of its forecasts, in the metric by which it is compared
}

// EqualCost returns the candidate whose time per frame is nearest to the
// surrogate's, as a ratio; of equals the first. It is the baseline that a
// surrogate has to beat. There is none without a measured candidate.
func EqualCost(candidates []Candidate, seconds float64) (nearest Candidate, ok bool) {
	distance := math.Inf(1)
	for _, c := range candidates {
		if d := math.Abs(math.Log(c.Seconds / seconds)); d < distance {
			nearest, distance, ok = c, d, true
		}
	}
	return nearest, ok
}

// EqualError returns the cheapest candidate whose error is at most the
// surrogate's; of equals the first. There is none if all are worse, or if the
// surrogate's error is not finite.
func EqualError(candidates []Candidate, err float64) (cheapest Candidate, ok bool) {
	for _, c := range candidates {
		good := c.Error <= err && !math.IsInf(err, 1) && c.Seconds > 0
		if good && (!ok || c.Seconds < cheapest.Seconds) {
			cheapest, ok = c, true
		}
	}
	return cheapest, ok
}

// SpeedUp says how many times faster a surrogate is than the cheapest
// candidate that is at least as good, for a table's column on cost. Below 1 it
// is slower.
func SpeedUp(candidates []Candidate, seconds, err float64) string {
	c, ok := EqualError(candidates, err)
	if !ok || !(seconds > 0) {
		return "none of the candidates"
	}
	return fmt.Sprintf("%s× %s", digits(c.Seconds/seconds, 2), c.Name)
}
