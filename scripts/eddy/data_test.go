package main

import (
	"path/filepath"
	"testing"
)

// TestData writes trajectories, looks at them, and trains on them.
func TestData(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "data", "gen", "tiny.yaml", "--out", "a").
		demand(t, 0, "float64, trajectory 2 × t 6 × x 16 × channel 1")
	eddy(t, dir, "data", "gen", "tiny.yaml", "seed=4", "rollout.samples=8", "--out", "b").demand(t, 0, "trajectory 8 × t 6")
	eddy(t, dir, "data", "gen", "tiny.yaml", "--out", "a").demand(t, exitError, "a: ", "is not empty")
	file := filepath.Join("a", "frames.npy")
	eddy(t, dir, "data", "info", file).demand(t, 0, file+": shape [2 6 16 1]", "0 not finite")
	eddy(t, dir, "data", "info", "a").demand(t, 0, "2 of seed 3", `{"kind":"ks_conservative"`, "standard deviation", "\nu0 ", "a/gallery.png")
	eddy(t, dir, "data", "info", ".").demand(t, exitError, "holds no data set")
	eddy(t, dir, "data", "info", "c.npy").demand(t, exitError, "c.npy")

	eddy(t, dir, "train", "tiny.yaml", "source={kind: file, train: b/frames.npy, test: a/frames.npy}", "--out", "run").demand(t, 0, "| fno |")
	eddy(t, dir, "train", "tiny.yaml", "source={kind: file, train: b/frames.npy, test: b/frames.npy}", "--out", "x").
		demand(t, exitError, "8 of the 8 test trajectories are in the training file, too")
	eddy(t, dir, "train", "tiny.yaml", "rollout.steps=6", "source={kind: file, train: b/frames.npy, test: a/frames.npy}", "--out", "x").
		demand(t, exitError, "rollout: steps = 6", "has 5")
}

// TestVerify prints the errors of trajectories, and of pairs that have no time.
func TestVerify(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "data", "verify", "tiny.yaml").demand(t, 0, "error at t = 0.25", "error at t = 1.25", "\ndt ", "\ndx ", "\nboth ")
	eddy(t, dir, "data", "verify", "tiny.yaml", "source={kind: file, train: a.npy}", "problem.initial=blobs",
		"problem.equation={kind: darcy}", "problem.solver=darcy", "problem.grid={points: [9], extent: [1.0], boundary: walls}",
		"problem.ends=[{low: dirichlet, high: dirichlet}]").demand(t, 0, "halved  error ", "\ndx ")
	eddy(t, dir, "data", "verify", "tiny.yaml", "rollout.steps=200", "problem.grid.points=[48]", "problem.grid.extent=[40.0]").demand(t, 0, "dt: within 10 % at t = 36, not after")
}
