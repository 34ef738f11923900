package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"eddy/rollout"
	"eddy/train"
)

// fill returns the record of a cell: the one that is kept in its folder, or
// else that of a training, which goes on where an earlier one was interrupted.
// A cell that fails has a record, too. It is kept only where the training
// diverged, as it always will.
func (c Cell) fill(ctx context.Context, dir, machine string, note func(train.Step)) (record, error) {
	r, err := c.read(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	r, err = c.train(ctx, dir, machine, note)
	if err == nil {
		return r, nil
	}
	if ctx.Err() != nil {
		return r, train.ErrStopped
	}
	r = record{results: []Line{{Place: c.Place, Metric: lineFailed, Value: 1, Note: err.Error()}}}
	if errors.Is(err, train.ErrDiverged) {
		return r, r.write(dir)
	}
	return r, nil
}

// train trains and judges a cell, and keeps its record. Panics become errors: they end no other cell.
func (c Cell) train(ctx context.Context, dir, machine string, note func(train.Step)) (r record, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	s, err := c.Experiment.Open()
	if err != nil {
		return r, err
	}
	defer s.Close()
	run, err := openRun(dir, c.Experiment)
	if err != nil {
		return r, err
	}
	defer run.Close()
	run.OnStep = note
	o, err := run.Train(ctx, s)
	if err != nil {
		return r, err
	}
	if err := s.Load(run.Path("checkpoints", "last")); err != nil {
		return r, err
	}
	contest, err := s.Compete(ctx, s.Rollout.Steps)
	if err != nil {
		return r, err
	}
	r = c.judged(s, contest, o, machine)
	if err := r.write(dir); err != nil {
		return r, err
	}
	// The weights stay, without what only training needs.
	return r, errors.Join(run.Keep(s), os.RemoveAll(run.Path("checkpoints", "best")))
}

// openRun begins the run of a cell, or takes it up again.
func openRun(dir string, e *train.Experiment) (*train.Run, error) {
	if _, err := os.Stat(filepath.Join(dir, "config.yaml")); err == nil {
		return train.Resume(dir, e)
	}
	return train.Create(dir, e)
}

// judged is the record of a cell that came to its end.
func (c Cell) judged(s *train.Session, contest *train.Contest, o train.Outcome, machine string) record {
	rows := func(t train.Contender) []rollout.Row {
		return rollout.Rows(c.Scenario, c.Seed, t.Ensemble, t.Scores)
	}
	line := func(of, metric string, value float64) Line {
		return Line{Place: c.Place, Of: of, Metric: metric, Value: value}
	}
	var r record
	r.results = append(c.lines("", rows(contest.Surrogate)),
		line("", lineParameters, float64(s.Params.Count())),
		line("", lineUsed, float64(o.Data.Used)),
		Line{Place: c.Place, Of: ofTruth, Metric: lineMaker, Note: contest.Truth.Maker})
	r.results = append(r.results, c.lines(contest.Simple.Name, rows(contest.Simple))...)
	r.costs = []Line{
		line("", lineTraining, o.Seconds),
		line("", lineFrames, float64(contest.Truth.Steps())),
		{Place: c.Place, Metric: lineMachine, Note: machine + time.Now().UTC().Format(", 2006-01-02 15:04 UTC")},
	}
	for i, t := range append([]train.Contender{contest.Surrogate}, contest.Solvers...) {
		name := t.Name
		if i == 0 {
			name = ""
		}
		r.costs = append(r.costs, line(name, lineFrame, 1e3*t.Seconds), line(name, lineError, t.Error()))
	}
	return r
}
