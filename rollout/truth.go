package rollout

import (
	"fmt"
	"math"
	"slices"

	"eddy/physics"
)

// Truth is what forecasts are judged against: S trajectories of T frames,
// after what they start from.
type Truth struct {
	Grid     physics.Grid
	Channels []string      // [C] names of the fields
	Dt       float64       // between frames, in time units
	Maker    string        // the solver or the file that the frames are from
	Starts   []Start       // [S]
	Frames   [][][]float64 // [S][T][N…·C]; frame t is at time (t+1)·Dt

	Problems   []physics.Problem     // [S] that the trajectories are solutions of; nil where none is known
	Invariants [][]physics.Invariant // [S] what the equation of each trajectory conserves; nil where none is known
}

// Samples is the number of trajectories, S.
func (y Truth) Samples() int { return len(y.Frames) }

// Steps is the number of frames in a trajectory, T.
func (y Truth) Steps() int {
	if len(y.Frames) == 0 {
		return 0
	}
	return len(y.Frames[0])
}

// Time is when frame t is, in time units. The first frame is one Dt after the
// initial state.
func (y Truth) Time(t int) float64 { return float64(t+1) * y.Dt }

// Times lists when the frames are, [T].
func (y Truth) Times() []float64 {
	times := make([]float64, y.Steps())
	for t := range times {
		times[t] = y.Time(t)
	}
	return times
}

// Largest is the largest |u| of the truth. A multiple of it is a good bound
// for forecasts.
func (y Truth) Largest() float64 {
	var largest float64
	for _, trajectory := range y.Frames {
		for _, u := range trajectory {
			for _, v := range u {
				largest = max(largest, math.Abs(v))
			}
		}
	}
	return largest
}

// Check reports a truth of the wrong shape or with values that are not finite.
func (y Truth) Check() error {
	if err := y.Grid.Check(); err != nil {
		return fmt.Errorf("truth: %w", err)
	}
	if !(y.Dt > 0) || math.IsInf(y.Dt, 1) {
		return fmt.Errorf("truth: dt = %v, want a positive number", y.Dt)
	}
	if len(y.Starts) != len(y.Frames) {
		return fmt.Errorf("truth: %d starts for %d trajectories", len(y.Starts), len(y.Frames))
	}
	size := y.Grid.Size() * len(y.Channels)
	for s, trajectory := range y.Frames {
		for _, u := range slices.Concat(y.Starts[s].Past, [][]float64{y.Starts[s].State}) {
			if err := checkState(u, size, math.Inf(1)); err != nil {
				return fmt.Errorf("truth: sample %d: initial state: %w", s, err)
			}
		}
		if len(trajectory) != y.Steps() {
			return fmt.Errorf("truth: sample %d: %d frames, want the %d of sample 0", s, len(trajectory), y.Steps())
		}
		for t, u := range trajectory {
			if err := checkState(u, size, math.Inf(1)); err != nil {
				return fmt.Errorf("truth: sample %d: frame %d: %w", s, t, err)
			}
		}
	}
	return nil
}

// checkState reports a state of another length, or with a value that is not
// finite or is beyond the bound.
func checkState(u []float64, size int, bound float64) error {
	if len(u) != size {
		return fmt.Errorf("%d values, want %d", len(u), size)
	}
	for i, v := range u {
		if !(math.Abs(v) <= bound) || math.IsInf(v, 0) {
			return fmt.Errorf("value %d is %v", i, v)
		}
	}
	return nil
}
