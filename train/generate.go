package train

import (
	"context"
	"os"
	"path/filepath"

	"eddy/configs"
	"eddy/data"
)

// Generate writes the test trajectories to dir: frames.npy [S, T, N…, C] in
// double precision, and the configuration that made them.
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
	return path, shape, writeTrajectories(path, shape, trials)
}

func writeTrajectories(path string, shape []int, trials []data.Trajectory) (err error) {
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
	for _, t := range trials {
		for _, u := range t.Frames {
			if err := w.Write(u); err != nil {
				return err
			}
		}
	}
	return w.Close()
}
