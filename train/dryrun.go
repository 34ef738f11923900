package train

import (
	"context"
	"fmt"
	"time"
)

// Estimate is what a run would take.
type Estimate struct {
	Parameters int
	Nodes      int // of the training graph
	Bytes      int // of its arrays
	StepMS     float64
	Total      time.Duration
}

func (e Estimate) String() string {
	return fmt.Sprintf("parameters      %d\ngraph           %d operations, %.1f MB\nstep            %.2f ms\nestimated total %v of training",
		e.Parameters, e.Nodes, float64(e.Bytes)/1e6, e.StepMS, e.Total.Round(time.Second))
}

// dryRepeats is the number of steps that are timed, after a first one.
const dryRepeats = 3

// DryRun trains a few steps and estimates the whole.
func (s *Session) DryRun() (e Estimate, err error) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	t, err := NewTrainer(ctx, s)
	if err != nil {
		return e, err
	}
	defer t.Close()
	if _, err := t.Next(); err != nil {
		return e, err
	}
	start := time.Now()
	for range dryRepeats {
		if _, err := t.Next(); err != nil {
			return e, err
		}
	}
	step := time.Since(start) / dryRepeats
	return Estimate{
		Parameters: s.Params.Count(), Nodes: t.program.Nodes(), Bytes: t.program.Bytes(),
		StepMS: step.Seconds() * 1e3, Total: step * time.Duration(s.Train.Steps),
	}, nil
}
