package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"eddy/rollout"
)

// table is what the models reach: a row for each scenario and model, below it
// what others published, and the hash of the cells of the row.
func (b *book) table() rollout.Table {
	rows := b.rows()
	t := rollout.Tabulate(rows, rollout.Layout{
		Models: b.models(rows), Columns: b.columns(), Makers: b.makers(), Seeds: rollout.MedianOfSeeds,
	})
	b.dropForeign(&t)
	b.addHashes(&t)
	t = b.addPublished(t)
	t.Notes = append(t.Notes, b.solverErrors()...)
	t.Notes = append(t.Notes, "hash: of all that the row's numbers depend on, which are the configuration, the seeds, the program and the data; "+
		"results.csv has that of each seed; eddy "+b.Code.Version)
	for _, l := range b.results {
		if l.Metric == lineFailed && l.Of == "" {
			t.Notes = append(t.Notes, fmt.Sprintf("failed: %v: %s", l.Place, l.Note))
		}
	}
	return t
}

func (b *book) columns() []rollout.Column { return (&Bench{Columns: b.Columns}).columns() }

// rows are the results as tables read them. A baseline belongs to a scenario; a
// model that is judged from other states than those before it brings its own, one
// that is judged by more metrics adds to what is known of it.
func (b *book) rows() []rollout.Row {
	var rows []rollout.Row
	baselines := map[string]judged{} // by scenario, seed and name
	for _, cell := range b.byCell() {
		own := map[string][]rollout.Row{}
		var order []string
		for _, l := range cell {
			r := rollout.Row{Case: l.Scenario, Model: l.Row(), Seed: l.Seed, Metric: l.Metric, Time: l.Time, Value: l.Value, Samples: l.Samples}
			switch {
			case l.Of == ofTruth || l.Metric == lineParameters || l.Metric == lineUsed:
			case l.Metric == lineFailed:
				rows = append(rows, rollout.Failed(l.Scenario, l.Row(), l.Seed))
			case l.Of == "":
				rows = append(rows, r)
			default:
				if own[l.Of] == nil {
					order = append(order, l.Of)
				}
				r.Model = l.Of
				own[l.Of] = append(own[l.Of], r)
			}
		}
		for _, name := range order {
			p := cell[0].Place
			key := fmt.Sprint(p.Scenario, "\n", p.Seed, "\n", name)
			if baselines[key] == nil {
				baselines[key] = judged{}
			}
			if fresh, agree := baselines[key].add(own[name]); agree {
				rows = append(rows, fresh...)
				continue
			}
			for _, r := range own[name] {
				r.Model = fmt.Sprintf("%s for %s", name, p.Row())
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// judged is what a baseline reaches, by metric and time.
type judged map[moment]float64

type moment struct {
	metric string
	time   float64
}

// add takes in rows of the same baseline and returns those that were not known,
// unless they contradict what is known or have nothing in common with it.
func (j judged) add(rows []rollout.Row) (fresh []rollout.Row, agree bool) {
	for _, r := range rows {
		v, known := j[moment{r.Metric, r.Time}]
		if known && v != r.Value {
			return nil, false
		}
		if !known {
			fresh = append(fresh, r)
		}
	}
	if len(j) > 0 && len(fresh) == len(rows) {
		return nil, false
	}
	for _, r := range fresh {
		j[moment{r.Metric, r.Time}] = r.Value
	}
	return fresh, true
}

// byCell groups the results by their cells, in the order of the plan.
func (b *book) byCell() [][]Line {
	of := map[Place][]Line{}
	for _, l := range b.results {
		of[l.Place] = append(of[l.Place], l)
	}
	var all [][]Line
	for _, p := range b.Cells {
		if of[p] != nil {
			all = append(all, of[p])
			delete(of, p)
		}
	}
	return all
}

// models are the rows of the table: those of the bench in its order, then the
// baselines.
func (b *book) models(rows []rollout.Row) []string {
	var all []string
	add := func(name string) {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, p := range b.Cells {
		add(p.Row())
	}
	for _, r := range rows {
		add(r.Model)
	}
	return all
}

func (b *book) makers() map[string]string {
	makers := map[string]string{}
	for _, l := range b.results {
		if l.Metric == lineMaker && makers[l.Scenario] == "" {
			makers[l.Scenario] = l.Note
		}
	}
	return makers
}

// lead is the number of columns before the metrics, and where the name of the
// model is.
func lead(t rollout.Table) (columns, model int) {
	if model = slices.Index(t.Head, "model"); t.Head[0] == "case" {
		return 4, model
	}
	return 3, model
}

// caseOf is the scenario of a row of the table.
func (b *book) caseOf(t rollout.Table, row []rollout.Cell) string {
	if t.Head[0] == "case" {
		return row[0].Text
	}
	return b.Cells[0].Scenario
}

// dropForeign leaves out the rows of baselines that a scenario does not have.
func (b *book) dropForeign(t *rollout.Table) {
	first, model := lead(*t)
	t.Cells = slices.DeleteFunc(t.Cells, func(row []rollout.Cell) bool {
		return row[first-1].Text == "missing" && !slices.ContainsFunc(b.Cells, func(p Place) bool { return p.Row() == row[model].Text })
	})
}

// addHashes adds the column with the hash of each row.
func (b *book) addHashes(t *rollout.Table) {
	_, model := lead(*t)
	t.Head = append(t.Head, "hash")
	for i, row := range t.Cells {
		t.Cells[i] = append(row, rollout.Cell{Text: b.hashOf(b.caseOf(*t, row), row[model].Text)})
	}
}

// hashOf is the hash of the cells of a row, – for a baseline.
func (b *book) hashOf(scenario, row string) string {
	sum, any := sha256.New(), false
	for _, p := range b.Cells {
		if p.Scenario == scenario && p.Row() == row {
			fmt.Fprintln(sum, p.Hash)
			any = true
		}
	}
	if !any {
		return "–"
	}
	return hex.EncodeToString(sum.Sum(nil))[:10]
}

// solverErrors says how far the truth of each scenario is from a finer one.
func (b *book) solverErrors() []string {
	var notes []string
	for _, p := range b.Truths {
		var parts []string
		for _, refined := range []string{"dt", "dx", "both"} {
			if text := b.solverError(p, refined); text != "" {
				parts = append(parts, text)
			}
		}
		for _, l := range b.results {
			if l.Place == p && l.Metric == lineFailed {
				parts = append(parts, "not known: "+l.Note)
			}
		}
		if parts != nil {
			notes = append(notes, fmt.Sprintf("%s: the truth's own error, its relative L2 distance from a finer one: %s", p.Scenario, strings.Join(parts, ", ")))
		}
	}
	return notes
}

// off is the error from which on a truth is none.
const off = 0.1

// solverError is the error at the last time, or until when a chaotic system was
// followed.
func (b *book) solverError(p Place, refined string) string {
	name := "half the " + refined
	if refined == "both" {
		name = "half of both"
	}
	var last Line
	followed := 0.0
	for _, l := range b.results {
		if l.Place != p || l.Metric != lineSolverError+refined {
			continue
		}
		if last = l; l.Value <= off {
			followed = l.Time
		}
	}
	switch {
	case last.Metric == "":
		return ""
	case last.Time == 0:
		return fmt.Sprintf("%.2g with %s", last.Value, name)
	case last.Value > off:
		return fmt.Sprintf("within %g until t = %.4g with %s", off, followed, name)
	}
	return fmt.Sprintf("%.2g at t = %.4g with %s", last.Value, last.Time, name)
}
