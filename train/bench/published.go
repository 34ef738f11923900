package bench

import (
	"fmt"
	"math"
	"slices"

	"eddy/rollout"
)

// addPublished puts what others report below our rows, with our number over
// theirs, and says how often the two agree.
func (b *book) addPublished(t rollout.Table) rollout.Table {
	if len(b.Published.Values) == 0 {
		return t
	}
	rows := b.rows()
	var ratios []float64
	out := rollout.Table{Notes: t.Notes, Head: t.Head}
	first, model := lead(t)
	for _, row := range t.Cells {
		out.Cells = append(out.Cells, row)
		theirs := make([]rollout.Cell, len(row))
		for i := range theirs {
			theirs[i].Text = "–"
		}
		any := false
		for i, c := range b.flat() {
			v, ok := b.Published.find(b.caseOf(t, row), row[model].Text, c)
			if !ok || first+i >= len(row) {
				continue
			}
			any = true
			theirs[first+i].Text = fmt.Sprintf("%.4g", v)
			if own := ours(rows, b.caseOf(t, row), row[model].Text, c); own > 0 && !math.IsInf(own, 0) {
				ratios = append(ratios, own/v)
				theirs[first+i].Text += fmt.Sprintf(" (× %.2f)", own/v)
			}
		}
		if any {
			copy(theirs, row[:model])
			theirs[model].Text = row[model].Text + ", published"
			out.Cells = append(out.Cells, theirs)
		}
	}
	out.Notes = append(slices.Clone(out.Notes), fmt.Sprintf("published: %s; ×: ours over theirs, within a factor 1.5 for %d of %d numbers, within 2 for %d",
		b.Published.From, within(ratios, 1.5), len(b.Published.values()), within(ratios, 2)))
	return out
}

// point is a number of a column.
type point struct {
	metric string
	time   float64
}

// flat lists the columns of metrics one by one.
func (b *book) flat() []point {
	var all []point
	for _, c := range b.Columns {
		if c.Times == nil {
			all = append(all, point{c.Metric, 0})
		}
		for _, t := range c.Times {
			all = append(all, point{c.Metric, t})
		}
	}
	return all
}

// values are all numbers of a published table.
func (p Published) values() []float64 {
	var all []float64
	for _, v := range p.Values {
		all = append(all, v.Values...)
	}
	return all
}

// find looks a published number up.
func (p Published) find(scenario, model string, at point) (float64, bool) {
	for _, v := range p.Values {
		if v.Model != model || v.Metric != at.metric || v.Scenario != "" && v.Scenario != scenario {
			continue
		}
		if i := slices.Index(v.Times, at.time); i >= 0 {
			return v.Values[i], true
		} else if v.Times == nil && at.time == 0 {
			return v.Values[0], true
		}
	}
	return 0, false
}

// ours is the median over seeds of a number, NaN without any. Frames are at
// times that differ from those of the column by rounding alone.
func ours(rows []rollout.Row, scenario, model string, at point) float64 {
	var values []float64
	for _, r := range rows {
		if r.Case == scenario && r.Model == model && r.Metric == at.metric && math.Abs(r.Time-at.time) <= 1e-9*at.time {
			values = append(values, r.Value)
		}
	}
	return median(values)
}

func within(ratios []float64, factor float64) int {
	n := 0
	for _, r := range ratios {
		if r <= factor && r >= 1/factor {
			n++
		}
	}
	return n
}

// median of nothing is NaN.
func median(x []float64) float64 { return quantile(x, 0.5) }
