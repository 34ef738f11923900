package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/data"
	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

// TestDiffusionByHand has a variance whose roots are short: the βs are 0.008,
// 0.04, 0.2 and 1.
func TestDiffusionByHand(t *testing.T) {
	want := []float64{0.992, 0.992 * 0.96, 0.992 * 0.96 * 0.8, 0}
	for k, kept := range newDiffusion(3, 0.008) {
		if math.Abs(kept-want[k]) > 1e-15 {
			t.Errorf("level %d keeps %v, want %v", k, kept, want[k])
		}
	}
	x, v := diffusion{0.36}.mix(0, 2, 5) // shares 0.6 and 0.8
	if math.Abs(x-(0.6*2+0.8*5)) > 1e-15 || math.Abs(v-(0.6*5-0.8*2)) > 1e-15 {
		t.Errorf("mixture %v and velocity %v", x, v)
	}
}

// TestDescent goes down from noise by the velocity of a known y. What arrives at
// each level has the mean and the variance of the mixture there, and y at last.
func TestDescent(t *testing.T) {
	const draws, y = 20000, 0.7
	d, rng := newDiffusion(3, 1e-3), rand.New(rand.NewPCG(1, 2))
	x, v := make([]float64, draws), make([]float64, draws)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	for k := 3; k >= 0; k-- {
		signal, noise := d.shares(k)
		mean, square := 0.0, 0.0
		for i := range x {
			mean += x[i] / draws
			square += (x[i] - signal*y) * (x[i] - signal*y) / draws
			v[i] = (signal*x[i] - y) / noise
		}
		// five standard errors, of a mean and of a variance
		if math.Abs(mean-signal*y) > 5*noise/math.Sqrt(draws) || math.Abs(square/(noise*noise)-1) > 5*math.Sqrt(2./draws) {
			t.Errorf("level %d: mean %v and variance %v, want %v and %v", k, mean, square, signal*y, noise*noise)
		}
		d.descend(k, x, v, 1, rng.NormFloat64)
	}
	for _, got := range x {
		if math.Abs(got-y) > 1e-12 {
			t.Fatalf("got %v, want %v", got, y)
		}
	}
}

// decay knows that the state u of one channel changes by −Change·u/2, and gives
// the velocity v = (√ᾱ_k x + u/2)/√(1−ᾱ_k), whose factors are linear in the
// level where there are two.
type decay struct{ levels diffusion }

func (decay) Init(models.Spec, *graph.Params, *rand.Rand) error { return nil }

func (m decay) Apply(g *graph.Graph, in models.Input) *graph.Node {
	factor := func(of func(signal, noise float64) float64) *graph.Node {
		low, high := of(m.levels.shares(0)), of(m.levels.shares(1))
		return g.Affine(in.Cond, []float64{high - low}, []float64{low - 1})
	}
	zero := g.Affine(in.Cond, []float64{0}, []float64{0})
	u := g.Modulate(g.Select(in.State, 1, 2), factor(func(_, noise float64) float64 { return 0.5 / noise }), zero)
	x := g.Modulate(g.Select(in.State, 0, 1), factor(func(signal, noise float64) float64 { return signal / noise }), zero)
	return g.Sum(u, x)
}

// refines returns a refiner of two levels for a channel on 8 points, and the
// model for which it has no loss.
func refines(t *testing.T, workers int) (*Refiner, models.Model, graph.Machine) {
	t.Helper()
	r := &Refiner{Refinements: 1, Variance: 1e-3, Change: 0.3, Noise: 1}
	layout := data.Layout{
		Grid: physics.Grid{Points: []int{8}, Extent: []float64{1}}, Stepped: true,
		In: []data.Channel{{Std: 2}}, Out: []data.Channel{{Std: 2}},
	}
	_, err := r.Init(Task{Layout: layout, Balance: &Fixed{}, Losses: Losses{{"mse", &physics.MSE{Weighted: physics.Weighted{Weight: 1}}}}, Seed: 7})
	check(t, err)
	pool := kernel.NewPool(workers)
	t.Cleanup(pool.Close)
	return r, decay{r.levels}, graph.Machine{Precision: graph.F64, Pool: pool}
}

// randomStarts are three states.
func randomStarts() []rollout.Start {
	rng := rand.New(rand.NewPCG(3, 4))
	from := make([]rollout.Start, 3)
	for i := range from {
		for range 8 {
			from[i].State = append(from[i].State, rng.NormFloat64())
		}
	}
	return from
}

// TestPerfectRefiner trains and forecasts with a model that is right at both
// levels: the loss is zero, and all passes of all steps together give the decay.
func TestPerfectRefiner(t *testing.T) {
	r, m, on := refines(t, 1)
	b := data.Batch{Size: 3, Frames: make([][]float64, 2)}
	for _, s := range randomStarts() {
		for _, u := range s.State {
			b.Frames[0], b.Frames[1] = append(b.Frames[0], u), append(b.Frames[1], u-0.3*u/2)
		}
	}
	seen := map[float64]bool{}
	for seed := range uint64(10) {
		f, err := r.Draw(b, rand.New(rand.NewPCG(seed, 0)))
		check(t, err)
		for _, k := range f["cond"].Data {
			seen[k] = true
		}
		p, err := graph.Compile(on, f, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node { return r.Loss(g, m, in) })
		check(t, err)
		check(t, p.Run(f))
		if loss := p.Scalar(); !(loss < 1e-24) {
			t.Errorf("loss %v", loss)
		}
	}
	if !seen[0] || !seen[1] || len(seen) != 2 {
		t.Errorf("levels %v were drawn, want 0 and 1", seen)
	}
	p, err := r.Predictor(m, on)
	check(t, err)
	all, err := p.(rollout.BatchPredictor).PredictBatch(randomStarts(), 4)
	check(t, err)
	for i, s := range randomStarts() {
		for n, frame := range all[i] {
			for j, u := range frame {
				if want := s.State[j] * math.Pow(0.85, float64(n+1)); math.Abs(u-want) > 1e-12 {
					t.Fatalf("sample %d, frame %d: %v, want %v", i, n, u, want)
				}
			}
		}
	}
}

// TestRefinerTermsByHand: a model that sees no velocity has an error of v itself,
// of which each level has its share.
func TestRefinerTermsByHand(t *testing.T) {
	r, _, on := refines(t, 1)
	r.Emphasis = 1
	b := data.Batch{Size: 3, Frames: make([][]float64, 2)}
	for _, s := range randomStarts() {
		for _, u := range s.State {
			b.Frames[0], b.Frames[1] = append(b.Frames[0], u), append(b.Frames[1], 2*u)
		}
	}
	f, err := r.Draw(b, rand.New(rand.NewPCG(1, 0)))
	check(t, err)
	want := map[string]float64{}
	for i, k := range f["cond"].Data {
		for j := i * 8; j < (i+1)*8; j++ {
			v := f["v"].Data[j]
			want[r.Terms()[int(k)]] += v * v / 24
			if y := b.Frames[0][j] / 0.3; k == 1 && (f["state"].Data[2*j] != 0 || math.Abs(v+y) > 1e-12) {
				t.Errorf("the last level has x = %v and v = %v, want 0 and %v", f["state"].Data[2*j], v, -y)
			}
		}
	}
	p, err := graph.Compile(on, f, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node { return r.Loss(g, vague{}, in) })
	check(t, err)
	check(t, p.Run(f))
	names, terms := p.Reports()
	sum := 0.0
	for i, name := range names {
		weight := []float64{1, 1 / math.Sqrt(1e-3)}[i] // of the noise, beside that of level 0
		if sum += weight * terms[i]; math.Abs(terms[i]-want[name]) > 1e-12 || want[name] == 0 {
			t.Errorf("%s is %v, want %v", name, terms[i], want[name])
		}
	}
	if len(names) != 2 || math.Abs(p.Scalar()-sum) > 1e-12 {
		t.Errorf("the loss is %v, its terms %v %v", p.Scalar(), names, terms)
	}
}

// TestRefinerKeepsTheMass: a constraint holds of the forecast states, though
// what is trained are changes.
func TestRefinerKeepsTheMass(t *testing.T) {
	drift := func(model string) float64 { return massDrift(t, 0, 50, "method=refiner", "model="+model) }
	if d := drift("{kind: conserving, model: {kind: fno, modes: [4], width: 4, blocks: 1}}"); !(d < 1e-12) {
		t.Errorf("the mass drifts by %g", d)
	}
	if d := drift("{kind: fno, modes: [4], width: 4, blocks: 1}"); !(d > 1e-3) {
		t.Errorf("without the constraint the mass drifts by %g", d)
	}
}

// vague is a model that sees no velocity, so that noise reaches the forecast.
type vague struct{ models.Model }

func (vague) Apply(g *graph.Graph, in models.Input) *graph.Node {
	return g.Affine(g.Select(in.State, 0, 1), []float64{0}, []float64{0})
}

// TestNoiseOfForecasts: noise is the same in each run, with any number of
// workers, and for a shorter forecast; another one for each sample and each draw.
func TestNoiseOfForecasts(t *testing.T) {
	forecast := func(workers, n int) [][][]float64 {
		r, _, on := refines(t, workers)
		p, err := r.Predictor(vague{}, on)
		check(t, err)
		all, err := p.(rollout.BatchPredictor).PredictBatch(randomStarts(), n)
		check(t, err)
		return all
	}
	want := forecast(1, 3)
	for i, states := range forecast(2, 2) {
		for n, u := range states {
			if !slices.Equal(u, want[i][n]) {
				t.Errorf("sample %d, frame %d: another forecast", i, n)
			}
		}
	}
	r, _, on := refines(t, 1)
	p, err := r.Predictor(vague{}, on)
	check(t, err)
	draws, err := p.(rollout.Stochastic).Draws(randomStarts()[0], 2, 3)
	check(t, err)
	alone, err := p.Predict(randomStarts()[0], 3)
	check(t, err)
	if !slices.Equal(draws[0][2], alone[2]) {
		t.Error("the first draw is not the forecast")
	}
	if slices.Equal(draws[0][2], draws[1][2]) {
		t.Error("two draws are equal")
	}
	r.Noise = 0
	quiet, err := p.(rollout.BatchPredictor).PredictBatch(slices.Repeat(randomStarts()[:1], 2), 3)
	check(t, err)
	if slices.Equal(quiet[0][2], alone[2]) || !slices.Equal(quiet[0][2], quiet[1][2]) {
		t.Error("a forecast without noise has some")
	}
	again, err := p.(rollout.Stochastic).Draws(randomStarts()[0], 2, 3)
	check(t, err)
	if !slices.Equal(again[1][2], draws[1][2]) {
		t.Error("the noise of the forecast changes that of draws")
	}
}

// TestRefinerFeeds has two points of two channels and a field, and one parameter.
func TestRefinerFeeds(t *testing.T) {
	r := &Refiner{}
	r.task.Layout = data.Layout{
		Grid: physics.Grid{Points: []int{2}}, Out: make([]data.Channel, 2), Parameters: make([]data.Channel, 1), Fields: make([]data.Channel, 1),
	}
	b := data.Batch{Size: 1, Frames: [][]float64{{1, 2, 3, 4}}, Parameters: []float64{0.5}, Fields: []float64{-1, -2}}
	f := r.feeds(b, []float64{5, 6, 7, 8}, []int{3})
	if want := []float64{-1, 5, 6, 1, 2, -2, 7, 8, 3, 4}; !slices.Equal(f["state"].Data, want) || !slices.Equal(f["state"].Shape, []int{1, 2, 5}) {
		t.Errorf("state %v, want %v", f["state"], want)
	}
	if want := []float64{3, 0.5}; !slices.Equal(f["cond"].Data, want) || !slices.Equal(f["cond"].Shape, []int{1, 2}) {
		t.Errorf("conditions %v, want %v", f["cond"], want)
	}
}

// TestRefinerIsJudged trains tiny for a few steps and asks whether it knows when
// it fails.
func TestRefinerIsJudged(t *testing.T) {
	s, err := experiment(t, "method=refiner", "rollout.samples=3", "rollout.metrics=[{kind: failure_time, members: 3}]").Open()
	check(t, err)
	defer s.Close()
	takeSteps(t, s, 4)
	j, err := s.Judge(t.Context(), 5, Outcome{})
	check(t, err)
	if d := j.Surrogate.Doubts; len(d) != 3 || len(d[0]) != 5 || !(d[0][4].Agreement < 1) {
		t.Errorf("draws differ by %v", d)
	}
	found := 0
	for _, row := range j.Rows {
		if strings.HasPrefix(row.Metric, "failure_time/") && row.Model == s.Model.Kind {
			found++
		}
	}
	if found == 0 {
		t.Errorf("no failure times among %v", j.Rows)
	}
}
