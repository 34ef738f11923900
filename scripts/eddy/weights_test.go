package main

import (
	"path/filepath"
	"testing"
)

// TestWeights exports the weights of a run and imports them into another, which
// then has the same checkpoint and forecasts.
func TestWeights(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "train", "tiny.yaml", "--out", "a").demand(t, 0)
	eddy(t, dir, "weights", "export", "a", "--out", "a.safetensors").demand(t, 0, "a.safetensors: ", "parameters of fno")
	eddy(t, dir, "weights", "import", "tiny.yaml", "a.safetensors", "--out", "b").demand(t, 0)
	const file = "checkpoints/last/weights.safetensors"
	if read(t, filepath.Join(dir, "a", file)) != read(t, filepath.Join(dir, "b", file)) {
		t.Error("the weights have changed on the way")
	}
	eddy(t, dir, "rollout", "b", "--steps", "3").demand(t, 0, "fno")
	eddy(t, dir, "train", "tiny.yaml", "--out", "b", "--resume").demand(t, exitError, "weights that were imported")
	eddy(t, dir, "weights", "import", "tiny.yaml", "a.safetensors", "--out", "b").demand(t, exitError, "holds a run already")
	eddy(t, dir, "weights", "import", "tiny.yaml", "a.safetensors").demand(t, exitUsage, "--out is not given")
	eddy(t, dir, "weights", "import", "tiny.yaml", "a.safetensors", "model.width=8", "--out", "c").demand(t, exitError, "a.safetensors: tensor fc0.weight has the shape [4 2], want [8 2]")
	eddy(t, dir, "weights", "export", "c").demand(t, exitError, "holds no run")
}
