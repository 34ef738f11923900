package solver

import (
	"fmt"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

func init() {
	configs.Register("zero_mean", func() physics.Solver { return &ZeroMean{} })
}

// ZeroMean takes the mean out of every channel of the frames that another
// solver computes. It is for equations in which the mean has no influence on
// the rest, as physics.KS, whose mean drifts away for ever; others are refused.
// APEBench's KS is KS with this solver.
type ZeroMean struct {
	Solver configs.Of[physics.Solver] `doc:"computes the frames"`
}

var _ physics.Coarsenable = (*ZeroMean)(nil)

// Stepper returns a solver of p that advances a state by p.Dt.
func (z *ZeroMean) Stepper(p physics.Problem) (physics.Stepper, error) {
	if z.Solver.Value == nil || p.Equation.Value == nil {
		return nil, fmt.Errorf("zero_mean: want an equation, and a solver of it")
	}
	if err := ignoresMean(p); err != nil {
		return nil, fmt.Errorf("zero_mean: %w", err)
	}
	inner, err := z.Solver.Value.Stepper(p)
	if err != nil {
		return nil, fmt.Errorf("zero_mean: %w", err)
	}
	return centered{physics.Batch(inner), p.Channels()}, nil
}

// centered is a stepper whose states have no mean.
type centered struct {
	physics.BatchStepper
	channels int
}

// Step advances u.
func (s centered) Step(dst, u []float64) error {
	err := s.BatchStepper.Step(dst, u)
	if err == nil {
		s.center(dst)
	}
	return err
}

// StepAll advances each state of u.
func (s centered) StepAll(dst, u [][]float64, errs []error) {
	s.BatchStepper.StepAll(dst, u, errs)
	for i, v := range dst {
		if v != nil && errs[i] == nil {
			s.center(v)
		}
	}
}

// center takes the mean out of every channel of u.
func (s centered) center(u []float64) {
	size := len(u) / s.channels
	for c := range s.channels {
		mean := 0.0
		for i := range size {
			mean += u[i*s.channels+c] / float64(size)
		}
		for i := range size {
			u[i*s.channels+c] -= mean
		}
	}
}

// ignoresMean refuses an equation where a product has a factor that contains
// the mean of a channel.
func ignoresMean(p physics.Problem) error {
	space, err := fourier.NewSeries(p.Grid)
	if err != nil {
		return err
	}
	e, ok := p.Equation.Value.(physics.Evolution)
	if !ok {
		return fmt.Errorf("%s has no time", p.Equation.Kind)
	}
	n, err := newNonlinear(space, p.Channels(), e.Nonlinear)
	if err != nil {
		return err
	}
	for _, f := range n.factors {
		for c := range p.Channels() {
			if on := f.kept.on(n.bases[c]); on != nil && on[0] != 0 {
				return fmt.Errorf("the mean has an influence on the solutions of %s", p.Equation.Kind)
			}
		}
	}
	return nil
}

// String names the solver and its step, for the tables that quote it.
func (z *ZeroMean) String() string { return fmt.Sprint(z.Solver.Value) }

// Coarse returns what is coarse of the solver inside.
func (z *ZeroMean) Coarse() []physics.Solver {
	inner, ok := z.Solver.Value.(physics.Coarsenable)
	if !ok {
		return []physics.Solver{z}
	}
	all := inner.Coarse()
	for i, solver := range all {
		all[i] = z.around(solver)
	}
	return all
}

// Fine returns the solver around what is fine of the solver inside, or z where
// that has no such.
func (z *ZeroMean) Fine() physics.Solver {
	inner, ok := z.Solver.Value.(physics.Refinable)
	if !ok {
		return z
	}
	return z.around(inner.Fine())
}

// around is z with another solver of the same kind inside.
func (z *ZeroMean) around(solver physics.Solver) *ZeroMean {
	return &ZeroMean{configs.Of[physics.Solver]{Kind: z.Solver.Kind, Value: solver}}
}
