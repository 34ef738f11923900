package main

import (
	"errors"
	"runtime"
	"sync"

	"eddy/physics"
)

// ensemble computes trajectories with a stepper for each processor.
type ensemble []physics.BatchStepper

func newEnsemble(p physics.Problem) (ensemble, error) {
	e := make(ensemble, runtime.GOMAXPROCS(0))
	for i := range e {
		s, err := p.Solver.Value.Stepper(p)
		if err != nil {
			return nil, err
		}
		e[i] = physics.Batch(s)
	}
	return e, nil
}

// trajectories returns the frames [B][T][N…] that follow the states [B][N…].
func (e ensemble) trajectories(states [][]float64, frames int) ([][][]float64, error) {
	all, errs := make([][][]float64, len(states)), make([]error, len(states))
	width := e[0].Width()
	blocks := make(chan int)
	var wait sync.WaitGroup
	for _, s := range e {
		wait.Go(func() {
			for first := range blocks {
				last := min(first+width, len(states))
				follow(s, all[first:last], states[first:last], frames, errs[first:last])
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
func follow(s physics.BatchStepper, all [][][]float64, states [][]float64, frames int, errs []error) {
	next, now := make([][]float64, len(states)), make([][]float64, len(states))
	copy(now, states)
	for range frames {
		for i, u := range states {
			if next[i] = nil; errs[i] == nil {
				next[i] = make([]float64, len(u))
			}
		}
		s.StepAll(next, now, errs)
		for i, u := range next {
			if errs[i] == nil {
				all[i], now[i] = append(all[i], u), u
			}
		}
	}
}
