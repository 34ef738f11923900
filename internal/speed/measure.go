package speed

import (
	"slices"
	"time"

	"eddy/models/graph"
)

// Timing is how long one kind of step of a workload takes.
type Timing struct {
	Workload string
	Kind     string // train or infer
	Workers  int
	Median   time.Duration
	Min      time.Duration
	FLOP     float64
	Bytes    int // of the training graph
}

// Rate is the median rate, in FLOP per second.
func (t Timing) Rate() float64 { return t.FLOP / t.Median.Seconds() }

// The timing of a step: at least minRounds of them, and for about budget.
const (
	minRounds = 5
	maxRounds = 2000
	budget    = 1500 * time.Millisecond
)

// Measure times training and inference of a workload.
func Measure(w Workload, on graph.Machine) ([]Timing, error) {
	j, err := w.Open(on)
	if err != nil {
		return nil, err
	}
	var all []Timing
	for _, k := range []struct {
		name string
		flop float64
		step func() error
	}{{"train", w.FLOP.Train, j.Train}, {"infer", w.FLOP.Infer, j.Infer}} {
		median, fastest, err := repeat(k.step)
		if err != nil {
			return nil, err
		}
		all = append(all, Timing{
			Workload: w.Name, Kind: k.name, Workers: on.Pool.Workers(),
			Median: median, Min: fastest, FLOP: k.flop, Bytes: j.Bytes,
		})
	}
	return all, nil
}

// repeat times a step after two that warm up.
func repeat(step func() error) (median, fastest time.Duration, err error) {
	for range 2 {
		if err := step(); err != nil {
			return 0, 0, err
		}
	}
	var times []time.Duration
	for start := time.Now(); len(times) < minRounds || len(times) < maxRounds && time.Since(start) < budget; {
		before := time.Now()
		if err := step(); err != nil {
			return 0, 0, err
		}
		times = append(times, time.Since(before))
	}
	slices.Sort(times)
	return times[len(times)/2], times[0], nil
}
