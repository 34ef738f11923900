package bench

import (
	"sync"
	"time"

	"eddy/train"
)

// Progress says how far a bench is.
type Progress struct {
	Cells, Done, Failed int
	Share               float64       // of all training steps
	Left                time.Duration // until the end, as far as can be told; 0 while nothing is known

	// Of the cell that is complete: nil for a training step.
	Cell    *Cell
	Failure string
	Kept    bool // its record was there before
}

// watch follows the cells, whoever trains them.
type watch struct {
	sync.Mutex
	tell    func(Progress)
	cells   []Cell
	now     Progress
	jobs    int
	at      map[string]*course // by hash
	seconds map[string]pace    // of a step, by row
}

// course is how far a cell is.
type course struct {
	steps int
	last  time.Time
	moved bool
	done  bool
}

// pace is the time that some steps took.
type pace struct {
	seconds float64
	steps   int
}

func newWatch(cells []Cell, tell func(Progress)) *watch {
	w := &watch{tell: tell, cells: cells, at: map[string]*course{}, seconds: map[string]pace{}}
	for _, c := range cells {
		w.at[c.Hash] = &course{}
	}
	w.now.Cells = len(cells)
	return w
}

func (w *watch) begin(c Cell) {
	w.Lock()
	defer w.Unlock()
	w.jobs++
	w.at[c.Hash].last = time.Now()
}

// step notes a training step. The first one, which waits for data and builds the
// graph, does not count.
func (w *watch) step(c Cell, s train.Step) {
	w.Lock()
	defer w.Unlock()
	at, now := w.at[c.Hash], time.Now()
	if at.moved {
		p := w.seconds[c.kind()]
		w.seconds[c.kind()] = pace{p.seconds + now.Sub(at.last).Seconds(), p.steps + 1}
	}
	at.steps, at.last, at.moved = s.Number, now, true
	w.report(Progress{})
}

func (w *watch) end(c Cell, r record, err error) {
	w.Lock()
	defer w.Unlock()
	w.jobs--
	if err != nil {
		return
	}
	at := w.at[c.Hash]
	kept := !at.moved
	at.steps, at.done = c.Experiment.Train.Steps, true
	w.now.Done++
	p := Progress{Cell: &c, Kept: kept}
	for _, l := range r.results {
		if l.Metric == lineFailed {
			p.Failure = l.Note
			w.now.Failed++
		}
	}
	w.report(p)
}

// kind groups the cells whose steps take equally long.
func (c Cell) kind() string { return c.Scenario + "\n" + c.Row() }

// report tells how far all is. Steps of a kind that has not begun are taken to be
// as long as the others are on average.
func (w *watch) report(p Progress) {
	if w.tell == nil {
		return
	}
	var all pace
	for _, s := range w.seconds {
		all.seconds, all.steps = all.seconds+s.seconds, all.steps+s.steps
	}
	var steps, taken int
	var left float64
	for _, c := range w.cells {
		at, n := w.at[c.Hash], c.Experiment.Train.Steps
		steps, taken = steps+n, taken+at.steps
		s := w.seconds[c.kind()]
		if s.steps == 0 {
			s = all
		}
		if s.steps > 0 && !at.done {
			left += float64(n-at.steps) * s.seconds / float64(s.steps)
		}
	}
	p.Cells, p.Done, p.Failed = w.now.Cells, w.now.Done, w.now.Failed
	p.Share = float64(taken) / float64(max(1, steps))
	p.Left = time.Duration(left / float64(max(1, w.jobs)) * float64(time.Second))
	w.tell(p)
}
