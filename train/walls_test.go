package train

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"eddy/configs"
)

// between is an experiment with what happens between walls.
const between = `
name: walls
seed: 3
problem: %s
source: {kind: online, buffer: 40, reuse: 2, length: 12}
model: {kind: fno, modes: [4], width: 4, blocks: 1, padding: 4}
train: {steps: 4, batch: 4, checkpoint: 4}
rollout: {steps: 5, samples: 2}
`

// Problems between walls are trained on and judged as periodic ones are.
func TestWallsFromYAML(t *testing.T) {
	for name, problem := range map[string]string{
		"heat": `
  equation: {kind: diffusion, diffusivity: 0.01}
  grid: {points: [17], extent: [1.0], boundary: walls}
  ends: [{low: {kind: dirichlet, value: [1.0]}, high: {kind: neumann}}]
  dt: 0.1
  solver: {kind: method_of_lines, order: 4}
  initial: {kind: grf}`,
		"Burgers": `
  equation: {kind: burgers, viscosity: 0.02}
  grid: {points: [65], extent: [2.0], boundary: walls}
  ends: [{low: {kind: dirichlet}, high: {kind: dirichlet}}]
  dt: 0.05
  solver: {kind: method_of_lines, substeps: 20}
  initial: {kind: diffused_noise, diffusion: 0.01}`,
		"diffusion and sorption": `
  equation: {kind: diffusion_sorption}
  grid: {points: [33], extent: [1.0], boundary: walls}
  ends: [{low: {kind: dirichlet, value: [1.0]}, high: {kind: robin, slope: [5.0e-4]}}]
  dt: 5.0
  solver: {kind: method_of_lines, substeps: 10}
  initial: {kind: constant, value_high: [0.2]}`,
		"reaction and diffusion": `
  equation: {kind: fisher_kpp, diffusivity: 0.5, reactivity: 1.0}
  grid: {points: [32], extent: [1.0], boundary: cells}
  ends: [{low: {kind: wall}, high: {kind: wall}}]
  dt: 0.01
  solver: {kind: method_of_lines, integrator: {kind: rk4}, substeps: 10}
  initial: {kind: constant, value: [0.1], value_high: [0.9]}`,
		"reaction and diffusion of two": `
  equation: {kind: fitzhugh_nagumo}
  grid: {points: [17, 17], extent: [2.0, 2.0], boundary: walls}
  ends: [{low: {kind: neumann}, high: {kind: neumann}}, {low: {kind: neumann}, high: {kind: neumann}}]
  dt: 0.05
  solver: {kind: method_of_lines}
  initial: {kind: grf}`,
	} {
		t.Run(name, func(t *testing.T) {
			e := Default()
			path := filepath.Join(t.TempDir(), "walls.yaml")
			check(t, os.WriteFile(path, fmt.Appendf(nil, between, problem), 0o644))
			check(t, configs.Load(path, e))
			s, err := e.Open()
			check(t, err)
			defer s.Close()
			takeSteps(t, s, 4)
			j, err := s.Judge(t.Context(), 5, Outcome{})
			check(t, err)
			if len(j.Rows) == 0 {
				t.Error("nothing was judged")
			}
		})
	}
}
