package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"eddy/configs"
	"eddy/internal/bundle"
	"eddy/rollout"
	"eddy/train"
)

// Run fills a bench in a folder:
//
//	plan.json     the cells and their hashes, and what the tables show
//	cells/HASH    the run of each cell, and its record
//	results.csv   all that depends on nothing but what is hashed
//	timings.csv     all that the clock and the machine decide
//
// and what [Publish] makes of these. A cell that has a record is not computed
// again, and one that was interrupted goes on, so that a bench may be started
// again after any end, also after a change of some of its variants.
type Run struct {
	Dir     string
	Bench   *Bench
	Cells   []Cell
	Jobs    int    // cells at the same time; 0 for as many as the cores allow
	Workers int    // goroutines that compute a cell; 0 for one
	Command string // that makes this bench again

	// OnProgress, where set, is told of each training step and of each cell that
	// is complete. It is called by one goroutine at a time.
	OnProgress func(Progress)
}

// Go fills all cells, publishes the tables and returns them; of those cells that
// there are where ctx ends before. It returns an error for cells that failed.
func (r *Run) Go(ctx context.Context) ([]rollout.Table, error) {
	if err := os.MkdirAll(filepath.Join(r.Dir, "cells"), 0o755); err != nil {
		return nil, err
	}
	lock, err := train.Lock(r.Dir)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	truths, err := r.truths()
	if err != nil {
		return nil, err
	}
	if err := r.writePlan(truths); err != nil {
		return nil, err
	}
	records, stopped := r.fill(ctx, truths)
	if err := r.collect(truths, records); err != nil {
		return nil, errors.Join(stopped, err)
	}
	tables, err := Publish(r.Dir)
	switch {
	case errors.Is(stopped, train.ErrStopped):
		return nil, errors.Join(errStopped, err)
	case stopped != nil || err != nil:
		return nil, errors.Join(stopped, err)
	}
	return tables, failures(records)
}

// errStopped is [train.ErrStopped] in the words of a bench.
var errStopped error = stopped{}

type stopped struct{}

func (stopped) Error() string { return "stopped; all cells are saved, start the bench again to go on" }

func (stopped) Unwrap() error { return train.ErrStopped }

// truths has the truth of each scenario, of its first cell.
func (r *Run) truths() ([]Cell, error) {
	version, err := codeVersion()
	if err != nil {
		return nil, err
	}
	h := hasher{version: version, files: map[string]string{}}
	var truths []Cell
	known := map[string]bool{}
	for _, c := range r.Cells {
		if known[c.Scenario] {
			continue
		}
		known[c.Scenario] = true
		t, err := truthOf(c, &h)
		if err != nil {
			return nil, err
		}
		truths = append(truths, t)
	}
	return truths, nil
}

// plan is plan.json.
type plan struct {
	Name      string      `json:"name"`
	Title     string      `json:"title"`
	Code      train.Build `json:"code"`
	Command   string      `json:"command"`
	Columns   []Column    `json:"columns"`
	Published Published   `json:"published"`
	Bench     string      `json:"bench"` // as YAML
	Cells     []Place     `json:"cells"`
	Truths    []Place     `json:"truths"` // one for each scenario
}

const planName = "plan.json"

func (r *Run) writePlan(truths []Cell) error {
	config, err := configs.Marshal(r.Bench)
	if err != nil {
		return err
	}
	p := plan{
		Name: r.Bench.Name, Title: r.Bench.Title, Code: train.ThisBuild(), Command: r.Command,
		Columns: r.Bench.Columns, Published: r.Bench.Published, Bench: string(config),
	}
	for _, c := range r.Cells {
		p.Cells = append(p.Cells, c.Place)
	}
	for _, c := range truths {
		p.Truths = append(p.Truths, c.Place)
	}
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return bundle.WriteFile(filepath.Join(r.Dir, planName), append(text, '\n'))
}

// fill fills truths and cells, so many at a time as there are jobs. The records
// are in the order of the cells; one that was not reached has no lines.
func (r *Run) fill(ctx context.Context, truths []Cell) ([]record, error) {
	all := slices.Concat(truths, r.Cells)
	records, faults := make([]record, len(all)), make([]error, len(all))
	watch := newWatch(r.Cells, r.OnProgress)
	turns := map[string]*sync.Mutex{} // equal cells share a record, which one of them makes
	for _, c := range all {
		turns[c.Hash] = &sync.Mutex{}
	}
	next := make(chan int)
	var jobs sync.WaitGroup
	for range r.jobs() {
		jobs.Go(func() {
			for i := range next {
				c := all[i]
				c.Experiment.Workers = max(1, r.Workers)
				dir := filepath.Join(r.Dir, "cells", c.Hash)
				turns[c.Hash].Lock()
				if i < len(truths) {
					records[i], faults[i] = c.verify(ctx, dir)
				} else {
					watch.begin(c)
					records[i], faults[i] = c.fill(ctx, dir, r.machine(), func(s train.Step) { watch.step(c, s) })
					watch.end(c, records[i], faults[i])
				}
				turns[c.Hash].Unlock()
			}
		})
	}
	for i := range all {
		if ctx.Err() != nil {
			faults[i] = train.ErrStopped
			continue
		}
		next <- i
	}
	close(next)
	jobs.Wait()
	return records, first(faults)
}

// first is ErrStopped if anything was stopped, or else the first error.
func first(faults []error) (err error) {
	for _, f := range faults {
		if errors.Is(f, train.ErrStopped) {
			return train.ErrStopped
		}
		if err == nil {
			err = f
		}
	}
	return err
}

func (r *Run) jobs() int {
	if r.Jobs > 0 {
		return r.Jobs
	}
	return max(1, runtime.GOMAXPROCS(0)/max(1, r.Workers))
}

// machine says what a cell was measured on.
func (r *Run) machine() string {
	b := train.ThisBuild()
	return fmt.Sprintf("%s, %d at a time with %d workers each, %s, %s kernels", train.Machine(), r.jobs(), max(1, r.Workers), b.Target, b.Kernel)
}

// collect writes the lines of all records, in the order of the plan.
func (r *Run) collect(truths []Cell, records []record) error {
	var all record
	for i, c := range records {
		if i >= len(truths) {
			c.results = thin(c.results, r.Bench.Columns)
		}
		all.results, all.costs = append(all.results, c.results...), append(all.costs, c.costs...)
	}
	for name, lines := range map[string][]Line{resultsName: all.results, timingsName: all.costs} {
		text, err := writeLines(lines)
		if err == nil {
			err = bundle.WriteFile(filepath.Join(r.Dir, name), text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// thin leaves out what no table reads of curves: how samples spread at times
// that are in no column.
func thin(lines []Line, columns []Column) []Line {
	if columns == nil {
		return lines
	}
	step := map[string]float64{} // of each curve
	for _, l := range lines {
		if s, ok := step[l.Metric]; l.Time != 0 && (!ok || l.Time < s) {
			step[l.Metric] = l.Time
		}
	}
	var kept []Line
	for _, l := range lines {
		name, std := strings.CutSuffix(l.Metric, ".std")
		switch {
		case l.Time == 0 || shown(columns, name, l.Time, step[l.Metric]):
		case std:
			continue
		default:
			l.Samples = nil
		}
		kept = append(kept, l)
	}
	return kept
}

// shown tells whether a column has a curve at a time, or within a frame of it.
func shown(columns []Column, metric string, time, frame float64) bool {
	for _, c := range columns {
		for _, t := range c.Times {
			if c.Metric == metric && time-frame < t && t < time+frame {
				return true
			}
		}
	}
	return false
}

// failures lists the cells that failed.
func failures(records []record) error {
	var failed []string
	for _, r := range records {
		for _, l := range r.results {
			if l.Metric == lineFailed && l.Of == "" {
				failed = append(failed, fmt.Sprintf("%v: %s", l.Place, l.Note))
			}
		}
	}
	if len(failed) == 0 {
		return nil
	}
	return fmt.Errorf("%d cells failed:\n%s", len(failed), strings.Join(failed, "\n"))
}
