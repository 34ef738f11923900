package rollout

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// results are rows, indexed. Names are in the order of the rows.
type results struct {
	rows          []Row
	cases, models []string
	value         map[number]float64
	samples       map[number][]float64
	summary       Summary
}

func collect(rows []Row) results {
	r := results{rows: rows, value: map[number]float64{}, samples: map[number][]float64{}}
	for _, row := range rows {
		if !slices.Contains(r.cases, row.Case) {
			r.cases = append(r.cases, row.Case)
		}
		if !slices.Contains(r.models, row.Model) {
			r.models = append(r.models, row.Model)
		}
		r.value[row.number()], r.samples[row.number()] = row.Value, row.Samples
	}
	return r
}

// columns are all metrics, curves at the first, the middle and the last time.
func (r results) columns() []Column {
	var columns []Column
	for _, row := range r.rows {
		known := slices.ContainsFunc(columns, func(c Column) bool { return c.Metric == row.Metric })
		if row.aside() || known {
			continue
		}
		c := Column{Metric: row.Metric}
		if times := r.times(row.Case, row.Metric); len(times) > 0 {
			c.Times = slices.Compact([]float64{times[0], times[(len(times)-1)/2], times[len(times)-1]})
		}
		columns = append(columns, c)
	}
	return columns
}

// times of a curve in a case, in order.
func (r results) times(name, metric string) []float64 {
	var times []float64
	for _, row := range r.rows {
		if row.Case == name && row.Metric == metric && row.Time != 0 {
			times = append(times, row.Time)
		}
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// seeds of a model in a case, in order.
func (r results) seeds(name, model string) []uint64 {
	var seeds []uint64
	for _, row := range r.rows {
		if row.Case == name && row.Model == model {
			seeds = append(seeds, row.Seed)
		}
	}
	slices.Sort(seeds)
	return slices.Compact(seeds)
}

// over returns a number for each seed that has it.
func (r results) over(name, model, metric string, time float64) []float64 {
	var values []float64
	for _, seed := range r.seeds(name, model) {
		if v, ok := r.value[number{name, model, seed, metric, time}]; ok {
			values = append(values, v)
		}
	}
	return values
}

// nearest returns the time of the frame that a column's time reads, and
// whether the curve reaches that far.
func (r results) nearest(name, metric string, time float64) (float64, bool) {
	times := r.times(name, metric)
	if time == 0 || len(times) == 0 {
		return time, time == 0
	}
	nearest := slices.MinFunc(times, func(a, b float64) int {
		return cmp.Compare(math.Abs(a-time), math.Abs(b-time))
	})
	return nearest, math.Abs(nearest-time) <= times[0]/2
}

// shifted are the notes on times of a column that fall between frames.
func (r results) shifted(c Column) []string {
	var notes []string
	for _, name := range r.cases {
		for _, time := range c.Times {
			if at, ok := r.nearest(name, c.Metric, time); ok && math.Abs(at-time) > 1e-6*time {
				notes = append(notes, fmt.Sprintf("%s: %s at t = %.4g is read at the frame t = %.6g", name, c.Metric, time, at))
			}
		}
	}
	return notes
}

// horizon is the time of the last frame of a case.
func (r results) horizon(name string) float64 {
	var last float64
	for _, row := range r.rows {
		if row.Case == name && row.Metric == rowHorizon {
			last = max(last, row.Value)
		}
	}
	return last
}

func (r results) sampleNote(name string) string {
	var counts []string
	for _, row := range r.rows {
		if n := fmt.Sprintf("%.0f", row.Value); row.Case == name && row.Metric == rowSamples && !slices.Contains(counts, n) {
			counts = append(counts, n)
		}
	}
	return strings.Join(counts, ", ") + " samples"
}

func (r results) seedNote(name string) string {
	var notes []string
	for _, model := range r.models {
		if seeds := r.seeds(name, model); len(seeds) > 0 {
			notes = append(notes, fmt.Sprintf("%s (%s)", model, strings.Trim(fmt.Sprint(seeds), "[]")))
		}
	}
	return "seeds: " + strings.Join(notes, ", ")
}
