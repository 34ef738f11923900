package rollout

// Tables are what numbers say of a forecast's health: when it loses the truth
// and whether it stays bounded, and how its statistics differ from the solver's.
func (h *Health) Tables(name string, seed uint64, maker string) []Table {
	times := []Column{{Metric: "blow_up/time"}}
	for _, threshold := range []string{"0.95", "0.9", "0.8"} {
		times = append(times, Column{Metric: "correlation_time/median@" + threshold})
	}
	last := h.Shown.Truth.Time(len(h.frames()) - 1)
	for _, score := range h.Scores {
		if len(score.Times) > 0 && score.Name != "correlation/pdearena" {
			times = append(times, Column{score.Name, []float64{last}})
		}
	}
	layout := Layout{Columns: times, Makers: map[string]string{name: maker}}
	return []Table{Tabulate(h.Rows(name, seed), layout), h.Climate.table(h.Model)}
}

// table compares the forecast's statistics with the solver's, and the two halves
// of the solver's run with each other.
func (c *Climate) table(model string) Table {
	row := func(name string, a, b []int) []Cell {
		cells := []Cell{{Text: name}}
		for _, s := range a {
			if c.moments[s].frames == 0 {
				return append(cells, Cell{Text: "diverged at once"}, Cell{}, Cell{}, Cell{})
			}
		}
		d := c.difference(a, b)
		for _, v := range []float64{d.W1, d.Mean, d.Deviation, d.Spectrum} {
			cells = append(cells, Cell{Text: digits(v, 3)})
		}
		return cells
	}
	t := Table{
		Notes: []string{
			"statistics of all frames before a forecast diverges, beside those of the solver's own run; the solver's second half beside its first says what chance does",
			"values: Wasserstein-1 distance of all values, in their standard deviation",
			"mean, deviation: root mean square over points of the difference of the means over time, and of the standard deviations, in the same unit",
			"spectrum: root mean square of the difference of ln E(k), E the mean energy spectrum, over the shells with more than 1e-12 of the energy",
		},
		Head:  []string{"model", "values ↓", "mean ↓", "deviation ↓", "spectrum ↓"},
		Cells: [][]Cell{row(model, []int{forecastAll}, truthBoth)},
	}
	if c.moments[truthEarly].frames > 0 {
		t.Cells = append(t.Cells, row("the solver's second half", []int{truthLate}, []int{truthEarly}))
	}
	return t
}
