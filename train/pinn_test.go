package train

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/physics"
	"eddy/rollout"
)

// heat is a problem with a solution that every PINN learns in a second:
// u = exp(−ν π² t) sin πx between walls that are 0.
const heat = `
name: heat
seed: 2
precision: f64
problem:
  equation: {kind: diffusion, diffusivity: 0.1}
  grid: {points: [33], extent: [1.0], boundary: walls}
  ends: [{low: dirichlet, high: dirichlet}]
  dt: 0.1
  solver: {kind: method_of_lines, order: 4}
  initial: {kind: sine, waves: [0.5]}
source: {kind: points}
model: {kind: coordinates, layers: 2, width: 12}
method: {kind: pinn, points: {residual: 256, initial: 33, boundary: 16}, refresh: 0, weights: {initial: 10}}
optimizer: {kind: sequence, steps: 100, then: {kind: lbfgs, memory: 20}}
schedule: {kind: constant, rate: 5.0e-3}
train: {steps: 300, batch: 1, checkpoint: 300}
rollout: {steps: 10, samples: 1}
`

// observed is heat with a source of observations.
var observed = strings.Replace(heat, "{kind: points}", "{kind: points, observations: 300, length: 10, noise: 0.01}", 1)

// readied opens an experiment.
func readied(t *testing.T, text string, overrides ...string) *Session {
	t.Helper()
	e := Default()
	check(t, configs.Parse("test", []byte(text), e, overrides...))
	s, err := e.Open()
	check(t, err)
	t.Cleanup(s.Close)
	return s
}

// solve trains an experiment, and returns the error of its forecast and the
// last step.
func solve(t *testing.T, text string, overrides ...string) (float64, Step, *Session) {
	t.Helper()
	s := readied(t, text, overrides...)
	trainer, err := NewTrainer(t.Context(), s)
	check(t, err)
	var step Step
	for !trainer.Done() {
		step, err = trainer.Next()
		check(t, err)
	}
	j, err := s.Judge(context.Background(), s.Rollout.Steps, Outcome{})
	check(t, err)
	return rollout.Evaluate(j.Surrogate, []rollout.Metric{&rollout.RelL2{}})[0].Values[0], step, s
}

// TestPINNSolves trains with every sampler and weighting, and with all that the
// network may meet exactly.
func TestPINNSolves(t *testing.T) {
	cases := map[string][]string{
		"soft":    nil,
		"exact":   {"model.initial=true", "model.ends=true", "train.steps=150", "optimizer.steps=50"},
		"at ends": {"model.ends=true"},
		"siren":   {"model={kind: coordinates, layers: 2, width: 12, activation: sin, omega: 2.0}"},
		"single precision, points drawn anew": {"precision=f32", "method.refresh=1", "model.initial=true", "model.ends=true",
			"optimizer=adam", "schedule=warmup_cosine", "schedule.rate=1e-2"},
		"insulated": {"problem.ends=[{low: neumann, high: neumann}]", "problem.initial={kind: sine, waves: [0.5], phase: [1.5707963267948966]}"},
		"in and out": {"problem.ends=[{low: {kind: robin, state: [2.0], slope: [1.0], value: [2.0]}, high: dirichlet}]",
			"problem.initial={kind: sine, waves: [0.25], phase: [1.5707963267948966]}"},
	}
	for _, kind := range configs.Kinds[Sampler]() {
		cases[kind] = []string{"method.sampler=" + kind}
	}
	for _, kind := range configs.Kinds[Weighting]() {
		cases[kind] = []string{"method.weighting=" + kind}
	}
	cases["causal"] = append(cases["causal"], "model.initial=true", "model.ends=true", "optimizer=adam", "train.steps=1500", "schedule=warmup_cosine", "schedule.rate=1e-2")
	for name, settings := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, step, _ := solve(t, heat, settings...)
			if e > 0.01 {
				t.Errorf("relative L2 %.2g, want 0.01 at most; loss %.2g", e, step.Loss)
			}
			t.Logf("relative L2 %.2g, loss %.2g", e, step.Loss)
		})
	}
}

// TestPINNConfined: an equation without a meaning for negative states is one that
// a network can be trained on, since it begins and stays above.
func TestPINNConfined(t *testing.T) {
	s := readied(t, heat, "train.steps=20", "optimizer=adam",
		"problem.equation=diffusion_sorption", "problem.initial={kind: constant, value_high: [0.2]}", "problem.dt=5.0", "problem.solver.substeps=10",
		"problem.ends=[{low: {kind: dirichlet, value: [1.0]}, high: {kind: robin, slope: [5.0e-4]}}]")
	trainer, err := NewTrainer(t.Context(), s)
	check(t, err)
	for !trainer.Done() {
		_, err := trainer.Next() // refuses a loss that is no number
		check(t, err)
	}
	j, err := s.Judge(t.Context(), s.Rollout.Steps, Outcome{})
	check(t, err)
	for _, frame := range j.Surrogate.Forecast[0] {
		if low := slices.Min(frame); low < -1e-9 {
			t.Fatalf("a concentration of %g", low)
		}
	}
}

// TestPINNPeriodic carries a wave around a periodic box of two axes.
func TestPINNPeriodic(t *testing.T) {
	e, _, _ := solve(t, heat,
		"problem.equation={kind: advection, velocity: [1.0, 0.5]}", "problem.grid={points: [8, 8], extent: [1.0, 1.0]}", "problem.ends=[]", "problem.dt=0.05",
		"problem.solver={kind: etdrk}", "problem.initial={kind: sine, waves: [1.0, 0.0], phase: [0.0, 1.5707963267948966]}", "model.initial=true", "train.steps=900")
	if e > 0.01 {
		t.Errorf("relative L2 %.2g, want 0.01 at most", e)
	}
}

// TestPINNFinds starts with three times the diffusivity, and finds it from noisy
// observations alone.
func TestPINNFinds(t *testing.T) {
	_, step, s := solve(t, observed, "method.unknown=[equation.diffusivity]", "method.weights={initial: 0.0, boundary: 0.0}")
	if got := step.Terms[len(step.Terms)-1]; math.Abs(got-0.1) > 0.002 {
		t.Errorf("diffusivity %.4f, want 0.1", got)
	}
	j, err := s.Judge(t.Context(), 10, Outcome{})
	check(t, err)
	if !slices.ContainsFunc(j.Rows, func(r rollout.Row) bool {
		return r.Metric == "equation.diffusivity" && r.Model == "coordinates" && math.Abs(r.Value-0.1) < 0.002
	}) {
		t.Errorf("found %v, but the results do not say so", s.Found())
	}
}

// TestPINNGradients compares gradients of the loss, by weights of the network
// and of points and by unknown numbers, with differences.
func TestPINNGradients(t *testing.T) {
	const h = 1e-5 // differences are off by h² and by 1e-16/h
	for name, settings := range map[string][]string{
		"unknown":       {"method.unknown=[equation.diffusivity]"},
		"exact":         {"model.initial=true", "model.ends=true", "problem.equation={kind: fisher_kpp, diffusivity: 0.1}"},
		"self-adaptive": {"method.weighting=self_adaptive"},
		"siren":         {"model={kind: coordinates, layers: 2, width: 5, activation: sin, omega: 3.0}"},
		"waves":         {"model={kind: coordinates, layers: 2, width: 5, features: 4}"},
		"slopes":        {"problem.ends=[{low: {kind: robin, state: [2.0], slope: [1.0], value: [2.0]}, high: neumann}]"},
		"three axes": {"problem.grid={points: [4, 4, 4], extent: [1.0, 1.0, 1.0]}", "problem.ends=[]", "problem.solver={kind: etdrk}",
			"problem.initial={kind: sine, waves: [1.0, 1.0, 1.0]}", "model.initial=true", "method.unknown=[equation.diffusivity]"},
		"two channels": {"problem.equation={kind: burgers, viscosity: 0.1}", "problem.grid={points: [9, 9], extent: [1.0, 1.0], boundary: walls}",
			"problem.ends=[{low: dirichlet, high: dirichlet}, {low: dirichlet, high: dirichlet}]", "problem.initial={kind: sine, waves: [0.5, 0.5]}",
			"model.ends=true", "method.unknown=[equation.viscosity, equation.convection]"},
		"fourth order": {"problem.equation={kind: hyperdiffusion, hyper_diffusivity: 0.01}", "problem.ends=[]", "problem.grid={points: [16], extent: [2.0]}", "problem.solver={kind: etdrk}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := readied(t, observed, settings...)
			f, err := s.Method.Value.Draw(data.Batch{}, generator(1))
			check(t, err)
			p := trainingOf(t, s, f)
			var slopes [][]float64
			for _, g := range p.Grads {
				slopes = append(slopes, g.Values())
			}
			for i, q := range s.Params.List {
				x := q.Value.Values()
				at := func(j int, v float64) float64 {
					kept := x[j]
					x[j] = v
					q.Value.Put(x)
					check(t, p.Run(f))
					x[j] = kept
					q.Value.Put(x)
					return p.Scalar()
				}
				for _, j := range []int{0, len(x) / 2, len(x) - 1} {
					want := (at(j, x[j]+h) - at(j, x[j]-h)) / (2 * h)
					if math.Abs(slopes[i][j]-want) > 1e-7*(1+math.Abs(want)) {
						t.Errorf("%s, element %d: gradient %.10g, want %.10g", q.Name, j, slopes[i][j], want)
					}
				}
			}
		})
	}
}

// TestPINNRelations reads conditions as relations of value and slope.
func TestPINNRelations(t *testing.T) {
	p := &PINN{law: &law{channels: 2}, task: Task{}}
	p.task.Problem.Equation.Value = &physics.Burgers{}
	p.task.Layout.Grid.Points = []int{4, 4}
	for _, test := range []struct {
		condition   physics.Condition
		axis, c     int
		value, rest float64
		slope       float64
	}{
		{&physics.Dirichlet{Value: []float64{3}}, 0, 1, 1, -3, 0},
		{&physics.Neumann{Slope: []float64{1, 2}}, 1, 1, 0, -2, 1},
		{&physics.Outflow{}, 0, 0, 0, 0, 1},
		{&physics.Wall{}, 0, 0, 1, 0, 0},
		{&physics.Wall{}, 1, 0, 0, 0, 1},
		{&physics.Robin{State: []float64{4}, Slope: []float64{2}, Value: []float64{6}}, 0, 0, 1, -1.5, 0.5},
	} {
		value, slope, rest := p.relation(test.condition, test.axis, test.c)
		sign := math.Copysign(1, value+slope)
		if math.Abs(sign*value-test.value)+math.Abs(sign*slope-test.slope)+math.Abs(sign*rest-test.rest) > 1e-12 {
			t.Errorf("%T: %v u + %v u_n + %v = 0, want %v, %v, %v", test.condition, value, slope, rest, test.value, test.slope, test.rest)
		}
	}
}

// TestPINNRefuses lists what a PINN cannot learn, and what contradicts itself.
func TestPINNRefuses(t *testing.T) {
	for _, test := range []struct {
		text      string
		overrides []string
		want      string
	}{
		{heat, []string{"source={kind: online, buffer: 40, length: 20}"}, "window = 0"},
		{heat, []string{"method=supervised"}, "windows of 2 frames"},
		{heat, []string{"loss=[rel_l2]"}, "mean squares of its own"},
		{heat, []string{"method.weights={initial: 0.0}"}, "depends on the initial state"},
		{heat, []string{"method.weights={boundary: 0.0}"}, "depends on what holds at the ends"},
		{heat, []string{"method.weighting=self_adaptive", "method.refresh=5"}, "want refresh = 0"},
		{heat, []string{"method.weighting={kind: causal, parts: 7}"}, "want a multiple of the 7 parts"},
		{heat, []string{"method.unknown=[equation.diffusivity]"}, "nothing is observed"},
		{observed, []string{"method.unknown=[equation.diffusivty]"}, "equation.diffusivity"},
		{observed, []string{"rollout.steps=5", "method.unknown=[equation.diffusivity]"}, "larger rollout.steps"},
		{strings.Replace(observed, "diffusivity: 0.1", "diffusivity: 0.0", 1), []string{"method.unknown=[equation.diffusivity]"}, "begins with 0"},
	} {
		e := Default()
		check(t, configs.Parse("test", []byte(test.text), e, test.overrides...))
		s, err := e.Open()
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want …%s…", test.overrides, err, test.want)
		}
	}
	for _, kind := range configs.Kinds[models.Model]() {
		e := Default()
		if configs.Parse("test", []byte(heat), e, fmt.Sprintf("model={kind: %s}", kind)) != nil {
			e = Default() // a wrapper, of what would be right by itself
			check(t, configs.Parse("test", []byte(heat), e, fmt.Sprintf("model={kind: %s, model: coordinates}", kind)))
		}
		s, err := e.Open()
		if err == nil {
			s.Close()
		}
		if (err == nil) != (kind == "coordinates") {
			t.Errorf("%s: got %v", kind, err)
		}
	}
}
