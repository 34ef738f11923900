package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// asEddy in the environment makes the test binary the program itself, so that
// tests see exit codes and both outputs.
const asEddy = "EDDY_TEST_AS_EDDY"

func TestMain(m *testing.M) {
	if os.Getenv(asEddy) != "" {
		main()
	}
	os.Exit(m.Run())
}

// tiny is an experiment of 6 steps with checkpoints after 4 and 6.
const tiny = `name: tiny
seed: 3
problem:
  equation: {kind: ks_conservative}
  grid: {points: [16], extent: [22.0]}
  dt: 0.25
  solver: {kind: etdrk}
  initial: {kind: fourier, cutoff: 3}
source: {kind: online, buffer: 40, reuse: 2, length: 20}
model: {kind: fno, modes: [4], width: 4, blocks: 1}
train: {steps: 6, batch: 4, checkpoint: 4}
rollout: {steps: 5, samples: 2}
`

// result is what a command printed and how it ended.
type result struct {
	out, err string
	code     int
}

// eddy runs a command in a folder.
func eddy(t *testing.T, dir string, args ...string) result {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), self, args...)
	c.Dir, c.Stdout, c.Stderr, c.Env = dir, &out, &errs, append(os.Environ(), asEddy+"=1")
	err = c.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return result{out.String(), errs.String(), c.ProcessState.ExitCode()}
}

// demand fails unless a command ended with a code, and printed some parts
// anywhere.
func (r result) demand(t *testing.T, code int, parts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.err)
	}
	for _, part := range parts {
		if !strings.Contains(r.out+r.err, part) {
			t.Errorf("want …%s…, got\n%s%s", part, r.out, r.err)
		}
	}
}

// folder is a new folder that holds tiny.yaml.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "tiny.yaml"), tiny)
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestVersion(t *testing.T) {
	r := eddy(t, ".", "version")
	r.demand(t, 0, "eddy ", runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH, "kernels")
	if strings.Count(r.out, "\n") != 1 || r.err != "" {
		t.Errorf("want one line, got\n%s%s", r.out, r.err)
	}
}

// TestMistakes lists commands that cannot be, all of which end with the code of
// a mistake and say what it is.
func TestMistakes(t *testing.T) {
	dir := folder(t)
	write(t, filepath.Join(dir, "typo.yaml"), strings.Replace(tiny, "width", "widht", 1))
	write(t, filepath.Join(dir, "twice.yaml"), strings.Replace(tiny, "steps: 6", "steps: 6.5", 1))
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"trian"}, []string{`unknown command "trian"`, `did you mean "train"?`}},
		{[]string{"data", "inf"}, []string{`unknown command "inf"`, `did you mean "info"?`}},
		{[]string{"version", "x"}, []string{`"x"`}},
		{[]string{"train"}, []string{"requires at least 1 arg"}},
		{[]string{"train", "tiny.yaml", "--wide"}, []string{"unknown flag: --wide"}},
		{[]string{"train", "tiny.yml"}, []string{"tiny.yml: no such file", "did you mean tiny.yaml?"}},
		{[]string{"train", "."}, []string{"is a directory"}},
		{[]string{"train", "typo.yaml"}, []string{"typo.yaml:10:32: model.widht: unknown key `widht`, did you mean `width`?", "^"}},
		{[]string{"train", "twice.yaml"}, []string{"twice.yaml:11:16: train.steps: ", "want an integer"}},
		{[]string{"train", "tiny.yaml", "model.widht=8"}, []string{"command line: model.widht=8: model.widht: unknown key"}},
		{[]string{"train", "tiny.yaml", "train.steps=0"}, []string{"steps = 0, want a value in [1,"}},
		{[]string{"rollout"}, []string{"requires at least 1 arg"}},
		{[]string{"rollout", "x", "--steps", "many"}, []string{"invalid argument"}},
		{[]string{"data", "info", "tiny.yaml"}, []string{"tiny.yaml: want a folder, or a file that ends in .npy or .npz"}},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			eddy(t, dir, test.args...).demand(t, exitUsage, test.want...)
		})
	}
	t.Run("kernel", func(t *testing.T) {
		t.Setenv("EDDY_KERNEL", "fast")
		eddy(t, dir, "version").demand(t, exitUsage, "EDDY_KERNEL")
	})
}

// TestHelp: commands that only hold others show them.
func TestHelp(t *testing.T) {
	eddy(t, ".").demand(t, 0, "train", "rollout", "data", "version")
	eddy(t, ".", "data").demand(t, 0, "gen", "info", "verify")
	eddy(t, ".", "help", "train").demand(t, 0, "--resume", "--dry-run", "--print-config")
}
