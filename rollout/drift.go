package rollout

import (
	"math"
	"slices"

	"eddy/configs"
	"eddy/physics"
)

func init() { configs.Register("drift", func() Metric { return &Drift{} }) }

// Drift is how far what the equation conserves is from its first value, for each
// invariant I = ∫ ρ dx that the problem's equation declares,
//
//	drift@name(t) = mean_s |∫ ρ(p) dx − ∫ ρ(u₀) dx| / ∫ |ρ(u₀)| dx.
//
// The size below is that of the density, so that an invariant that happens to be
// zero, like the mean of a wave, has a drift, too. Derivatives in ρ are those of
// the Fourier series. The truth itself drifts by the error of its solver.
// Equations conserve on periodic boxes: others have no scores.
type Drift struct{}

// Define implements [Metric].
func (*Drift) Define() []Definition {
	return []Definition{{
		Name: "drift",
		Text: "mean over samples of |∫ρ(p) − ∫ρ(u₀)| / ∫|ρ(u₀)|, ρ the density of the invariant after the @ and u₀ the initial state",
	}}
}

// Evaluate implements [Metric].
func (*Drift) Evaluate(e Ensemble) []Score {
	var scores []Score
	m, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	for _, name := range e.Truth.invariants() {
		score := Score{Name: "drift@" + name, Times: e.Truth.Times(), Samples: make([][]float64, e.Truth.Steps())}
		for s, from := range e.Truth.Starts {
			drift := m.drift(e.Truth.invariant(s, name), from.State, channels)
			for t := range score.Samples {
				lost := math.Inf(1)
				if t < e.Bounded[s] {
					lost = drift(e.Forecast[s][t])
				}
				score.Samples[t] = append(score.Samples[t], lost)
			}
		}
		for _, samples := range score.Samples {
			score.Values = append(score.Values, mean(samples))
		}
		scores = append(scores, score)
	}
	return scores
}

// drift returns the function that says how far an invariant of a state is from
// that of the first one.
func (m *modes) drift(i physics.Invariant, first []float64, channels int) func(u []float64) float64 {
	var start, size float64
	for _, v := range m.density(i.Density, first, channels) {
		start += v
		size += math.Abs(v)
	}
	return func(u []float64) float64 {
		var sum float64
		for _, v := range m.density(i.Density, u, channels) {
			sum += v
		}
		if d := ratio(math.Abs(sum-start), size); !math.IsNaN(d) {
			return d
		}
		return math.Inf(1) // beyond what a float64 holds
	}
}

// invariants are the names of what every trajectory conserves.
func (y Truth) invariants() []string {
	if len(y.Invariants) == 0 || y.Grid.Boundary != physics.Periodic {
		return nil
	}
	var names []string
	for _, i := range y.Invariants[0] {
		if !slices.ContainsFunc(y.Invariants, func(other []physics.Invariant) bool {
			return !slices.ContainsFunc(other, func(o physics.Invariant) bool { return o.Name == i.Name })
		}) {
			names = append(names, i.Name)
		}
	}
	return names
}

// invariant is that of a name, of one trajectory.
func (y Truth) invariant(sample int, name string) physics.Invariant {
	all := y.Invariants[sample]
	return all[slices.IndexFunc(all, func(i physics.Invariant) bool { return i.Name == name })]
}
