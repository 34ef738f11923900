package data

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// split returns the trajectories to learn from and those held back, in the
// order of the file.
func (f *File) split(d *dataset, seed uint64) (learn, hold []int) {
	held := 0
	if f.Validation > 0 {
		held = max(1, int(math.Round(f.Validation*float64(d.count))))
	}
	held = min(held, d.count-1)
	order := rand.New(rand.NewPCG(seed, firstValidation)).Perm(d.count)
	learn, hold = order[held:], order[:held]
	slices.Sort(learn)
	slices.Sort(hold)
	return learn, hold
}

// Trials returns trajectories from their beginning, in the order of the file:
// the first n, or all where n = 0 or the file has fewer.
func (f *File) Trials(ctx context.Context, r Request, s Split, n, frames int) ([]Trajectory, error) {
	d, err := f.training(r)
	if err != nil {
		return nil, err
	}
	_, indices := f.split(d, r.Seed)
	if s == Test {
		if f.Test == "" {
			return nil, errors.New("file: test is not given")
		}
		if d, err = f.open(f.Test, r); err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
		indices = make([]int, d.count)
		for i := range indices {
			indices[i] = i
		}
	}
	switch {
	case n < 0:
		return nil, fmt.Errorf("file: %d trials, want 0 or more", n)
	case frames < 0 || frames >= d.frames:
		return nil, fmt.Errorf("file: trials of %d frames after the first, but %s has %d", frames, d.parts[0].Name, d.frames-1)
	case n > 0 && n < len(indices):
		indices = indices[:n]
	}
	trials := make([]Trajectory, len(indices))
	for i := range trials {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if trials[i], err = d.trajectory(indices[i], frames+1); err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
	}
	return trials, nil
}
