package rollout

import (
	"fmt"
	"strings"
)

// Layout says what a table shows of the results. What it leaves out is chosen
// from the results, in the order of their rows.
type Layout struct {
	Models  []string          // rows of the table; all by default. One without results shows as missing
	Columns []Column          // by default all metrics, curves at the first, middle and last time
	Costs   []Cost            // adds the columns on cost
	Makers  map[string]string // by case, the solver or the file that made the truth
	Seeds   Summary           // of several seeds, the mean by default
}

// Column is a metric of the table, a curve at each of some times. Times
// between two frames read the nearer one.
type Column struct {
	Metric string
	Times  []float64 // in time units; nil for a single number
}

// Tabulate makes a table of stored results and of nothing else. Rows are the
// models of each case.
//
// A cell is the value over samples, or the mean over seeds where a model has
// several, ± the standard deviation over the same; "a [b, c]" is a value with
// its 95 % interval. A cell of a forecast of which any sample has diverged by
// then says so instead. Bold is the best of a case if paired tests tell it from
// every other.
func Tabulate(rows []Row, l Layout) Table {
	r := collect(rows)
	r.summary = l.Seeds
	if l.Models == nil {
		l.Models = r.models
	}
	if l.Columns == nil {
		l.Columns = r.columns()
	}
	t := Table{Notes: notes(r, l), Head: head(r, l)}
	for _, name := range r.cases {
		t.Cells = append(t.Cells, block(r, l, name)...)
	}
	return t
}

// block is the part of a table that is about one case, a row per model.
func block(r results, l Layout, name string) [][]Cell {
	block := make([][]Cell, len(l.Models))
	for i, model := range l.Models {
		if len(r.cases) > 1 {
			block[i] = []Cell{{Text: name}}
		}
		block[i] = append(block[i], Cell{Text: model}, r.judged(name, model), r.bounded(name, model))
	}
	for _, c := range l.Columns {
		for _, time := range c.times() {
			estimates := make([]estimate, len(l.Models))
			for i, model := range l.Models {
				estimates[i] = r.estimate(name, model, c.Metric, time)
			}
			best := r.best(l.Models, place{name, c.Metric, time}, estimates)
			for i, e := range estimates {
				block[i] = append(block[i], Cell{Text: e.text, Bold: i == best})
			}
		}
	}
	for i, model := range l.Models {
		block[i] = append(block[i], costCells(l.Costs, name, model)...)
	}
	return block
}

// times of a column; a single number has the time 0.
func (c Column) times() []float64 {
	if c.Times == nil {
		return []float64{0}
	}
	return c.Times
}

func head(r results, l Layout) []string {
	head := []string{"case", "model", "samples", "bounded"}
	if len(r.cases) == 1 {
		head = head[1:]
	}
	for _, c := range l.Columns {
		arrow := "↓"
		if d, ok := Define(c.Metric); !ok {
			arrow = ""
		} else if d.Larger {
			arrow = "↑"
		} else if d.Unity {
			arrow = "→ 1"
		}
		for _, time := range c.times() {
			label := strings.TrimSpace(c.Metric + " " + arrow)
			if time != 0 {
				label += fmt.Sprintf(" t = %.4g", time)
			}
			head = append(head, label)
		}
	}
	return append(head, costHead(l.Costs)...)
}

// notes are the lines above a table: what was judged, and what each metric is.
func notes(r results, l Layout) []string {
	var notes []string
	for _, name := range r.cases {
		maker := l.Makers[name]
		if maker == "" {
			maker = "an unnamed source"
		}
		notes = append(notes, fmt.Sprintf("%s: truth from %s, up to t = %.4g; %s; %s",
			name, maker, r.horizon(name), r.sampleNote(name), r.seedNote(name)))
	}
	for _, c := range l.Columns {
		if d, ok := Define(c.Metric); ok {
			notes = append(notes, c.Metric+": "+d.Text)
		}
		notes = append(notes, r.shifted(c)...)
	}
	return append(notes, l.Seeds.note()+
		"[ ]: 95 % bootstrap interval over samples; bold: best, and not by chance: 5 % level, Wilcoxon's signed-rank test of the same samples "+
		"and Welch's t-test of the seeds, Holm's correction for all rivals; two standard errors of the difference where values of samples are not known; "+
		"bounded: samples that never diverged")
}
