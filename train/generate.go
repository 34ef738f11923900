package train

import (
	"context"
	"os"
	"path/filepath"

	"eddy/configs"
	"eddy/data"
)

// Generate writes the test trajectories to dir: frames.npy [S, T, N…, C] in
// double precision, parameters.npy [S, P] where the problem draws any, and the
// configuration that made them.
func (s *Session) Generate(ctx context.Context, dir string) (path string, shape []int, err error) {
	trials, err := s.Source.Value.Trials(ctx, s.request(), data.Test, s.Rollout.Samples, s.Rollout.Steps)
	if err != nil {
		return "", nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", nil, err
	}
	text, err := configs.Marshal(s.Experiment)
	if err != nil {
		return "", nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), text, 0o644); err != nil {
		return "", nil, err
	}
	path = filepath.Join(dir, "frames.npy")
	shape = append([]int{len(trials), len(trials[0].Frames)}, shapeOf(1, s.Layout, len(s.Layout.Out))[1:]...)
	var frames, parameters [][]float64
	for _, t := range trials {
		frames, parameters = append(frames, t.Frames...), append(parameters, t.Parameters)
	}
	if p := len(s.Layout.Parameters); p > 0 {
		if err := writeArray(filepath.Join(dir, "parameters.npy"), []int{len(trials), p}, parameters); err != nil {
			return "", nil, err
		}
	}
	return path, shape, writeArray(path, shape, frames)
}

// writeArray writes an array that consists of parts, one after the other.
func writeArray(path string, shape []int, parts [][]float64) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w, err := data.NewNPYWriter(f, 64, shape...)
	if err != nil {
		return err
	}
	for _, u := range parts {
		if err := w.Write(u); err != nil {
			return err
		}
	}
	return w.Close()
}
