package train

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
)

// overrides are what a method needs changed in tiny.
var overrides = map[string][]string{
	"operator":    {"rollout.steps=1"},
	"spacetime":   {"method.frames=8"},
	"supervised":  {"method.unroll=2", "method.history=2", "method.bundle=3"},
	"pushforward": {"method.steps=2", "method.history=2", "method.bundle=2"},
	"noisy":       {"method.method.kind=pushforward", "method.method.history=2"},
	"unlabelled":  {"method.states=3", "method.method={kind: supervised, unroll: 2}", "loss=[mse, {kind: residual, weight: 0.1}]"},
	"pinn": {
		"problem.equation=burgers", "problem.symmetries=[]", "source=points", "model={kind: coordinates, width: 4, layers: 2}",
		"train.batch=1", "method.points={residual: 64, initial: 8}", "method.sampler=rad", "method.refresh=3",
	},
}

// TestResumeIsIdentical stops a training, resumes it with another number of
// workers, and wants the bits of one that was left alone: for each method, and
// for each optimizer with and without the running mean of the parameters.
func TestResumeIsIdentical(t *testing.T) {
	cases := map[string][]string{}
	for _, kind := range configs.Kinds[Method]() {
		cases[kind] = append([]string{"method.kind=" + kind, "train.ema=0.9"}, overrides[kind]...)
	}
	for _, kind := range configs.Kinds[Optimizer]() {
		cases[kind] = []string{"optimizer.kind=" + kind, "train.ema=0"}
		cases[kind+" averaged"] = []string{"optimizer.kind=" + kind, "train.ema=0.9"}
	}
	for steps := 4; steps <= 6; steps++ {
		cases[fmt.Sprintf("search after %d steps", steps)] = []string{fmt.Sprintf("optimizer={kind: sequence, steps: %d, then: {kind: lbfgs, memory: 2, refresh: 3}}", steps)}
	}
	for _, kind := range configs.Kinds[Balance]() {
		cases["balance "+kind] = append([]string{"balance.kind=" + kind, "train.ema=0.9"}, twoTerms...)
	}
	cases["balance softadapt"] = append(cases["balance softadapt"], "balance.every=2")
	cases["balance gradient_norm"] = append(cases["balance gradient_norm"], "balance.every=3")
	cases["balance and search"] = append([]string{"balance=relobralo", "optimizer={kind: sequence, steps: 5, then: {kind: lbfgs, memory: 2}}"}, twoTerms...)
	cases["balance of a PINN"] = append(slices.Clone(overrides["pinn"]), "method.kind=pinn", "balance={kind: gradient_norm, every: 2}")
	cases["parameters"] = append([]string{"train.ema=0.9"}, drawn...)
	cases["residual"] = []string{"train.ema=0.9", "model={kind: residual, model: {kind: fno, modes: [4], width: 4, blocks: 1}}"}
	cases["weights of points"] = append(slices.Clone(overrides["pinn"]), "method.kind=pinn", "method.refresh=0", "method.weighting=self_adaptive",
		"optimizer={kind: sequence, steps: 5, then: {kind: lbfgs, memory: 2}}")
	cases["unknown numbers"] = append(slices.Clone(overrides["pinn"]), "method.kind=pinn", "source={kind: points, observations: 20, length: 2}",
		"rollout.steps=2", "method.unknown=[equation.viscosity]", "train.ema=0.9")
	cases["operator at points"] = []string{"method={kind: operator, queries: 5}", "model={kind: deeponet, basis: 4, width: 4}", "rollout.steps=1", "train.ema=0.9"}
	cases["laws alone"] = []string{"loss=[{kind: residual, time: {kind: bdf, order: 2}}]", "method.kind=pushforward", "source.length=1"}
	cases["ensemble"] = []string{"source={kind: ensemble, trajectories: 3, length: 5}"}
	cases["double precision"] = []string{"precision=f64", "train.ema=0.9"}
	for name, settings := range cases {
		t.Run(name, func(t *testing.T) {
			want := t.TempDir()
			attempt(t, want, false, nil, 1, settings)
			for _, stop := range []int{4, 6} {
				dir := t.TempDir()
				attempt(t, dir, false, stopAfter(stop), 2, settings)
				attempt(t, dir, true, stopAfter(stop+2), 4, settings)
				attempt(t, dir, true, nil, 3, settings)
				identical(t, want, dir)
			}
		})
	}
}

// TestResumeAfterDeath wants the bits of an undisturbed run, too, where a
// training died without a word, between two checkpoints and before the first.
func TestResumeAfterDeath(t *testing.T) {
	want := t.TempDir()
	attempt(t, want, false, nil, 1, nil)
	for _, step := range []int{1, 6, 9} {
		dir := t.TempDir()
		attempt(t, dir, false, dieAfter(step), 2, nil)
		attempt(t, dir, true, nil, 1, nil)
		identical(t, want, dir)
	}
}

// attempt trains tiny in dir, to the end or until interrupt, where given, ends
// it.
func attempt(t *testing.T, dir string, resume bool, interrupt func(Step, context.CancelFunc), workers int, settings []string) {
	t.Helper()
	e := experiment(t, settings...)
	e.Workers = workers
	s, err := e.Open()
	check(t, err)
	defer s.Close()
	open := Create
	if resume {
		open = Resume
	}
	r, err := open(dir, e)
	check(t, err)
	defer r.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if interrupt == nil {
		_, err := r.Train(ctx, s)
		check(t, err)
		return
	}
	defer func() {
		if cause := recover(); cause != nil && cause != errDeath {
			panic(cause)
		}
	}()
	r.OnStep = func(step Step) { interrupt(step, stop) }
	if _, err := r.Train(ctx, s); !errors.Is(err, ErrStopped) {
		t.Fatalf("got %v, want %v", err, ErrStopped)
	}
}

// stopAfter asks the training to stop during a step.
func stopAfter(n int) func(Step, context.CancelFunc) {
	return func(step Step, stop context.CancelFunc) {
		if step.Number == n {
			stop()
		}
	}
}

var errDeath = errors.New("dead")

// dieAfter ends the training without a checkpoint.
func dieAfter(n int) func(Step, context.CancelFunc) {
	return func(step Step, _ context.CancelFunc) {
		if step.Number == n {
			panic(errDeath)
		}
	}
}

// identical compares what two runs left: the log, and the weights of the last
// and of the best checkpoint.
func identical(t *testing.T, want, got string) {
	t.Helper()
	for _, name := range []string{"metrics.csv", "checkpoints/last/weights.safetensors", "checkpoints/best/weights.safetensors"} {
		a, err := os.ReadFile(filepath.Join(want, name))
		b, other := os.ReadFile(filepath.Join(got, name))
		if errors.Is(err, fs.ErrNotExist) && errors.Is(other, fs.ErrNotExist) && strings.Contains(name, "best") {
			continue // nothing is held back to choose it by
		}
		check(t, errors.Join(err, other))
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs from that of the undisturbed run", name)
		}
	}
}
