package rollout

import (
	"strings"

	"eddy/configs"
)

// Metric judges forecasts. Kinds of it are chosen in YAML:
//
//	metrics: [nrmse, rel_l2, {kind: correlation_time, threshold: 0.8}]
//
// Two rules hold for all. A sample that has diverged is lost from then on: its
// errors are +Inf and its correlations 0. An error relative to a truth that is
// zero is +Inf, unless the error is zero as well.
type Metric interface {
	// Define lists what the metric computes.
	Define() []Definition

	// Evaluate returns scores, each with the name of a definition, in their order.
	// It returns scores without values where there are no samples or no frames.
	Evaluate(e Ensemble) []Score
}

// Definition says what a name in the results means. A name with a slash has
// the variant of a formula behind it, as the code of that name computes it. In
// results a parameter may follow, after an @.
type Definition struct {
	Name   string
	Text   string // the formula in words, for the notes of a table
	Larger bool   // is better
	Unity  bool   // 1 is best: below and above are both worse
	Capped bool   // a time, which the length of the forecast bounds

	// Tolerant is a metric whose value still means something when samples have
	// diverged, so that a table prints it.
	Tolerant bool
}

// Define looks a result's name up among all registered metrics.
func Define(name string) (Definition, bool) {
	for _, kind := range configs.Kinds[Metric]() {
		m, err := configs.New[Metric](kind)
		if err != nil {
			continue
		}
		if d, ok := DefinedBy(m, name); ok {
			return d, true
		}
	}
	return Definition{}, false
}

// DefinedBy looks a result's name up among what a metric computes.
func DefinedBy(m Metric, name string) (Definition, bool) {
	base, _, _ := strings.Cut(name, "@")
	for _, d := range m.Define() {
		if d.Name == base {
			return d, true
		}
	}
	return Definition{}, false
}

// Names are all that registered metrics compute, without parameters.
func Names() []string {
	var names []string
	for _, kind := range configs.Kinds[Metric]() {
		m, err := configs.New[Metric](kind)
		if err != nil {
			continue
		}
		for _, d := range m.Define() {
			names = append(names, d.Name)
		}
	}
	return names
}

// Evaluate returns the scores of all metrics, in their order.
func Evaluate(e Ensemble, metrics []Metric) []Score {
	var scores []Score
	for _, m := range metrics {
		scores = append(scores, m.Evaluate(e)...)
	}
	return scores
}
