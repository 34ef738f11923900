package bench

import (
	"math"
	"slices"

	"eddy/rollout"
)

// curves draws the first curve of the table over time, a panel for each
// scenario: the median over seeds, and the middle half of them. It is nil where
// there is no curve.
func (b *book) curves() ([]byte, error) {
	rows := b.rows()
	metric := b.curve(rows)
	if metric == "" {
		return nil, nil
	}
	d, _ := rollout.Define(metric)
	var panels []rollout.Panel
	for _, scenario := range scenarios(rows) {
		p := rollout.Panel{Title: scenario}
		for _, model := range b.models(rows) {
			if band, ok := bandOf(rows, scenario, model, metric); ok {
				p.Bands = append(p.Bands, band)
			}
		}
		panels = append(panels, p)
	}
	return rollout.Multiples(panels, "time (time units)", metric, !d.Larger)
}

// curve is the first metric of the columns that is one, or of all where the
// bench does not choose columns.
func (b *book) curve(rows []rollout.Row) string {
	for _, c := range b.Columns {
		if c.Times != nil {
			return c.Metric
		}
	}
	for _, r := range rows {
		if r.Time != 0 {
			return r.Metric
		}
	}
	return ""
}

func scenarios(rows []rollout.Row) []string {
	var all []string
	for _, r := range rows {
		if !slices.Contains(all, r.Case) {
			all = append(all, r.Case)
		}
	}
	return all
}

// bandOf is the curve of a model over its seeds. A seed that diverged is infinite
// from then on.
func bandOf(rows []rollout.Row, scenario, model, metric string) (rollout.Band, bool) {
	over := map[float64][]float64{}
	b := rollout.Band{Name: model}
	for _, r := range rows {
		if r.Case == scenario && r.Model == model && r.Metric == metric && r.Time != 0 {
			if over[r.Time] == nil {
				b.X = append(b.X, r.Time)
			}
			over[r.Time] = append(over[r.Time], r.Value)
		}
	}
	slices.Sort(b.X)
	for _, t := range b.X {
		addSeeds(&b, over[t])
	}
	return b, len(b.X) > 0
}

// addSeeds adds a point to a band: the median of what the seeds have, and the
// middle half of it.
func addSeeds(b *rollout.Band, values []float64) {
	b.Low = append(b.Low, quantile(values, 0.25))
	b.Middle = append(b.Middle, quantile(values, 0.5))
	b.High = append(b.High, quantile(values, 0.75))
}

// quantile interpolates between the values of seeds, NaN without any.
func quantile(x []float64, q float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(x))
	at := q * float64(len(x)-1)
	low, part := int(at), at-math.Floor(at)
	if part == 0 || sorted[low] == sorted[low+1] {
		return sorted[low]
	}
	return sorted[low]*(1-part) + sorted[low+1]*part
}
