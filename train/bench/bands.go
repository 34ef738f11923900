package bench

import (
	"math"
	"strings"

	"eddy/rollout"
)

// bands draws a metric that has several columns, by its parameter, such as
// band_nrmse@0-4, band_nrmse@4-8, …: its values over the parameter, a panel for
// each scenario, the median over seeds and the middle half of them. It is nil
// where no metric has three columns.
func (b *book) bands() ([]byte, error) {
	rows := b.rows()
	base, columns := b.family()
	if columns == nil {
		return nil, nil
	}
	time := columns[0].time()
	var panels []rollout.Panel
	for _, scenario := range scenarios(rows) {
		p := rollout.Panel{Title: scenario}
		for _, c := range columns {
			p.Ticks = append(p.Ticks, strings.TrimPrefix(c.Metric, base+"@"))
		}
		for _, model := range b.models(rows) {
			band := rollout.Band{Name: model}
			for i, c := range columns {
				band.X = append(band.X, float64(i+1))
				addSeeds(&band, valuesAt(rows, scenario, model, c.Metric, time))
			}
			p.Bands = append(p.Bands, band)
		}
		panels = append(panels, p)
	}
	y := base
	if time != 0 {
		y += " at t = " + exact(time)
	}
	d, _ := rollout.Define(base)
	return rollout.Multiples(panels, base+"@…", y, !d.Larger)
}

// family are the columns of the first metric that has three, by its parameter.
func (b *book) family() (base string, columns []Column) {
	for _, c := range b.Columns {
		base, _, parameter := strings.Cut(c.Metric, "@")
		if columns = nil; !parameter {
			continue
		}
		for _, d := range b.Columns {
			if strings.HasPrefix(d.Metric, base+"@") && d.time() == c.time() {
				columns = append(columns, d)
			}
		}
		if len(columns) >= 3 {
			return base, columns
		}
	}
	return "", nil
}

// time is the first of a column's, 0 for a single number.
func (c Column) time() float64 {
	if len(c.Times) == 0 {
		return 0
	}
	return c.Times[0]
}

// valuesAt are what the seeds of a model have at the frame nearest to a time.
func valuesAt(rows []rollout.Row, scenario, model, metric string, time float64) []float64 {
	var values []float64
	nearest := math.Inf(1)
	for _, r := range rows {
		if r.Case != scenario || r.Model != model || r.Metric != metric {
			continue
		}
		switch d := math.Abs(r.Time - time); {
		case d < nearest:
			nearest, values = d, []float64{r.Value}
		case d == nearest:
			values = append(values, r.Value)
		}
	}
	return values
}
