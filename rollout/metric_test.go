package rollout

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// fixture is an ensemble with the values that a metric has by hand.
type fixture struct {
	metric Metric
	e      Ensemble
	want   map[string][]float64
}

// triangles has two channels u, v on two points, stored u₀ v₀ u₁ v₁. Sample 0
// is u = (3, 4), v = (0, 12): norms 5, 12 and, together, 13. Its forecast
// misses u by (0.6, 0.8), norm 1, at the first frame, and v by (0, 6), norm 6,
// at the second. Sample 1 is u = 0, v = (5, 12), norm 13, forecast as 0.
func triangles() Ensemble {
	y0, y1 := []float64{3, 0, 4, 12}, []float64{0, 5, 0, 12}
	zero := make([]float64, 4)
	return Ensemble{
		Truth: Truth{
			Grid: physics.Grid{Points: []int{2}, Extent: []float64{1}}, Channels: []string{"u", "v"}, Dt: 0.5,
			Starts: []Start{{State: y0}, {State: y1}}, Frames: [][][]float64{{y0, y0}, {y1, y1}},
		},
		Forecast: [][][]float64{{{3.6, 0, 4.8, 12}, {3, 0, 4, 18}}, {zero, zero}},
		Bounded:  []int{2, 2},
	}
}

// correlated has forecasts whose correlations with the truth are r [S][T]: the
// truth is y = (1, 2, 3, 4), with (1, −1, −1, 1) orthogonal to it and to the
// constants, and squared norms 5, centred, and 4.
func correlated(r ...[]float64) Ensemble {
	y := []float64{1, 2, 3, 4}
	e := Ensemble{Truth: Truth{Grid: physics.Grid{Points: []int{4}, Extent: []float64{1}}, Channels: []string{"u"}, Dt: 0.5}}
	for s := range r {
		var truth, forecast [][]float64
		for _, r := range r[s] {
			b := math.Sqrt(5./4) * math.Sqrt(1/(r*r)-1)
			truth = append(truth, y)
			forecast = append(forecast, []float64{10 + 1 + b, 10 + 2 - b, 10 + 3 - b, 10 + 4 + b})
		}
		e.Truth.Starts = append(e.Truth.Starts, Start{State: y})
		e.Truth.Frames = append(e.Truth.Frames, truth)
		e.Forecast = append(e.Forecast, forecast)
		e.Bounded = append(e.Bounded, len(truth))
	}
	return e
}

func fixtures() map[string]fixture {
	curves := correlated([]float64{0.99, 0.9, 0.7, 0.9, 0.1}, []float64{0.99, 0.99, 0.99, 0.99, 0.99}, []float64{0.99, 0.6, 0.6, 0.9, 0.1})
	// The draws of its forecasts agree for 1, 5 and 3 frames, while they are right
	// for 2, 5 and 1: deviations (-2, 2, 0) and (-2/3, 7/3, -5/3).
	doubted := curves
	doubted.Agreement = [][]float64{{0.9, 0.8, 0.9, 0, 0}, {1, 1, 1, 1, 0.9}, {1, 1, 0.9, 0.1, 0.9}}
	stopped := triangles()
	stopped.Bounded[1] = 1
	return map[string]fixture{
		"nrmse":  {&NRMSE{}, triangles(), map[string][]float64{"nrmse": {(1./13 + 1) / 2, (6./13 + 1) / 2}}},
		"rel_l2": {&RelL2{}, triangles(), map[string][]float64{"rel_l2/fno": {(math.Sqrt(1+36)/math.Sqrt(2*169) + 1) / 2}}},
		"gmean_nrmse": {&GMeanNRMSE{}, triangles(), map[string][]float64{
			"nrmse/apebench":       {(1./5 + 0 + 0 + 1) / 2, (0 + 6./12 + 0 + 1) / 2},
			"gmean_nrmse/apebench": {math.Sqrt(0.6 * 0.75)},
		}},
		"correlation": {&Correlation{}, curves, map[string][]float64{
			"correlation/pdearena": {0.99, (0.9 + 0.99 + 0.6) / 3, (0.7 + 0.99 + 0.6) / 3, (0.9 + 0.99 + 0.9) / 3, (0.1 + 0.99 + 0.1) / 3},
		}},
		"correlation_time": {&CorrelationTime{0.8}, curves, map[string][]float64{
			"correlation_time/pdearena@0.8": {1.5}, // frames 0, 1 and 3 of the mean: 0.99 0.83 0.76 0.93 0.40
			"correlation_time/mean@0.8":     {1},   // frames 0 and 1 of it
			"correlation_time/median@0.8":   {1},   // samples: 2, 5 and 1 frames
		}},
		"failure_time": {&FailureTime{0.8, 2}, doubted, map[string][]float64{
			"failure_time/r2@0.8":            {36. / (8 * 78. / 9)},
			"failure_time/determination@0.8": {1 - 5/(78./9)},
		}},
		// Of two points, the fine scale is half the difference: of squared norms
		// 0.2²/2, 6²/2 and 7²/2 for u, for v and for sample 1.
		"fine_nrmse": {&FineNRMSE{0.5}, triangles(), map[string][]float64{
			"fine_nrmse@0.5": {(math.Sqrt(0.02) + math.Sqrt(24.5)) / 26, (math.Sqrt(18) + math.Sqrt(24.5)) / 26},
		}},
		"bounded": {&Bounded{}, stopped, map[string][]float64{"bounded": {1, 0.5}}},
	}
}

func TestEveryMetricByHand(t *testing.T) {
	known := fixtures()
	for _, kind := range configs.Kinds[Metric]() {
		f, ok := known[kind]
		if !ok {
			t.Errorf("%s: no fixture", kind)
			continue
		}
		definitions, scores := f.metric.Define(), f.metric.Evaluate(f.e)
		if len(scores) != len(f.want) || len(scores) != len(definitions) {
			t.Fatalf("%s: %d scores, %d definitions, want %d", kind, len(scores), len(definitions), len(f.want))
		}
		for i, score := range scores {
			want := f.want[score.Name]
			if !slices.EqualFunc(score.Values, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-14 }) { // some roundings of 1
				t.Errorf("%s is %v, want %v", score.Name, score.Values, want)
			}
			if base, _, _ := strings.Cut(score.Name, "@"); base != definitions[i].Name || definitions[i].Text == "" {
				t.Errorf("score %d is %s, its definition %v", i, score.Name, definitions[i])
			}
			if d, ok := Define(score.Name); !ok || d != definitions[i] {
				t.Errorf("%s is not defined", score.Name)
			}
			checkShape(t, score, f.e)
		}
	}
}

// checkShape checks that curves and samples have the shapes that Score says.
func checkShape(t *testing.T, score Score, e Ensemble) {
	t.Helper()
	if score.Times != nil && !slices.Equal(score.Times, e.Truth.Times()) {
		t.Errorf("%s has the times %v", score.Name, score.Times)
	}
	if score.Samples == nil {
		return
	}
	if len(score.Samples) != len(score.Values) {
		t.Errorf("%s: samples of %d values, want %d", score.Name, len(score.Samples), len(score.Values))
	}
	for _, samples := range score.Samples {
		if len(samples) != e.Truth.Samples() {
			t.Errorf("%s: %d samples, want %d", score.Name, len(samples), e.Truth.Samples())
		}
	}
}

// A sample that has diverged is lost, whatever its values.
func TestNoMetricReadsDivergedFrames(t *testing.T) {
	clean, spoiled := triangles(), triangles()
	clean.Bounded[0], spoiled.Bounded[0] = 1, 1
	spoiled.Forecast[0][1] = []float64{math.NaN(), math.Inf(1), 1e300, 0}
	for _, kind := range configs.Kinds[Metric]() {
		m := fixtures()[kind].metric
		want := m.Evaluate(clean)
		for i, score := range m.Evaluate(spoiled) {
			if !slices.Equal(score.Values, want[i].Values) {
				t.Errorf("%s is %v, was %v without a NaN", score.Name, score.Values, want[i].Values)
			}
			last := score.Values[len(score.Values)-1]
			if d, _ := Define(score.Name); !d.Larger && !math.IsInf(last, 1) {
				t.Errorf("%s of a diverged forecast is %v, want +Inf", score.Name, last)
			}
		}
	}
}

func TestMetricsAtTheEdges(t *testing.T) {
	zero := line(2, 3, 4)
	for _, states := range zero.Frames {
		for _, u := range states {
			clear(u)
		}
	}
	huge := line(2, 3, 4)
	huge.Frames[0][0][1], huge.Frames[1][2][0] = 1e300, -1e300
	for name, truth := range map[string]Truth{
		"no samples": line(0, 0, 4), "no frames": line(2, 0, 4), "one of each": line(1, 1, 4), "one sample": line(1, 2, 2),
		"constant in space": line(2, 3, 4), "all zero": zero, "beyond squares": huge,
	} {
		for model, p := range map[string]Predictor{
			"persistence": PredictFunc(Persistence),
			"diverging": PredictFunc(func(from Start, n int) ([][]float64, error) {
				return slices.Repeat([][]float64{slices.Repeat([]float64{math.NaN()}, len(from.State))}, n), nil
			}),
		} {
			e, err := Forecast(model, p, truth, math.Inf(1))
			if err != nil {
				t.Fatalf("%s, %s: %v", name, model, err)
			}
			for _, kind := range configs.Kinds[Metric]() {
				for _, score := range fixtures()[kind].metric.Evaluate(e) {
					if slices.ContainsFunc(score.Values, math.IsNaN) {
						t.Errorf("%s, %s: %s is %v", name, model, score.Name, score.Values)
					}
					if empty := truth.Samples() == 0 || truth.Steps() == 0; empty != (len(score.Values) == 0) {
						t.Errorf("%s, %s: %s has %d values", name, model, score.Name, len(score.Values))
					}
				}
			}
		}
	}
}

func TestRatioConvention(t *testing.T) {
	for _, test := range []struct{ err, size, want float64 }{
		{0, 0, 0}, {1, 0, math.Inf(1)}, {1, 2, 0.5}, {math.Inf(1), math.Inf(1), math.Inf(1)}, {0, 1, 0},
	} {
		if got := ratio(test.err, test.size); got != test.want {
			t.Errorf("error %v of size %v is %v, want %v", test.err, test.size, got, test.want)
		}
	}
}

func TestPearsonOfConstants(t *testing.T) {
	// 0.1 is not exact in binary: a mean of it is off by a rounding
	constant, other := slices.Repeat([]float64{0.1}, 1001), slices.Repeat([]float64{0.3}, 1001)
	if r := pearson(constant, other); r != 0 {
		t.Errorf("constants correlate %v, want 0", r)
	}
}

func TestMetricsFromYAML(t *testing.T) {
	var c struct{ Metrics []configs.Of[Metric] }
	text := "metrics: [nrmse, rel_l2, correlation, {kind: correlation_time, threshold: 0.9}, gmean_nrmse, bounded]\n"
	if err := configs.Parse("test.yaml", []byte(text), &c); err != nil {
		t.Fatal(err)
	}
	if m, ok := c.Metrics[3].Value.(*CorrelationTime); !ok || m.Threshold != 0.9 {
		t.Errorf("fourth metric is %v", c.Metrics[3].Value)
	}
	for _, threshold := range []string{"1", "-0.1", ".nan"} {
		err := configs.Parse("test.yaml", []byte("metrics: [{kind: correlation_time, threshold: "+threshold+"}]\n"), &c)
		if err == nil {
			t.Errorf("threshold %s is accepted", threshold)
		}
	}
}
