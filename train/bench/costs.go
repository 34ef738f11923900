package bench

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"eddy/rollout"
)

// cost is what a row of the table took: medians over its seeds.
type cost struct {
	scenario, row                  string
	parameters, used               float64
	training, frame, frames, error float64
	solvers                        []rollout.Candidate
}

// costTable is what the models took to train and take to run, beside the
// problem's own solver on coarser grids and with larger steps: the cheapest that
// is as good, and the one that costs as much.
func (b *book) costTable() rollout.Table {
	t := rollout.Table{
		Head: []string{"case", "model", "parameters", "training samples", "training s", "ms per frame", "error",
			"solver of equal error", "its ms", "speed-up", "break-even", "solver of equal cost", "its error"},
		Notes: []string{
			"training s, ms per frame: by the clock, medians over seeds; a frame of one sample",
			"training samples: different ones that were drawn",
			"error: rel_l2/fno over the whole forecast, medians over seeds; ∞ where any sample diverged",
			"solver of equal error: the cheapest coarse version of the problem's own solver that is as good; none where the truth alone is",
			"speed-up: the model's over that solver; below 1 it is slower",
			"break-even: forecasts of the whole length after which training has paid, training s / time saved by each; never where none is saved",
			"solver of equal cost: the one whose time is nearest to the model's, as a ratio",
		},
	}
	for _, c := range b.costsOf() {
		t.Cells = append(t.Cells, c.cells())
	}
	for _, note := range b.machines() {
		t.Notes = append(t.Notes, "measured on "+note)
	}
	return t
}

// costsOf are the costs of all rows, in the order of the plan.
func (b *book) costsOf() []cost {
	of := map[Place][]Line{}
	key := func(p Place) Place { return Place{Scenario: p.Scenario, Model: p.Model, Method: p.Method} }
	for _, l := range slices.Concat(b.results, b.costs) {
		switch l.Metric {
		case lineParameters, lineUsed, lineTraining, lineFrame, lineFrames, lineError:
			of[key(l.Place)] = append(of[key(l.Place)], l)
		}
	}
	var all []cost
	for _, p := range b.Cells {
		if lines := of[key(p)]; lines != nil {
			all = append(all, newCost(p, lines))
			delete(of, key(p))
		}
	}
	return all
}

func newCost(p Place, lines []Line) cost {
	values := map[[2]string][]float64{} // of whom, and of what
	var solvers []string
	for _, l := range lines {
		k := [2]string{l.Of, l.Metric}
		values[k] = append(values[k], l.Value)
		if l.Of != "" && !slices.Contains(solvers, l.Of) {
			solvers = append(solvers, l.Of)
		}
	}
	of := func(who, what string) float64 { return median(values[[2]string{who, what}]) }
	c := cost{
		scenario: p.Scenario, row: p.Row(), parameters: of("", lineParameters), used: of("", lineUsed),
		training: of("", lineTraining), frame: of("", lineFrame), frames: of("", lineFrames), error: of("", lineError),
	}
	for _, name := range solvers {
		c.solvers = append(c.solvers, rollout.Candidate{Name: name, Seconds: of(name, lineFrame) / 1e3, Error: of(name, lineError)})
	}
	return c
}

// cells are the row of the table.
func (c cost) cells() []rollout.Cell {
	equal, cheap := "none", "none"
	equalMS, speedUp, even, cheapError := "–", "–", "never", "–"
	if len(c.solvers) == 0 {
		equal, cheap, even = "–", "–", "–"
	}
	if s, ok := rollout.EqualError(c.solvers, c.error); ok {
		equal, equalMS, speedUp = s.Name, short(1e3*s.Seconds), short(1e3*s.Seconds/c.frame)
		even = breakEven(c.training, c.frames*(s.Seconds-c.frame/1e3))
	}
	if s, ok := rollout.EqualCost(c.solvers, c.frame/1e3); ok {
		cheap, cheapError = s.Name, short(s.Error)
	}
	texts := []string{
		c.scenario, c.row, whole(c.parameters), whole(c.used), short(c.training), short(c.frame), short(c.error),
		equal, equalMS, speedUp, even, cheap, cheapError,
	}
	cells := make([]rollout.Cell, len(texts))
	for i, text := range texts {
		cells[i].Text = text
	}
	return cells
}

// breakEven is the number of solves after which the seconds of a training are
// saved again.
func breakEven(training, saved float64) string {
	if !(saved > 0) {
		return "never"
	}
	return whole(math.Ceil(training / saved))
}

// short prints x with three digits, whole without a fraction.
func short(x float64) string {
	switch {
	case math.IsNaN(x):
		return "–"
	case math.IsInf(x, 1):
		return "∞"
	case math.Abs(x) >= 1000 && math.Abs(x) < 1e7:
		return fmt.Sprintf("%.0f", x)
	}
	return strings.Replace(fmt.Sprintf("%.3g", x), "e-0", "e-", 1)
}

func whole(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return fmt.Sprintf("%.0f", x)
}
