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
	for _, agreement := range [][]float64{{0.9, 0.8, 0.9, 0, 0}, {1, 1, 1, 1, 0.9}, {1, 1, 0.9, 0.1, 0.9}} {
		var doubts []Doubt
		for _, r := range agreement {
			doubts = append(doubts, Doubt{Agreement: r})
		}
		doubted.Doubts = append(doubted.Doubts, doubts)
	}
	stopped := triangles()
	stopped.Bounded[1] = 1
	return map[string]fixture{
		"nrmse": {&NRMSE{}, triangles(), map[string][]float64{"nrmse": {(1./13 + 1) / 2, (6./13 + 1) / 2}}},
		// Nothing happens in a step where the diffusivity is zero, so what changes is
		// the error: (1, 0, 1, 2) of ones.
		"estimated_error": {&EstimatedError{Time: configs.Of[physics.Scheme]{Kind: "crank_nicolson", Value: &physics.CrankNicolson{}}}, still(), map[string][]float64{"estimated_error@crank_nicolson": {math.Sqrt(6. / 4)}}},
		"rel_l2":          {&RelL2{}, triangles(), map[string][]float64{"rel_l2/fno": {(math.Sqrt(1+36)/math.Sqrt(2*169) + 1) / 2}}},
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
		"blow_up": {&BlowUp{}, stopped, map[string][]float64{"blow_up/step": {1.5}, "blow_up/time": {0.5}}},

		// Squared errors of a channel's two points: 1 of sample 0's u at the first
		// frame, 36 of its v at the second, 169 of sample 1's v at both.
		"rmse_pdebench": {&RMSEPDEBench{}, triangles(), map[string][]float64{
			"rmse/pdebench": {(1 + 13) / math.Sqrt2 / 4, (6 + 13) / math.Sqrt2 / 4},
		}},
		"nrmse_pdebench": {&NRMSEPDEBench{}, triangles(), map[string][]float64{
			"nrmse/pdebench":      {(1./5 + 1) / 4, (6./12 + 1) / 4},
			"mean_nrmse/pdebench": {((1./5+1)/4 + (6./12+1)/4) / 2},
		}},
		"crmse": {&CRMSE{}, triangles(), map[string][]float64{ // sums 1.4, 6 and −17
			"crmse/pdebench": {(1.4/math.Sqrt2/2 + 17/math.Sqrt2/2) / 2, math.Sqrt((36+289.)/2) / 2 / 2},
		}},
		"brmse": {&BRMSE{}, triangles(), map[string][]float64{ // both points are ends
			"brmse/pdebench": {(1 + 13) / math.Sqrt2 / 4, (6 + 13) / math.Sqrt2 / 4},
		}},
		"max_error": {&MaxError{}, triangles(), map[string][]float64{"max_error/pdebench": {(0.8 + 12) / 2, (0. + 12) / 2}}},
		// Means of the errors are 0.7, 3 and −8.5, half differences 0.1, 3 and 3.5.
		"frmse": {&FRMSE{}, triangles(), map[string][]float64{
			"frmse/pdebench_low": {(0.7 + 8.5 + 0.1 + 3.5) / math.Sqrt2 / 4, (math.Sqrt((9+8.5*8.5)/2) + math.Sqrt((9+3.5*3.5)/2)) / 4},
			"frmse/pdebench_mid": {0, 0}, "frmse/pdebench_high": {0, 0},
		}},
		// Variances with 1 below are 0.5, 72, 0 and 24.5.
		"vrmse": {&VRMSE{}, triangles(), map[string][]float64{"vrmse/thewell": {
			(math.Sqrt(0.5/(0.5+1e-7)) + math.Sqrt(84.5/(24.5+1e-7))) / 4, (math.Sqrt(18/(72+1e-7)) + math.Sqrt(84.5/(24.5+1e-7))) / 4,
		}}},
		"nrmse_thewell": {&NRMSETheWell{}, triangles(), map[string][]float64{"nrmse/thewell": {
			(math.Sqrt(0.5/(12.5+1e-7)) + math.Sqrt(84.5/(84.5+1e-7))) / 4, (math.Sqrt(18/(72+1e-7)) + math.Sqrt(84.5/(84.5+1e-7))) / 4,
		}}},
		"rel_l2_neuraloperator": {&RelL2NeuralOperator{}, triangles(), map[string][]float64{
			"rel_l2/neuraloperator": {(1/(5+1e-8) + 13/(13+1e-8)) / 2, (6/(12+1e-8) + 13/(13+1e-8)) / 2},
		}},
		"rel_l2_global": {&RelL2Global{}, triangles(), map[string][]float64{"rel_l2/global": {math.Sqrt((1 + 36 + 2*169) / (4 * 169.))}}},
		"rel_l2_rowmean": {&RelL2RowMean{}, triangles(), map[string][]float64{
			"rel_l2/rowmean": {(1/math.Sqrt(2*25) + 6/math.Sqrt(2*144) + 0 + 1) / 4},
		}},
		"rel_l2_clamped":  {&RelL2Clamped{}, triangles(), map[string][]float64{"rel_l2/clamped": {(math.Sqrt(37./(2*169)) + 1) / 2}}},
		"rel_l1_poseidon": {&RelL1Poseidon{}, triangles(), map[string][]float64{"rel_l1/poseidon": {(140./19 + 100) / 2, (600./19 + 100) / 2}}},
		"nmse_cfdbench":   {&NMSECFDBench{}, triangles(), map[string][]float64{"nmse/cfdbench": {(1 + 169.) / (2 * 169), (36 + 169.) / (2 * 169)}}},
		"mse_pdearena":    {&MSEPDEArena{}, triangles(), map[string][]float64{"mse/pdearena": {(37./2 + 2*169./2) / 2}}},

		"correlation_jax_cfd": {&CorrelationJaxCFD{}, angles(), map[string][]float64{"correlation/jax_cfd": {(24 + 1) / math.Sqrt(27*26)}}},
		"correlation_exponax": {&CorrelationExponax{}, angles(), map[string][]float64{"correlation/exponax": {(24./25 + 1/math.Sqrt2) / 2}}},
		"correlation_thewell": {&CorrelationTheWell{}, angles(), map[string][]float64{"correlation/thewell": {(-0.25/(0.5+1e-7) + 0) / 2}}},
		"correlation_time_jax_cfd": {&CorrelationTimeJaxCFD{0.8}, cosines([]float64{0.9, 0.7, 0.9, 0.1}, []float64{0.95, 0.85, 0.85, 0.9}), map[string][]float64{
			"correlation_time/jax_cfd@0.8": {1}, // frames 0 and 2 of the mean: 0.925 0.775 0.875 0.5
		}},

		// Energies of the mean and of the other mode of two points, over both
		// channels: of the truths (48.25, 36.25)/2 and (72.25, 12.25)/2, of the
		// forecasts (53.64, 36.36)/2, then (93.25, 81.25)/2, and nothing.
		"spectrum": {&SpectrumError{}, triangles(), map[string][]float64{
			"spectrum/l1": {(5.5/84.5 + 1) / 2, (90./84.5 + 1) / 2},
			"spectrum/log": {
				(math.Hypot(math.Log(53.64/48.25), math.Log(36.36/36.25)) + math.Hypot(math.Log(84.5e-12/72.25), math.Log(84.5e-12/12.25))) / math.Sqrt2 / 2,
				(math.Hypot(math.Log(93.25/48.25), math.Log(81.25/36.25)) + math.Hypot(math.Log(84.5e-12/72.25), math.Log(84.5e-12/12.25))) / math.Sqrt2 / 2,
			},
		}},
		// Of two points, all edges of the bands are at π: the mean is low, the other
		// mode high.
		"spectral_thewell": {&SpectralTheWell{}, triangles(), map[string][]float64{
			"spectral/thewell_mse_low": {(0.49 + 72.25) / 4, (9 + 72.25) / 4}, "spectral/thewell_mse_mid": {0, 0},
			"spectral/thewell_mse_high": {(0.01 + 12.25) / 4, (9 + 12.25) / 4},
			"spectral/thewell_nmse_low": {(0.49/(12.25+1e-7) + 72.25/(72.25+1e-7)) / 4, (9/(36+1e-7) + 72.25/(72.25+1e-7)) / 4},
			"spectral/thewell_nmse_mid": {0, 0}, "spectral/thewell_nmse_high": {(0.01/(0.25+1e-7) + 12.25/(12.25+1e-7)) / 4, (9/(36+1e-7) + 12.25/(12.25+1e-7)) / 4},
		}},
		"rel_hs": {&RelHs{1}, triangles(), map[string][]float64{"rel_hs@1": {
			(math.Sqrt((0.49+0.01*(1+4*math.Pi*math.Pi))/(48.25+36.25*(1+4*math.Pi*math.Pi))) + 1) / 2,
			(math.Sqrt((9+9*(1+4*math.Pi*math.Pi))/(48.25+36.25*(1+4*math.Pi*math.Pi))) + 1) / 2,
		}}},
		"sobolev_torchcfd": {&SobolevTorchCFD{-2}, triangles(), map[string][]float64{"sobolev/torchcfd@-2": {
			(math.Sqrt(((0.49+9)/0.1+(0.01+9)/(0.1+4*math.Pi*math.Pi))/(2*(48.25/0.1+36.25/(0.1+4*math.Pi*math.Pi)))) + 1) / math.Sqrt2 / 2,
		}}},
		// On a ring of four, |e|² = 6 + 2 and |y|² = 2 + 2.
		"rel_h1_neuraloperator": {&RelH1NeuralOperator{}, ring(physics.Periodic), map[string][]float64{"rel_h1/neuraloperator": {math.Sqrt(8) / (2 + 1e-8)}}},
		"band_nrmse": {&BandNRMSE{0, 1}, triangles(), map[string][]float64{ // the means alone
			"band_nrmse@0-1": {(0.7/math.Sqrt(48.25) + 1) / 2, (3/math.Sqrt(48.25) + 1) / 2},
		}},
		"spatial_exponax": {&SpatialExponax{RMSE, Symmetric}, triangles(), map[string][]float64{
			"srmse/exponax": {(2./(5+6) + 2) / 2, (2*6./(12+18) + 2) / 2},
		}},
		"fourier_exponax": {&FourierExponax{Measure: MAE, Relation: Absolute, Low: 1, High: 1}, triangles(), map[string][]float64{
			"fourier_mae/exponax@1-1": {(0.1 + 3.5) / 2 / 2, (3 + 3.5) / 2 / 2},
		}},
		"h1_exponax": {&H1Exponax{RMSE, Normalized}, triangles(), map[string][]float64{ // values, then half differences
			"h1_nrmse/exponax": {(1./5 + 0.1/0.5 + 1 + 1) / 2, (6./12 + 3./6 + 1 + 1) / 2},
		}},

		"drift": {&Drift{}, conserving(), map[string][]float64{"drift@mass": {1.4 / 7 / 2, 0}, "drift@energy": {(0 + 1.) / 2, (180./144 + 1) / 2}}},
		// In order, u is 3 3 4 4 and forecast as 3 3.6 4 4.8, v 0 0 12 12 and 0 0 12 18,
		// then 5 5 12 12 and zeros; deviations are 0.5, 6 and 3.5.
		"histogram_w1": {&HistogramW1{}, triangles(), map[string][]float64{"histogram/w1": {(1.4/4/0.5 + 6./4/6 + 0 + 8.5/3.5) / 4}}},

		// Draws of the first frame are 0 and 2 for the truth 3: errors 3 and 1,
		// distance 2, variance 2, mean off by 2. Of the second they are 1 and 1, 0 and
		// 4, for 1: variances 0 and 8, mean off by 0 and 1.
		"crps": {&CRPS{2}, drawn(), map[string][]float64{
			"crps":      {2 - 2*2./8, (0 + 2 - 2*4./8) / 2},
			"crps/fair": {2 - 2*2./4, (0 + 2 - 2*4./4) / 2},
		}},
		"spread_skill": {&SpreadSkill{2}, drawn(), map[string][]float64{"spread_skill": {math.Sqrt(1.5*2) / 2, math.Sqrt(1.5*4) / math.Sqrt(0.5)}}},
	}
}

// angles has the channels (3, 4) and (1, 0), forecast as (4, 3) and (1, 1).
func angles() Ensemble {
	e := triangles()
	y := []float64{3, 1, 4, 0}
	e.Truth.Starts, e.Truth.Frames = []Start{{State: y}}, [][][]float64{{y}}
	e.Forecast, e.Bounded = [][][]float64{{{4, 1, 3, 1}}}, []int{1}
	return e
}

// cosines has forecasts of (1, 0) at angles of these cosines [S][T].
func cosines(r ...[]float64) Ensemble {
	e := Ensemble{Truth: Truth{Grid: physics.Grid{Points: []int{2}, Extent: []float64{1}}, Channels: []string{"u"}, Dt: 0.5}}
	for s := range r {
		e.Truth.Starts = append(e.Truth.Starts, Start{State: []float64{1, 0}})
		e.Truth.Frames = append(e.Truth.Frames, slices.Repeat([][]float64{{1, 0}}, len(r[s])))
		e.Forecast = append(e.Forecast, nil)
		for _, r := range r[s] {
			e.Forecast[s] = append(e.Forecast[s], []float64{r, math.Sqrt(1 - r*r)})
		}
		e.Bounded = append(e.Bounded, len(r[s]))
	}
	return e
}

// ring is (0, 1, 0, −1), forecast as ones, on four points a unit apart.
func ring(ends physics.Boundary) Ensemble {
	g := physics.Grid{Points: []int{4}, Extent: []float64{4}, Boundary: ends}
	if ends == physics.Walls {
		g.Extent[0] = 3
	}
	y := []float64{0, 1, 0, -1}
	return Ensemble{
		Truth:    Truth{Grid: g, Channels: []string{"u"}, Dt: 1, Starts: []Start{{State: y}}, Frames: [][][]float64{{y}}},
		Forecast: [][][]float64{{{1, 1, 1, 1}}}, Bounded: []int{1},
	}
}

// still is ring as a problem in which nothing happens.
func still() Ensemble {
	e := ring(physics.Periodic)
	e.Truth.Problems = []physics.Problem{{
		Equation: configs.Of[physics.Equation]{Kind: "diffusion", Value: &physics.Diffusion{}}, Grid: e.Truth.Grid, Dt: e.Truth.Dt,
	}}
	return e
}

// conserving is triangles with ∫ u and ∫ v² conserved: 7 and 144 for sample 0,
// 0 and 169 for sample 1, on two points.
func conserving() Ensemble {
	e := triangles()
	invariants := []physics.Invariant{
		{Name: "mass", Density: func(u []physics.Field) physics.Field { return u[0] }},
		{Name: "energy", Density: func(u []physics.Field) physics.Field { return u[1].Mul(u[1]) }},
	}
	e.Truth.Invariants = [][]physics.Invariant{invariants, invariants}
	return e
}

// drawn has two draws of two frames of two points.
func drawn() Ensemble {
	truth := Truth{Grid: physics.Grid{Points: []int{2}, Extent: []float64{1}}, Channels: []string{"u"}, Dt: 1,
		Starts: []Start{{State: []float64{3, 3}}}, Frames: [][][]float64{{{3, 3}, {1, 1}}}}
	p := dice{[][][]float64{{{0, 0}, {1, 0}}, {{2, 2}, {1, 4}}}}
	e, err := Forecast("dice", p, truth, math.Inf(1))
	if err == nil {
		err = e.Compare(p, 2)
	}
	if err != nil {
		panic(err)
	}
	return e
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
		if len(scores) != len(f.want) {
			t.Fatalf("%s: %d scores, want %d", kind, len(scores), len(f.want))
		}
		for _, score := range scores {
			want := f.want[score.Name]
			same := func(a, b float64) bool { return math.Abs(a-b) < 1e-14*max(1, b) } // some roundings
			if !slices.EqualFunc(score.Values, want, same) {
				t.Errorf("%s is %v, want %v", score.Name, score.Values, want)
			}
			base, _, _ := strings.Cut(score.Name, "@")
			i := slices.IndexFunc(definitions, func(d Definition) bool { return d.Name == base })
			if i < 0 || definitions[i].Text == "" {
				t.Errorf("%s is none of %v", score.Name, definitions)
			} else if d, ok := Define(score.Name); !ok || d != definitions[i] {
				t.Errorf("%s is defined as %v", score.Name, d)
			}
			checkShape(t, score, f.e)
		}
	}
}

// No name of a result means two things.
func TestNamesAreOfOneMetric(t *testing.T) {
	of := map[string]string{}
	for _, kind := range configs.Kinds[Metric]() {
		m, err := configs.New[Metric](kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range m.Define() {
			if first, taken := of[d.Name]; taken {
				t.Errorf("%s is of %s and of %s", d.Name, first, kind)
			}
			of[d.Name] = kind
			if row := (Row{Metric: d.Name}); row.aside() {
				t.Errorf("%s goes with another row", d.Name)
			}
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
