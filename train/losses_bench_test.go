package train

import (
	"os"
	"path/filepath"
	"testing"

	"eddy/configs"
)

// BenchmarkLosses takes training steps of an FNO on the Navier–Stokes equation,
// with other terms beside the mean square.
func BenchmarkLosses(b *testing.B) {
	for _, loss := range []string{"[mse]", "[mse, sobolev]", "[mse, residual]", "[mse, {kind: residual, order: -1}]", "[mse, {kind: residual, time: defect}]"} {
		b.Run(loss, func(b *testing.B) {
			s := opened(b, "problem={equation: navier_stokes, grid: {points: [64, 64], extent: [1, 1]}, dt: 0.1, solver: etdrk, initial: {kind: fourier, cutoff: 3}}",
				"source={kind: online, length: 2, buffer: 16, threshold: 0.5}", "model={kind: fno, modes: [12], width: 32, blocks: 4}", "train.batch=8", "rollout={steps: 1, samples: 1}", "loss="+loss)
			stream, err := s.Source.Value.Open(b.Context(), s.request())
			if err != nil {
				b.Fatal(err)
			}
			batch, err := stream.Next(1)
			if err != nil {
				b.Fatal(err)
			}
			feeds, err := s.Method.Value.Draw(batch, nil)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := stream.Close(); err != nil {
				b.Fatal(err)
			}
			t := &Trainer{Session: s}
			if err := t.compile(feeds); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := t.program.Run(feeds); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// opened is tiny with some settings changed, made ready.
func opened(b *testing.B, settings ...string) *Session {
	b.Helper()
	e := Default()
	path := filepath.Join(b.TempDir(), "tiny.yaml")
	if err := os.WriteFile(path, []byte(tiny), 0o644); err != nil {
		b.Fatal(err)
	}
	if err := configs.Load(path, e, settings...); err != nil {
		b.Fatal(err)
	}
	s, err := e.Open()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	return s
}
