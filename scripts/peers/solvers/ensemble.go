package main

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"eddy/physics"
)

// ensemble computes trajectories with a stepper for each processor.
type ensemble struct {
	steppers []physics.BatchStepper
	frames   [][][]float64 // [B][T][N…], the memory of the last trajectories
}

func newEnsemble(p physics.Problem) (*ensemble, error) {
	e := &ensemble{steppers: make([]physics.BatchStepper, runtime.GOMAXPROCS(0))}
	for i := range e.steppers {
		s, err := p.Solver.Value.Stepper(p)
		if err != nil {
			return nil, err
		}
		e.steppers[i] = physics.Batch(s)
	}
	return e, nil
}

// room returns memory for the frames of as many trajectories as there are
// states.
func (e *ensemble) room(states [][]float64, frames int) [][][]float64 {
	if len(e.frames) != len(states) || len(e.frames[0]) != frames {
		e.frames = make([][][]float64, len(states))
		for i, u := range states {
			e.frames[i] = make([][]float64, frames)
			for t := range frames {
				e.frames[i][t] = make([]float64, len(u))
			}
		}
	}
	return e.frames
}

// trajectories returns the frames [B][T][N…] that follow the states [B][N…],
// valid until it is called again.
func (e *ensemble) trajectories(states [][]float64, frames int) ([][][]float64, error) {
	all, errs := e.room(states, frames), make([]error, len(states))
	width := e.steppers[0].Width()
	blocks := make(chan int)
	var wait sync.WaitGroup
	for _, s := range e.steppers {
		wait.Go(func() {
			for first := range blocks {
				last := min(first+width, len(states))
				follow(s, all[first:last], states[first:last], errs[first:last])
			}
		})
	}
	for first := 0; first < len(states); first += width {
		blocks <- first
	}
	close(blocks)
	wait.Wait()
	return all, errors.Join(errs...)
}

// follow computes the trajectories of the states that a stepper takes at once.
// One that fails ends there.
func follow(s physics.BatchStepper, all [][][]float64, states [][]float64, errs []error) {
	next, now := make([][]float64, len(states)), slices.Clone(states)
	for t := range all[0] {
		for i := range states {
			if next[i] = nil; errs[i] == nil {
				next[i] = all[i][t]
			}
		}
		s.StepAll(next, now, errs)
		copy(now, next)
	}
}
