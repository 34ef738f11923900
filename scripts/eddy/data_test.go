package main

import (
	"path/filepath"
	"testing"
)

// TestData writes trajectories, looks at them, and trains on them.
func TestData(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "data", "gen", "tiny.yaml", "--out", "a").demand(t, 0, "float64 [2 6 16 1]")
	eddy(t, dir, "data", "gen", "tiny.yaml", "seed=4", "rollout.samples=8", "--out", "b").demand(t, 0, "float64 [8 6 16 1]")
	file := filepath.Join("a", "frames.npy")
	eddy(t, dir, "data", "info", file).demand(t, 0, file+": shape [2 6 16 1]", "0 not finite")
	eddy(t, dir, "data", "info", "c.npy").demand(t, exitError, "c.npy")

	eddy(t, dir, "train", "tiny.yaml", "source={kind: file, train: b/frames.npy, test: a/frames.npy}", "--out", "run").demand(t, 0, "| fno |")
	eddy(t, dir, "train", "tiny.yaml", "source={kind: file, train: b/frames.npy, test: b/frames.npy}", "--out", "x").
		demand(t, exitError, "8 of the 8 test trajectories are in the training file, too")
	eddy(t, dir, "train", "tiny.yaml", "rollout.steps=6", "source={kind: file, train: b/frames.npy, test: a/frames.npy}", "--out", "x").
		demand(t, exitError, "rollout: steps = 6", "has 5")
}
