package train

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"eddy/data"
	"eddy/data/npy"
	"eddy/internal/bundle"
	"eddy/physics"
	"eddy/rollout"
)

// Dataset is what [Experiment.Generate] wrote.
type Dataset struct {
	Header
	dir string
}

// OpenDataset reads the header of a data set, and checks that its arrays are
// those that it was written with.
func OpenDataset(dir string) (*Dataset, error) {
	text, err := os.ReadFile(filepath.Join(dir, headerName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no data set: there is no %s", dir, headerName)
	} else if err != nil {
		return nil, err
	}
	d := &Dataset{dir: dir}
	if err := json.Unmarshal(text, &d.Header); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", dir, headerName, err)
	}
	if d.Format != headerFormat {
		return nil, fmt.Errorf("%s: %s has the format %d, this program reads %d", dir, headerName, d.Format, headerFormat)
	}
	if len(d.Arrays) == 0 {
		return nil, fmt.Errorf("%s: %s names no arrays", dir, headerName)
	}
	for _, a := range d.Arrays {
		if err := d.verify(a); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// verify compares the file of an array with its hash.
func (d *Dataset) verify(a Array) error {
	if a.File != filepath.Base(a.File) || len(a.Axes) == 0 {
		return fmt.Errorf("%s: %s names %q, which is no array of the data set", d.dir, headerName, a.File)
	}
	f, err := os.Open(d.path(a))
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != a.SHA256 {
		return fmt.Errorf("%s is not what was written: its SHA-256 is not that of %s", d.path(a), headerName)
	}
	return nil
}

func (d *Dataset) path(a Array) string { return filepath.Join(d.dir, a.File) }

// Summaries summarises each channel of an array.
func (d *Dataset) Summaries(a Array) ([]npy.Summary, error) {
	return npy.Summarise(d.path(a), a.Name, a.Channels())
}

// Draw writes a picture of the first trajectories or pairs into the data set,
// and returns its path; "" where there is nothing to draw.
func (d *Dataset) Draw(ctx context.Context) (string, error) {
	y, inputs, err := d.first(ctx)
	if err != nil {
		return "", err
	}
	var picture []byte
	switch {
	case len(inputs) == 0 && y.Steps() > 0:
		picture, err = rollout.TrajectoryGallery(y)
	case len(inputs) > 0 && y.Grid.Dims() > 1:
		picture, err = rollout.PairGallery(y, inputs)
	default:
		return "", nil
	}
	if err != nil {
		return "", err
	}
	path := filepath.Join(d.dir, "gallery.png")
	return path, bundle.WriteFile(path, picture)
}

// first reads as many trajectories as a picture shows. For pairs, inputs names
// the channels of what they start from.
func (d *Dataset) first(ctx context.Context) (y rollout.Truth, inputs []string, err error) {
	const shown = 5
	var problem struct {
		Grid physics.Grid
		Dt   float64
	}
	if err := json.Unmarshal(d.Problem, &problem); err != nil {
		return y, nil, fmt.Errorf("%s: %s: problem: %w", d.dir, headerName, err)
	}
	last := d.Arrays[len(d.Arrays)-1] // frames, or the solutions of pairs
	if len(last.Axes) < 3 || last.Name != "" && len(d.Arrays) < 2 {
		return y, nil, fmt.Errorf("%s: %s names neither trajectories nor pairs", d.dir, headerName)
	}
	if err := problem.Grid.Check(); err != nil {
		return y, nil, fmt.Errorf("%s: %s: grid: %w", d.dir, headerName, err)
	}
	source := data.File{Train: d.path(last), Test: d.path(last)}
	frames := 1
	if last.Name != "" {
		given := d.Arrays[len(d.Arrays)-2]
		source.Input, source.Target = given.Name, last.Name
		inputs = given.Axes[len(given.Axes)-1].Labels
	} else {
		frames = last.Axes[1].Length - 1
	}
	r := data.Request{Problem: physics.Problem{Grid: problem.Grid, Dt: problem.Dt}, Window: min(2, frames+1), Batch: 1}
	trials, err := source.Trials(ctx, r, data.Test, shown, frames)
	if err != nil {
		return y, nil, err
	}
	y = rollout.Truth{Grid: problem.Grid, Channels: slices.Clone(last.Axes[len(last.Axes)-1].Labels), Dt: problem.Dt}
	for _, t := range trials {
		y.Starts = append(y.Starts, rollout.Start{State: t.Frames[0]})
		y.Frames = append(y.Frames, t.Frames[1:])
	}
	return y, inputs, nil
}
