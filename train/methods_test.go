package train

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data"
	"eddy/models/graph"
	"eddy/rollout"
)

// open readies tiny in double precision, with some settings changed.
func open(t *testing.T, settings ...string) *Session {
	t.Helper()
	e := experiment(t, append([]string{"precision=f64", "problem.symmetries=[]"}, settings...)...)
	s, err := e.Open()
	check(t, err)
	t.Cleanup(s.Close)
	return s
}

// batchOf draws the first batch of a session.
func batchOf(t *testing.T, s *Session) data.Batch {
	t.Helper()
	stream, err := s.Source.Value.Open(t.Context(), s.request())
	check(t, err)
	t.Cleanup(func() { stream.Close() })
	b, err := stream.Next(1)
	check(t, err)
	return b
}

// trainingOf compiles the loss of a session, and computes it and its gradients.
func trainingOf(t *testing.T, s *Session, f graph.Feeds) *graph.Program {
	t.Helper()
	p, err := graph.Compile(s.On, f, s.Params.List, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return s.Method.Value.Loss(g, s.model, in)
	})
	check(t, err)
	check(t, p.Run(f))
	return p
}

// starts are the samples of a batch as starts of forecasts from frame past on.
func starts(b data.Batch, past int) []rollout.Start {
	all := make([]rollout.Start, b.Size)
	for i := range all {
		for t := range past {
			all[i].Past = append(all[i].Past, part(b, t, i))
		}
		all[i].State = part(b, past, i)
		p := len(b.Parameters) / b.Size
		all[i].Parameters = b.Parameters[i*p : (i+1)*p]
		f := len(b.Fields) / b.Size
		all[i].Fields = b.Fields[i*f : (i+1)*f]
	}
	return all
}

// part is frame t of sample i.
func part(b data.Batch, t, i int) []float64 {
	n := len(b.Frames[t]) / b.Size
	return b.Frames[t][i*n : (i+1)*n]
}

// meanSquare is that of the differences of frames.
func meanSquare(a, b [][]float64) float64 {
	sum, n := 0.0, 0
	for t := range a {
		for i := range a[t] {
			sum += (a[t][i] - b[t][i]) * (a[t][i] - b[t][i])
			n++
		}
	}
	return sum / float64(n)
}

// drawn is tiny with a viscosity of its own for each trajectory.
var drawn = []string{
	"problem.equation.kind=burgers", "problem.equation.viscosity=0.1", "problem.grid.extent=[1.0]", "problem.dt=0.05",
	`problem.parameters=[{name: equation.viscosity, law: {kind: log_uniform, low: 0.01, high: 1.0}}]`,
	"model={kind: conditioned, model: {kind: fno, modes: [4], width: 4, blocks: 1}}",
}

// TestLossIsOfTheForecasts compares the loss of each way of going on with the
// mean square error of the forecasts that the predictor makes: the two halves of
// a method say the same.
func TestLossIsOfTheForecasts(t *testing.T) {
	for _, settings := range [][]string{
		{"method.unroll=1"},
		{"method.unroll=3"},
		{"method.unroll=2", "method.history=3"},
		{"method.unroll=2", "method.bundle=3"},
		{"method.unroll=2", "method.history=2", "method.bundle=3"},
		append(slices.Clone(drawn), "method.unroll=2", "method.history=2"),
	} {
		t.Run(settings[len(settings)-1], func(t *testing.T) {
			lossIsOfTheForecasts(t, open(t, append(settings, "method.kind=supervised")...))
		})
	}
}

func lossIsOfTheForecasts(t *testing.T, s *Session) {
	t.Helper()
	b := batchOf(t, s)
	f, err := s.Method.Value.Draw(b, nil)
	check(t, err)
	got := trainingOf(t, s, f).Scalar()
	past := s.past()
	p, err := s.Method.Value.Predictor(s.model, s.On)
	check(t, err)
	forecasts, err := p.(rollout.BatchPredictor).PredictBatch(starts(b, past), len(b.Frames)-1-past)
	check(t, err)
	want := 0.0
	for i := range b.Size {
		var truth [][]float64
		for k := past + 1; k < len(b.Frames); k++ {
			truth = append(truth, part(b, k, i))
		}
		want += meanSquare(forecasts[i], truth) / float64(b.Size)
	}
	if math.Abs(got-want) > 1e-12*want {
		t.Errorf("loss %.15g, mean square error of the forecasts %.15g", got, want)
	}
}

// TestFieldsThatStay trains on files whose trajectories have fields of their own:
// the model is given them at every step, and a forecast depends on them.
func TestFieldsThatStay(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"train", "test"} {
		check(t, os.Mkdir(filepath.Join(dir, name), 0o755))
		writeFrames(t, filepath.Join(dir, name, "frames.npy"), []int{6, 9, 16}, float64(i+1))
		writeFrames(t, filepath.Join(dir, name, "masks.npy"), []int{6, 16, 2}, 0.1)
	}
	const file = `
name: tiny
precision: f64
problem: {grid: {points: [16], extent: [1.0]}, dt: 0.1}
source: {kind: file, train: DIR/train/frames.npy, test: DIR/test/frames.npy, fields: masks.npy}
model: {kind: residual, model: {kind: fno, modes: [3], width: 4, blocks: 1}}
train: {batch: 4}
rollout: {steps: 5, samples: 2}
`
	with := func(settings ...string) (*Session, error) {
		e := Default()
		check(t, configs.Parse("tiny", []byte(strings.ReplaceAll(file, "DIR", dir)), e, settings...))
		s, err := e.Open()
		if err == nil {
			t.Cleanup(s.Close)
		}
		return s, err
	}
	for _, settings := range [][]string{nil, {"method={kind: supervised, history: 2, unroll: 2}"}, {"method={kind: pushforward, history: 2}"}} {
		s, err := with(settings...)
		check(t, err)
		if s.Method.Kind == "supervised" {
			lossIsOfTheForecasts(t, s)
		}
		takeSteps(t, s, 2)
		_, err = s.Judge(t.Context(), 5, Outcome{})
		check(t, err)
		p, err := s.Method.Value.Predictor(s.model, s.On)
		check(t, err)
		from := starts(batchOf(t, s), s.past())[0]
		one, err := p.Predict(from, 2)
		check(t, err)
		from.Fields = make([]float64, len(from.Fields))
		other, err := p.Predict(from, 2)
		check(t, err)
		if len(from.Fields) != 32 || slices.Equal(one[0], other[0]) {
			t.Errorf("%v: the forecast does not depend on the fields", settings)
		}
	}
	for _, settings := range []string{"method={kind: spacetime, frames: 8}", "problem.symmetries=[translation]", "source.fields=frames.npy"} {
		if _, err := with(settings); err == nil {
			t.Errorf("%s: accepted", settings)
		} else {
			t.Log(err)
		}
	}
}

// TestGradientsOfMethods compares the gradient of the loss of each method, for
// the numbers that it drew, with differences of fourth order along a random
// direction. Where the numbers are forecasts of the model, the loss takes them
// for constants.
func TestGradientsOfMethods(t *testing.T) {
	const h, tolerance = 1e-4, 1e-6
	for _, kind := range configs.Kinds[Method]() {
		t.Run(kind, func(t *testing.T) {
			s := open(t, append([]string{"method.kind=" + kind}, overrides[kind]...)...)
			f, err := s.Method.Value.Draw(batchOf(t, s), random(5, forDraws, 2))
			check(t, err)
			p := trainingOf(t, s, f)
			rng := random(1, forDraws, 1)
			slope, along := 0.0, make([][]float64, len(s.Params.List))
			for i, q := range s.Params.List {
				for _, d := range p.Grads[i].Values() {
					along[i] = append(along[i], (2*rng.Float64()-1)*norm(q.Value.F64))
					slope += along[i][len(along[i])-1] * d
				}
			}
			difference := 0.0
			for _, point := range []struct{ at, weight float64 }{{-2, 1. / 12}, {-1, -8. / 12}, {1, 8. / 12}, {2, -1. / 12}} {
				move := func(by float64) {
					for i, q := range s.Params.List {
						for j := range q.Value.F64 {
							q.Value.F64[j] += by * along[i][j]
						}
					}
				}
				move(point.at * h)
				check(t, p.Run(f))
				difference += point.weight / h * p.Scalar()
				move(-point.at * h)
			}
			if math.Abs(difference-slope) > tolerance*math.Abs(slope) {
				t.Errorf("gradient %.10g, difference %.10g", slope, difference)
			}
		})
	}
}

func norm(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// TestPushforwardStartsFromForecasts draws many times: the input of each is a
// forecast of n steps from the first frame, its target frame n + 1, and every n
// occurs.
func TestPushforwardStartsFromForecasts(t *testing.T) {
	for _, settings := range [][]string{{"method.steps=2"}, {"method.steps=2", "method.history=3", "method.bundle=2"}} {
		s := open(t, append([]string{"method.kind=pushforward"}, settings...)...)
		m := s.Method.Value.(*Pushforward)
		b := batchOf(t, s)
		forecast, err := m.forecast.follow(data.Batch{Size: b.Size, Frames: b.Frames[:m.History]}, m.Steps*m.Bundle)
		check(t, err)
		own := append(slices.Clone(b.Frames[:m.History]), forecast...)
		seen := map[int]int{}
		for i := range 30 {
			f, err := m.Draw(b, random(1, forDraws, i))
			check(t, err)
			n := slices.IndexFunc(b.Frames, func(u []float64) bool { return slices.Equal(u, f[frame(m.History)].Data) }) - m.History
			seen[n/m.Bundle]++
			for k := range m.History {
				if !slices.Equal(f[frame(k)].Data, own[n+k]) {
					t.Fatalf("after %d forecast frames: input %d is not the forecast", n, k)
				}
			}
			for k := range m.Bundle {
				if !slices.Equal(f[frame(m.History+k)].Data, b.Frames[n+m.History+k]) {
					t.Fatalf("after %d forecast frames: target %d is not the true frame", n, k)
				}
			}
			if len(f) != m.History+m.Bundle {
				t.Fatalf("%d inputs", len(f))
			}
		}
		if len(seen) != 3 || min(seen[0], seen[1], seen[2]) < 3 { // of 30, binomial with mean 10
			t.Errorf("steps drawn: %v", seen)
		}
	}
}

// TestDivertedChainFollowsTheModel wants the solver's step from each state of
// the model, for the sample's own parameters.
func TestDivertedChainFollowsTheModel(t *testing.T) {
	for name, settings := range map[string][]string{"one equation": nil, "parameters": drawn} {
		t.Run(name, func(t *testing.T) {
			s := open(t, append(slices.Clone(settings), "method.kind=diverted_chain", "method.unroll=3")...)
			b := batchOf(t, s)
			f, err := s.Method.Value.Draw(b, nil)
			check(t, err)
			p, err := s.Method.Value.Predictor(s.model, s.On)
			check(t, err)
			from := starts(b, 0)
			for i, start := range from {
				problem, err := s.Problem.With(start.Parameters)
				check(t, err)
				solver, err := problem.Solver.Value.Stepper(problem)
				check(t, err)
				states, err := p.Predict(start, 2)
				check(t, err)
				for k, u := range append([][]float64{start.State}, states...) {
					want := make([]float64, len(u))
					check(t, solver.Step(want, u))
					got := f[frame(k+1)].Data[i*len(u) : (i+1)*len(u)]
					for j := range want {
						if math.Abs(got[j]-want[j]) > 1e-12 {
							t.Fatalf("sample %d, step %d: the target is %v, want %v", i, k, got[j], want[j])
						}
					}
				}
			}
			if len(settings) == 0 && len(f) != 4 {
				t.Errorf("%d inputs, want u₀ and three states of the solver", len(f))
			}
		})
	}
}

// TestDivertedChainOfOneStep is supervised training: the solver's step from a
// true state is the next true state.
func TestDivertedChainOfOneStep(t *testing.T) {
	a, b := open(t, "method.kind=diverted_chain", "method.unroll=1"), open(t)
	batch := batchOf(t, b)
	want, err := b.Method.Value.Draw(batch, nil)
	check(t, err)
	got, err := a.Method.Value.Draw(data.Batch{Size: batch.Size, Frames: batch.Frames[:1]}, nil)
	check(t, err)
	if w, g := trainingOf(t, b, want).Scalar(), trainingOf(t, a, got).Scalar(); w != g {
		t.Errorf("loss %v, supervised %v", g, w)
	}
}

// TestNoise wants noise of the given level on what the model sees, and on
// nothing else.
func TestNoise(t *testing.T) {
	const level = 0.1
	s := open(t, "method.kind=noisy", "method.level=0.1", "method.method={kind: supervised, history: 2, unroll: 2}", "train.batch=40")
	b := batchOf(t, s)
	before := slices.Clone(b.Frames[0])
	f, err := s.Method.Value.Draw(b, random(1, forDraws, 1))
	check(t, err)
	if !slices.Equal(before, b.Frames[0]) {
		t.Error("the batch itself has changed")
	}
	var all []float64
	for k := range b.Frames {
		got := f[frame(k)].Data
		if k >= 2 && !slices.Equal(got, b.Frames[k]) {
			t.Errorf("the target %d is not the true frame", k)
		}
		for i := range got {
			if k < 2 {
				all = append(all, (got[i]-b.Frames[k][i])/s.Layout.In[0].Std)
			}
		}
	}
	// 1280 numbers: their deviation is within 4 of its own, 1/√2560, almost surely.
	if got := norm(all) / math.Sqrt(float64(len(all))); math.Abs(got/level-1) > 4/math.Sqrt(2*float64(len(all))) {
		t.Errorf("noise of %d numbers has the deviation %v, want %v", len(all), got, level)
	}
}

// TestSamplesDoNotMixInMethods changes one sample of a batch: what is drawn for
// the others stays what it was.
func TestSamplesDoNotMixInMethods(t *testing.T) {
	for _, kind := range configs.Kinds[Method]() {
		s := open(t, append([]string{"method.kind=" + kind}, overrides[kind]...)...)
		b := batchOf(t, s)
		draw := func() graph.Feeds {
			f, err := s.Method.Value.Draw(b, random(1, forDraws, 1))
			check(t, err)
			for name, v := range f {
				v.Data = slices.Clone(v.Data)
				f[name] = v
			}
			return f
		}
		before := draw()
		for k := range b.Frames {
			for i := range part(b, k, 1) {
				part(b, k, 1)[i] += 0.1
			}
		}
		changed := make([]bool, b.Size)
		for name, after := range draw() {
			for i := range b.Size {
				n := len(after.Data) / max(b.Size, after.Shape[0]) // there may be more than those of the batch, behind them
				changed[i] = changed[i] || !slices.Equal(after.Data[i*n:(i+1)*n], before[name].Data[i*n:(i+1)*n])
			}
		}
		for i, c := range changed {
			if c != (i == 1) {
				t.Errorf("%s: sample %d has changed: %v, want %v", kind, i, c, i == 1)
			}
		}
	}
}

// TestPastOfStarts: a model with a history is judged from its first forecast
// frame on, and baselines start where it does.
func TestPastOfStarts(t *testing.T) {
	s := open(t, "method={kind: supervised, history: 4}", "rollout.samples=3", "rollout.steps=6")
	trials, err := s.Source.Value.Trials(t.Context(), s.request(), data.Test, 3, 9)
	check(t, err)
	y := s.truth(trials)
	for i, start := range y.Starts {
		if len(start.Past) != 3 || len(y.Frames[i]) != 6 {
			t.Fatalf("%d states before the start, %d frames after it", len(start.Past), len(y.Frames[i]))
		}
		if !slices.Equal(start.State, trials[i].Frames[3]) || !slices.Equal(y.Frames[i][0], trials[i].Frames[4]) || !slices.Equal(start.Past[0], trials[i].Frames[0]) {
			t.Errorf("sample %d starts elsewhere", i)
		}
	}
	j, err := s.Judge(t.Context(), 6, Outcome{})
	check(t, err)
	if j.Truth.Steps() != 6 {
		t.Errorf("judged on %d frames, want 6", j.Truth.Steps())
	}
	p, err := s.Method.Value.Predictor(s.model, s.On)
	check(t, err)
	if _, err := p.Predict(rollout.Start{State: y.Starts[0].State}, 1); err == nil || !strings.Contains(err.Error(), "want 3 and 0") {
		t.Errorf("without a past: %v", err)
	}
}

// TestSolverBaselinesKnowTheParameters: where trajectories have a viscosity each,
// solvers on coarser grids are given it, too, and come close.
func TestSolverBaselinesKnowTheParameters(t *testing.T) {
	s := open(t, append(slices.Clone(drawn), "problem.grid.points=[64]", "rollout.samples=4", "rollout.steps=5")...)
	trials, err := s.Source.Value.Trials(t.Context(), s.request(), data.Test, 4, 5)
	check(t, err)
	all, err := s.solvers(t.Context(), s.truth(trials), []rollout.Metric{&rollout.RelL2{}})
	check(t, err)
	if len(all) == 0 {
		t.Fatal("no baselines")
	}
	best := math.Inf(1)
	for _, c := range all {
		best = min(best, c.Error())
	}
	if best > 1e-2 {
		t.Errorf("the best of %d solvers is off by %v", len(all), best)
	}
}

// TestMethodsWithParameters trains with every method on a problem that draws
// parameters, and forecasts: the parameters reach the model both times.
func TestMethodsWithParameters(t *testing.T) {
	for _, kind := range configs.Kinds[Method]() {
		if kind == "pinn" {
			continue // learns one solution, see TestPointsRefuses of package data
		}
		t.Run(kind, func(t *testing.T) {
			s := open(t, slices.Concat(drawn, []string{"method.kind=" + kind}, overrides[kind])...)
			takeSteps(t, s, 2)
			trials, err := s.Source.Value.Trials(t.Context(), s.request(), data.Test, 1, s.past()+1)
			check(t, err)
			from := s.truth(trials).Starts[0]
			p, err := s.Method.Value.Predictor(s.model, s.On)
			check(t, err)
			one, err := p.Predict(from, 1)
			check(t, err)
			from.Parameters = []float64{from.Parameters[0] + 0.5}
			other, err := p.Predict(from, 1)
			check(t, err)
			if slices.Equal(one[0], other[0]) {
				t.Error("the forecast does not depend on the parameter")
			}
		})
	}
}

// TestConditionsOfModels opens a problem that draws parameters: a network that
// takes no conditions is refused, and told who can help.
func TestConditionsOfModels(t *testing.T) {
	for model, want := range map[string]string{
		"{kind: conditioned, model: {kind: fno, modes: [4], width: 4, blocks: 1}}": "",
		"{kind: blind, model: {kind: fno, modes: [4], width: 4, blocks: 1}}":       "",
		"{kind: blind, model: {kind: fno, modes: [99]}}":                           "model.model.modes",
		"{kind: conditioned}": "model.model: missing",
	} {
		settings := slices.Concat(drawn[:5], []string{"model=" + model})
		e := Default()
		err := configs.Parse("tiny", []byte(tiny), e, settings...)
		if err == nil {
			var s *Session
			if s, err = e.Open(); err == nil {
				takeSteps(t, s, 2)
				s.Close()
			}
		}
		if got := fmt.Sprint(err); (want == "") != (err == nil) || !strings.Contains(got, want) && want != "" {
			t.Errorf("%s: got %v, want an error about %q", model, err, want)
		}
	}
}
