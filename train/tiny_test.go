package train

import (
	"os"
	"path/filepath"
	"testing"

	"eddy/configs"
	_ "eddy/models"
)

// tiny is an experiment of 9 steps with checkpoints after 4, 8 and 9.
const tiny = `
name: tiny
seed: 3
problem:
  equation: {kind: ks_conservative}
  grid: {points: [16], extent: [22.0]}
  dt: 0.25
  solver: {kind: etdrk}
  initial: {kind: fourier, cutoff: 3}
  symmetries: [translation]
source: {kind: online, buffer: 40, reuse: 2, length: 20}
model: {kind: fno, modes: [4], width: 4, blocks: 1}
train: {steps: 9, batch: 4, checkpoint: 4}
rollout: {steps: 5, samples: 2}
`

// experiment returns tiny with some settings changed.
func experiment(t *testing.T, settings ...string) *Experiment {
	t.Helper()
	e := Default()
	path := filepath.Join(t.TempDir(), "tiny.yaml")
	check(t, os.WriteFile(path, []byte(tiny), 0o644))
	check(t, configs.Load(path, e, settings...))
	return e
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
