package rollout

import (
	"strconv"

	"eddy/configs"
)

func init() {
	configs.Register("failure_time", func() Metric { return &FailureTime{Threshold: 0.8, Members: 16} })
}

// FailureTime judges whether a stochastic forecast knows when it fails. With
// Members draws of the forecast from each start it compares two times,
//
//	p  until the mean correlation over pairs of draws first is not above Threshold,
//	a  until the correlation of the forecast with the truth first is not above it,
//
// over the samples of the test:
//
//	failure_time/r2             squared correlation of p and a, the R² of a line through them
//	failure_time/determination  1 − Σ(a − p)² / Σ(a − ā)², the R² of p itself
//
// Both are 0 where p or a does not vary. A forecast of which there is but one
// draw agrees with itself and predicts no failure. Good values: Threshold 0.8,
// Members 16. Choose a rollout long enough for all samples to fail.
//
// Ref: Lippe et al., PDE-Refiner (2023), arXiv:2308.05732, §4.1.
type FailureTime struct {
	Threshold float64 `range:"[0,1)" doc:"correlation above which a forecast still counts as right"`
	Members   int     `range:"[2,1000]" doc:"draws of each forecast"`
}

// Draws implements [Doubting].
func (m *FailureTime) Draws() int { return m.Members }

// Define implements [Metric].
func (*FailureTime) Define() []Definition {
	define := func(variant, text string) Definition {
		return Definition{Name: "failure_time/" + variant, Text: text, Larger: true, Tolerant: true}
	}
	const times = "the time p at which draws of a forecast lose their correlation and the time a at which the forecast loses that with the truth"
	return []Definition{
		define("r2", "squared correlation, over samples, of "+times),
		define("determination", "1 − Σ(a − p)²/Σ(a − mean a)², over samples, for "+times),
	}
}

// Evaluate implements [Metric].
func (m *FailureTime) Evaluate(e Ensemble) []Score {
	predicted, actual := m.times(e)
	scores := make([]Score, 2)
	for i, of := range []func(p, a []float64) float64{squaredCorrelation, determination} {
		scores[i].Name = m.Define()[i].Name + "@" + strconv.FormatFloat(m.Threshold, 'g', -1, 64)
		if len(predicted) == 0 {
			continue
		}
		scores[i].Values = []float64{of(predicted, actual)}
		scores[i].Interval = bootstrap(len(predicted), func(samples []int) float64 {
			p, a := make([]float64, len(samples)), make([]float64, len(samples))
			for j, s := range samples {
				p[j], a[j] = predicted[s], actual[s]
			}
			return of(p, a)
		})
	}
	return scores
}

// times are p and a of each sample; nothing where there are no frames.
func (m *FailureTime) times(e Ensemble) (predicted, actual []float64) {
	if e.Truth.Steps() == 0 {
		return nil, nil
	}
	count := CorrelationTime{m.Threshold}
	curve := frameScore("", e, 0, pearson)
	for s := range e.Truth.Samples() {
		a := count.before(meanCurve(curve, []int{s}))
		p := float64(e.Truth.Steps())
		if e.Doubts != nil {
			var agreement []float64
			for _, d := range e.Doubts[s] {
				agreement = append(agreement, d.Agreement)
			}
			p = count.before(agreement)
		}
		predicted, actual = append(predicted, e.Truth.Dt*p), append(actual, e.Truth.Dt*a)
	}
	return predicted, actual
}

func squaredCorrelation(p, a []float64) float64 {
	r := pearson(p, a)
	return r * r
}

func determination(p, a []float64) float64 {
	if variance(p) == 0 || variance(a) == 0 {
		return 0
	}
	missed := 0.0
	for i := range a {
		missed += (a[i] - p[i]) * (a[i] - p[i])
	}
	return 1 - missed/float64(len(a))/variance(a)
}

// variance is that of a population, exactly 0 for equal numbers.
func variance(x []float64) float64 {
	m, sum := 0.0, 0.0
	for _, v := range x {
		m += (v - x[0]) / float64(len(x))
	}
	for _, v := range x {
		sum += (v - x[0] - m) * (v - x[0] - m)
	}
	return sum / float64(len(x))
}
