package npy

import (
	"fmt"
	"math"
)

// Summary is what the values of a channel are like.
type Summary struct {
	Low, High, Mean, Std float64
	Bad                  int // values that are not finite, and that the others leave out
}

// Summarise reads an array of an .npz file, or that of an .npy file, where the
// name is empty, and summarises each channel, which is the last axis. With one
// channel it is all values.
func Summarise(path, name string, channels int) ([]Summary, error) {
	a, err := Open(path, name)
	if err != nil {
		return nil, err
	}
	if last := len(a.Shape) - 1; channels > 1 && (last < 0 || a.Shape[last] != channels) {
		return nil, fmt.Errorf("%s has the shape %v, want a last axis of %d", a.Name, a.Shape, channels)
	}
	return a.summarise(channels)
}

func (a *Array) summarise(channels int) ([]Summary, error) {
	const chunk = 1 << 16
	total := 1
	for _, n := range a.Shape {
		total *= n
	}
	all := make([]running, channels)
	values := make([]float64, min(chunk, total))
	for i := 0; i < total; i += chunk {
		part := values[:min(chunk, total-i)]
		if err := a.Read(part, i); err != nil {
			return nil, err
		}
		for k, v := range part {
			all[(i+k)%channels].add(v)
		}
	}
	summaries := make([]Summary, channels)
	for c, r := range all {
		summaries[c] = r.Summary
		summaries[c].Std = math.Sqrt(r.m2 / max(1, r.count))
	}
	return summaries, nil
}

// running is the summary of the values so far.
//
// Ref: Welford, Technometrics 4 (1962) 419: mean and Σ (u − mean)².
type running struct {
	Summary
	count, m2 float64
}

func (r *running) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		r.Bad++
		return
	}
	if r.count == 0 {
		r.Low, r.High = v, v
	}
	r.count++
	d := v - r.Mean
	r.Mean += d / r.count
	r.m2 += d * (v - r.Mean)
	r.Low, r.High = min(r.Low, v), max(r.High, v)
}
