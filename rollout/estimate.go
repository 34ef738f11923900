package rollout

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// estimate is what a cell of a table shows.
type estimate struct {
	text     string
	value    float64
	stderr   float64 // standard error of value, NaN if unknown
	judged   bool    // value is one that can be the best
	diverged bool
}

// estimate reads a metric of a model at a time, 0 for a single number.
func (r results) estimate(name, model, metric string, time float64) estimate {
	seeds := r.seeds(name, model)
	if len(seeds) == 0 {
		return estimate{text: "missing"}
	}
	if n := len(r.over(name, model, rowFailed, 0)); n > 0 {
		return estimate{text: fmt.Sprintf("%d of %d failed", n, len(seeds)), diverged: true}
	}
	time, reached := r.nearest(name, metric, time)
	values := r.over(name, model, metric, time)
	if !reached || len(values) == 0 {
		return estimate{text: "–"}
	}
	diverged := r.over(name, model, rowDivergedAt, 0)
	finite := !slices.ContainsFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	d, _ := Define(metric)
	if len(diverged) > 0 && !d.Tolerant && (time != 0 && slices.Min(diverged) <= time || !finite) {
		return estimate{text: fmt.Sprintf("diverged at t = %.4g", slices.Min(diverged)), diverged: true}
	}
	if !finite {
		return estimate{text: strings.ReplaceAll(fmt.Sprint(mean(values)), "+Inf", "∞")}
	}
	e := r.spread(name, model, metric, time, values)
	if d.Capped && slices.Max(values) >= r.horizon(name)*(1-1e-12) {
		e.text = "≥ " + e.text
	}
	return e
}

// spread adds to the values of all seeds how sure they are. All seeds are
// judged on the same samples, so more seeds leave the error from samples as it
// is.
func (r results) spread(name, model, metric string, time float64, values []float64) estimate {
	e := estimate{value: mean(values), judged: true}
	fromSamples, text := r.sampleError(name, model, metric, time)
	fromSeeds := deviation(values) / math.Sqrt(float64(len(values)))
	switch {
	case len(values) == 1:
		e.stderr = fromSamples
	case math.IsNaN(fromSamples):
		e.stderr = fromSeeds
	default:
		e.stderr = math.Hypot(fromSamples, fromSeeds)
	}
	if len(values) > 1 {
		e.value, text = r.summary.of(values)
	}
	e.text = digits(e.value, 3) + text
	return e
}

// sampleError is the standard error of a value that comes from the choice of
// samples, NaN if unknown, and what a table says of it for a single seed.
func (r results) sampleError(name, model, metric string, time float64) (stderr float64, text string) {
	std := r.over(name, model, metric+".std", time)
	low, high := r.over(name, model, metric+".low", time), r.over(name, model, metric+".high", time)
	switch {
	case len(std) > 0:
		return mean(std) / math.Sqrt(mean(r.over(name, model, rowSamples, 0))), " ± " + digits(mean(std), 2)
	case len(low) > 0 && len(high) > 0:
		// a normal distribution has 95 % within 1.96 standard errors on each side
		return (mean(high) - mean(low)) / (2 * 1.96), " [" + digits(mean(low), 3) + ", " + digits(mean(high), 3) + "]"
	}
	return math.NaN(), ""
}

// judged says how many samples and seeds a model was judged on.
func (r results) judged(name, model string) Cell {
	samples := r.over(name, model, rowSamples, 0)
	switch {
	case len(samples) == 0 && len(r.seeds(name, model)) > 0:
		return Cell{Text: "–"}
	case len(samples) == 0:
		return Cell{Text: "missing"}
	case len(samples) == 1:
		return Cell{Text: fmt.Sprintf("%.0f", samples[0])}
	}
	return Cell{Text: fmt.Sprintf("%.0f × %d seeds", slices.Max(samples), len(samples))}
}

// bounded says how many forecasts, over all seeds, never diverged.
func (r results) bounded(name, model string) Cell {
	bounded, samples := r.over(name, model, rowBounded, 0), r.over(name, model, rowSamples, 0)
	if len(bounded) == 0 || len(samples) == 0 {
		return r.judged(name, model)
	}
	n := float64(len(samples))
	return Cell{Text: fmt.Sprintf("%.0f of %.0f", mean(bounded)*n, mean(samples)*n)}
}

// digits prints v with n significant digits, and an exponent only where it
// saves zeros.
func digits(v float64, n int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return strings.ReplaceAll(fmt.Sprint(v), "+Inf", "∞")
	}
	if v == 0 {
		return "0"
	}
	exponent, _ := strconv.Atoi(strings.SplitAfter(strconv.FormatFloat(v, 'e', n-1, 64), "e")[1])
	if exponent < -4 || exponent > 5 {
		return strconv.FormatFloat(v, 'e', n-1, 64)
	}
	return strconv.FormatFloat(v, 'f', max(n-1-exponent, 0), 64)
}
