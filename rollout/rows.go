package rollout

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Row is one number of the results: of a case (a problem and its truth), a
// model, the seed it was trained with, and a metric.
//
// Beside each metric's own name there are name.std, the standard deviation
// over samples, and name.low and name.high, the ends of its 95 % interval,
// where these are known. The rows forecast.samples, forecast.bounded (samples
// that never diverged), forecast.diverged_at (time of the first that did, if
// any) and forecast.horizon (time of the last frame) say what was judged, and
// forecast.failed that nothing was.
type Row struct {
	Case, Model string
	Seed        uint64
	Metric      string
	Time        float64 // in time units; 0 for a number that belongs to no time
	Value       float64
	Samples     []float64 // [S] the value of each sample, for tests between models; nil where only all together have one
}

// number is what a row has the value of.
type number struct {
	name, model string
	seed        uint64
	metric      string
	time        float64
}

func (r Row) number() number { return number{r.Case, r.Model, r.Seed, r.Metric, r.Time} }

const (
	rowSamples    = "forecast.samples"
	rowBounded    = "forecast.bounded"
	rowDivergedAt = "forecast.diverged_at"
	rowHorizon    = "forecast.horizon"
	rowFailed     = "forecast.failed"
)

// Failed is the row of a model that was not trained to its end. A table says so
// in place of its numbers.
func Failed(name, model string, seed uint64) Row {
	return Row{Case: name, Model: model, Seed: seed, Metric: rowFailed, Value: 1}
}

// Rows lists the results of a forecast.
func Rows(name string, seed uint64, e Ensemble, scores []Score) []Row {
	var rows []Row
	add := func(metric string, time, value float64) {
		rows = append(rows, Row{Case: name, Model: e.Model, Seed: seed, Metric: metric, Time: time, Value: value})
	}
	time, diverged := e.Diverged()
	add(rowSamples, 0, float64(e.Truth.Samples()))
	add(rowBounded, 0, float64(e.Truth.Samples()-diverged))
	add(rowHorizon, 0, float64(e.Truth.Steps())*e.Truth.Dt)
	if diverged > 0 {
		add(rowDivergedAt, 0, time)
	}
	for _, score := range scores {
		for i, value := range score.Values {
			var t float64
			if score.Times != nil {
				t = score.Times[i]
			}
			add(score.Name, t, value)
			if score.Samples != nil {
				rows[len(rows)-1].Samples = score.Samples[i]
				if std := deviation(score.Samples[i]); !math.IsNaN(std) {
					add(score.Name+".std", t, std)
				}
			}
		}
		if len(score.Interval) == 2 {
			add(score.Name+".low", 0, score.Interval[0])
			add(score.Name+".high", 0, score.Interval[1])
		}
	}
	return rows
}

// aside tells the rows that go with another one, or count.
func (r Row) aside() bool {
	return strings.HasPrefix(r.Metric, "forecast.") || strings.HasSuffix(r.Metric, ".std") ||
		strings.HasSuffix(r.Metric, ".low") || strings.HasSuffix(r.Metric, ".high")
}

var rowHeader = []string{"case", "model", "seed", "metric", "time", "value", "samples"}

// WriteRows writes rows as CSV, one line each. ReadRows returns the same rows,
// to the last bit but for the values of samples, which have six digits.
func WriteRows(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	lines := [][]string{rowHeader}
	for i, r := range rows {
		for _, name := range []string{r.Case, r.Model, r.Metric} {
			if strings.ContainsFunc(name, unicode.IsControl) {
				return fmt.Errorf("results: row %d: %q has a control character", i, name)
			}
		}
		var time string
		if r.Time != 0 {
			time = strconv.FormatFloat(r.Time, 'g', -1, 64)
		}
		lines = append(lines, []string{r.Case, r.Model, strconv.FormatUint(r.Seed, 10), r.Metric,
			time, strconv.FormatFloat(r.Value, 'g', -1, 64), formatSamples(r.Samples)})
	}
	return out.WriteAll(lines)
}

// formatSamples writes numbers with six digits, spaces between them.
func formatSamples(samples []float64) string {
	var text []byte
	for i, v := range samples {
		if i > 0 {
			text = append(text, ' ')
		}
		text = strconv.AppendFloat(text, v, 'g', 6, 64)
	}
	return string(text)
}

// ReadRows reads what WriteRows wrote, or what it wrote before there were values
// of samples. Two values for the same number are an error.
func ReadRows(r io.Reader) ([]Row, error) {
	in := csv.NewReader(r)
	head, err := in.Read() // all lines have as many fields as the first
	if err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	if !slices.Equal(head, rowHeader) && !slices.Equal(head, rowHeader[:6]) {
		return nil, fmt.Errorf("results: columns %s, want %s", strings.Join(head, ","), strings.Join(rowHeader, ","))
	}
	var rows []Row
	seen := map[number]bool{}
	for {
		fields, err := in.Read()
		if err == io.EOF {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("results: %w", err)
		}
		row, err := parseRow(fields)
		key := row.number()
		if err == nil && seen[key] {
			err = fmt.Errorf("second value of %s of %s", row.Metric, row.Model)
		}
		if err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("results: line %d: %w", line, err)
		}
		seen[key] = true
		rows = append(rows, row)
	}
}

func parseRow(fields []string) (r Row, err error) {
	r = Row{Case: fields[0], Model: fields[1], Metric: fields[3]}
	if r.Seed, err = strconv.ParseUint(fields[2], 10, 64); err != nil {
		return r, fmt.Errorf("seed: %w", err)
	}
	if fields[4] != "" {
		if r.Time, err = strconv.ParseFloat(fields[4], 64); err != nil {
			return r, fmt.Errorf("time: %w", err)
		}
		if !(r.Time > 0) || math.IsInf(r.Time, 1) {
			return r, fmt.Errorf("time = %s, want a positive number or nothing", fields[4])
		}
	}
	if r.Value, err = strconv.ParseFloat(fields[5], 64); err != nil {
		return r, fmt.Errorf("value: %w", err)
	}
	for _, text := range strings.Fields(strings.Join(fields[6:], "")) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return r, fmt.Errorf("samples: %w", err)
		}
		r.Samples = append(r.Samples, v)
	}
	return r, nil
}
