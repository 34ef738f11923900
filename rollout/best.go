package rollout

import "math"

// place is where a number of a table stands.
type place struct {
	name, metric string // of the case and of the metric
	time         float64
}

// best returns the index of the model to print in bold, −1 if there is none:
// the best one, if the tests between it and every other model, corrected for
// their number, all say that they differ. Models that diverged are worse.
func (r results) best(models []string, at place, estimates []estimate) int {
	d, _ := Define(at.metric)
	winner := -1
	for i, e := range estimates {
		if e.judged && (winner < 0 || d.better(e.value, estimates[winner].value)) {
			winner = i
		}
	}
	if winner < 0 {
		return -1
	}
	rivals := 0
	var p []float64
	for i, e := range estimates {
		switch {
		case i == winner || !e.judged && !e.diverged:
			continue
		case e.judged && e.text == estimates[winner].text:
			return -1
		case e.judged:
			p = append(p, r.chance(models[winner], models[i], at, estimates[winner], e))
		}
		rivals++
	}
	for _, corrected := range holm(p) {
		if corrected >= level {
			return -1
		}
	}
	if rivals == 0 {
		return -1
	}
	return winner
}

// chance is the p-value that two models are equally good. It is the larger one
// of two tests, as both have to be passed: of pairs of the same samples, by
// their ranks, and of seeds, where a model has several. Where the values of
// samples are not known it is 0 for a difference of two standard errors, else 1.
func (r results) chance(a, b string, at place, ea, eb estimate) float64 {
	first, second := r.pairs(a, b, at)
	if first == nil {
		if math.Abs(ea.value-eb.value) > 2*math.Hypot(ea.stderr, eb.stderr) {
			return 0
		}
		return 1
	}
	p := signedRank(first, second)
	ofA, ofB := r.over(at.name, a, at.metric, at.time), r.over(at.name, b, at.metric, at.time)
	if len(ofA) > 1 || len(ofB) > 1 {
		p = max(p, welch(ofA, ofB))
	}
	return p
}

// pairs returns the values of two models for the same samples, the mean over
// the seeds that both have; nil where there are none.
func (r results) pairs(a, b string, at place) (first, second []float64) {
	for _, seed := range r.seeds(at.name, a) {
		of := func(model string) []float64 {
			return r.samples[number{at.name, model, seed, at.metric, at.time}]
		}
		x, y := of(a), of(b)
		if len(x) == 0 || len(x) != len(y) || first != nil && len(x) != len(first) {
			continue
		}
		if first == nil {
			first, second = make([]float64, len(x)), make([]float64, len(x))
		}
		for i := range x {
			first[i] += x[i]
			second[i] += y[i]
		}
	}
	return first, second
}

func (d Definition) better(a, b float64) bool {
	switch {
	case d.Larger:
		return a > b
	case d.Unity:
		return math.Abs(math.Log(a)) < math.Abs(math.Log(b))
	}
	return a < b
}
