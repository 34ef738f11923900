package train

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"time"

	"eddy/data"
	"eddy/internal/bundle"
)

// Outcome is what a training left behind beside its checkpoints.
type Outcome struct {
	Seconds float64
	Data    data.Report
}

// Train trains from the last checkpoint, or from the beginning, to the last
// step. Where ctx ends first, it finishes the step, or gives it up if it still
// waits for data, saves and returns [ErrStopped].
func (r *Run) Train(ctx context.Context, s *Session) (o Outcome, err error) {
	t, err := NewTrainer(ctx, s)
	if err != nil {
		return o, err
	}
	defer func() {
		var e error
		if o.Data, e = t.Close(); err == nil {
			err = e
		}
	}()
	before, err := r.restore(t)
	if err != nil {
		return o, err
	}
	log, err := openMetrics(r.Path("metrics.csv"), before.Metrics, termNames(s))
	if err != nil {
		return o, err
	}
	defer func() {
		if e := log.close(); err == nil {
			err = e
		}
	}()
	clock := stopwatch{before: before.Seconds, start: time.Now()}
	err = r.loop(ctx, t, log, &clock)
	o.Seconds = clock.seconds()
	return o, err
}

// stopwatch measures the time of training over all sessions of a run.
type stopwatch struct {
	before float64
	start  time.Time
}

func (c *stopwatch) seconds() float64 { return c.before + time.Since(c.start).Seconds() }

func (r *Run) loop(ctx context.Context, t *Trainer, log *metricsLog, clock *stopwatch) error {
	saved := t.step
	for !t.Done() {
		step, err := t.advance(ctx)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return r.stop(t, log, clock, saved)
		}
		if err != nil {
			return err
		}
		if err := log.write(step); err != nil {
			return err
		}
		if r.OnStep != nil {
			r.OnStep(step)
		}
		if t.due(step.Number) {
			if err := r.keep(t, log, clock, step.Validation); err != nil {
				return err
			}
			saved = t.step
		}
	}
	return nil
}

// stop saves the state after the last step, unless it is saved.
func (r *Run) stop(t *Trainer, log *metricsLog, clock *stopwatch, saved int) error {
	if t.step > saved {
		if err := r.save(r.last(), t, log, clock, math.NaN()); err != nil {
			return err
		}
	}
	return ErrStopped
}

// keep saves a checkpoint, and a second time if it is the best so far. The best
// goes first: a run that dies in between then finds it again, while a last
// checkpoint that knows of it would not look for it any more.
func (r *Run) keep(t *Trainer, log *metricsLog, clock *stopwatch, validation float64) error {
	if validation < t.best {
		t.best = validation
		if err := r.save(r.best(), t, log, clock, validation); err != nil {
			return err
		}
	}
	return r.save(r.last(), t, log, clock, validation)
}

func (r *Run) save(dir string, t *Trainer, log *metricsLog, clock *stopwatch, validation float64) error {
	length, err := log.sync()
	if err != nil {
		return err
	}
	m := marks{Metrics: length, Seconds: clock.seconds(), Build: ThisBuild()}
	if finite(validation) {
		m.Validation = &validation
	}
	files, err := t.checkpoint(m)
	if err != nil {
		return err
	}
	return bundle.Write(dir, files)
}

// restore takes the last checkpoint up, if there is one.
func (r *Run) restore(t *Trainer) (marks, error) {
	files, err := bundle.Read(r.last())
	if errors.Is(err, fs.ErrNotExist) {
		return marks{}, nil
	}
	if err != nil {
		return marks{}, err
	}
	m, err := t.restore(files)
	if err != nil {
		return m, fmt.Errorf("%s: %w", r.last(), err)
	}
	if now := ThisBuild(); m.Build != now {
		r.note("the checkpoint was made by another build (%+v, now %+v): the run goes on, but not to the same bits", m.Build, now)
	}
	r.note("going on after step %d", m.Step)
	return m, nil
}

func termNames(s *Session) []string {
	names := newLosses(s.Loss).names()
	if m, ok := s.Method.Value.(Named); ok {
		names = m.Terms()
	}
	return append(names, s.Balance.Value.Columns()...)
}
