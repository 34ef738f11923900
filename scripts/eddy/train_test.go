package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/train"
)

// TestPrintConfig: what is printed is a configuration, which prints as itself.
func TestPrintConfig(t *testing.T) {
	dir := folder(t)
	paths, err := filepath.Glob("../../configs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(paths, filepath.Join(dir, "tiny.yaml")) {
		first := eddy(t, ".", "train", path, "--print-config", "seed=18446744073709551615")
		first.demand(t, 0, "seed: 18446744073709551615\n")
		again := filepath.Join(dir, "again.yaml")
		write(t, again, first.out)
		if second := eddy(t, ".", "train", again, "--print-config"); second != first {
			t.Errorf("%s: printed\n%s\nand, of that,\n%s%s", path, first.out, second.out, second.err)
		}
		if err := configs.Load(again, train.Default()); err != nil {
			t.Error(err)
		}
	}
}

// TestDryRun prints what a run would take, and leaves nothing behind.
func TestDryRun(t *testing.T) {
	dir := folder(t)
	r := eddy(t, dir, "train", "tiny.yaml", "train.steps=1000000", "--dry-run")
	// lift (1+1)·4+4, spectral 2·4·4·4, skip 4·4+4, projection 4·128+128 and
	// 128+1.
	r.demand(t, 0, "parameters      929\n", " operations, ", " MB\n", " ms\n", "estimated total ")
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("left %v, %v", files, err)
	}
}

// TestTrain goes through the life of a run: trained, refused a second time,
// resumed, judged again.
func TestTrain(t *testing.T) {
	dir := folder(t)
	run := filepath.Join(dir, "runs", "tiny", "001")
	eddy(t, dir, "train", "tiny.yaml").demand(t, 0, "| fno |", "| persistence |", "report.html")
	for _, name := range []string{
		"config.yaml", "env.json", "metrics.csv", "run.log", "results.csv", "table.md", "table.csv", "table.tex", "report.html",
		"figures/loss.png", "figures/spacetime.png", "checkpoints/last/weights.safetensors", "checkpoints/best/weights.safetensors",
	} {
		if info, err := os.Stat(filepath.Join(run, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := strings.Count(read(t, filepath.Join(run, "metrics.csv")), "\n"); n != 7 {
		t.Errorf("metrics.csv has %d lines, want a head and 6 steps", n)
	}

	before := read(t, filepath.Join(run, "metrics.csv"))
	eddy(t, dir, "train", "tiny.yaml", "--out", run).demand(t, exitError, "holds a run already", "--resume")
	eddy(t, dir, "train", "tiny.yaml", "model.width=8", "--out", run, "--resume").demand(t, exitError, "only workers and rollout may change")
	eddy(t, dir, "train", "tiny.yaml", "rollout.steps=7", "workers=1", "--resume").demand(t, 0, "| fno |")
	if read(t, filepath.Join(run, "metrics.csv")) != before {
		t.Error("resuming a run that had ended changed metrics.csv")
	}

	// Another run gets the next number, and the same bits.
	eddy(t, dir, "train", "tiny.yaml").demand(t, 0)
	next := filepath.Join(dir, "runs", "tiny", "002")
	for _, name := range []string{"metrics.csv", "checkpoints/last/weights.safetensors"} {
		if read(t, filepath.Join(next, name)) != read(t, filepath.Join(run, name)) {
			t.Errorf("%s of two equal runs differs", name)
		}
	}

	eddy(t, dir, "rollout", next, "--steps", "9").demand(t, 0, "| fno |", "up to t = 2.25") // 9 frames of 0.25
	for _, name := range []string{"health.csv", "figures/health_spectrum.png", "results.csv", "table.md", "report.html", "figures/spacetime.png"} {
		if info, err := os.Stat(filepath.Join(next, "rollout-9", name)); err != nil || info.Size() == 0 {
			t.Errorf("rollout-9/%s: %v", name, err)
		}
	}
	eddy(t, dir, "rollout", next).demand(t, 0, "rollout-5")
	eddy(t, dir, "rollout", next, "problem.grid.points=[24]", "--out", "finer").demand(t, 0, "finer/report.html")
	eddy(t, dir, "rollout", next, "--points", "24", "--samples", "3", "--out", "short").demand(t, 0, "| fno | 3 |", "24 points")
	eddy(t, dir, "rollout", next, "--members", "1").demand(t, exitUsage, "--members = 1, want 2 or more")
	eddy(t, dir, "rollout", next, "--members", "4").demand(t, exitError, "forecasts of the method supervised are not drawn")
	eddy(t, dir, "rollout", next, "problem.grid.pionts=[24]").demand(t, exitError, "did you mean `points`?")
	eddy(t, dir, "rollout", next, "model.width=8").demand(t, exitError, "tensor lift.weight has the shape")
	eddy(t, dir, "rollout", next, "--steps", "0").demand(t, exitUsage, "--steps = 0, want 1 or more")
}

// TestNoRun asks for runs that there are not.
func TestNoRun(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "rollout", "runs/x").demand(t, exitError, "holds no run")
	eddy(t, dir, "train", "tiny.yaml", "--resume").demand(t, exitError, "no run of tiny below runs")
	eddy(t, dir, "train", "tiny.yaml", "--out", "x", "--resume").demand(t, exitError, "holds no run")
	eddy(t, dir, "train", "tiny.yaml", "--out", "tiny.yaml").demand(t, exitError, "tiny.yaml")
	eddy(t, dir, "train", "tiny.yaml", "model.modes=[9]").demand(t, exitError, "model.modes: 9 along axis 0, but 16 points have only 8")
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("left %v, %v", files, err)
	}
}
