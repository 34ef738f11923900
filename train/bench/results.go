package bench

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"eddy/rollout"
)

// Line is one number of a cell, as results.csv and timings.csv have it.
//
// Beside the rows of [rollout.Rows] there are in results.csv: parameters and
// training_samples; failed, whose note is the error that ended the cell; maker,
// whose note is what made the truth; and solver_error.dt, .dx and .both, how far
// the truth is from that of a finer solver. In timings.csv: training_s and
// frame_ms; error, by which solvers and surrogate are compared; and machine,
// whose note is what all this was measured on. Nothing in results.csv depends on
// the clock.
type Line struct {
	Place
	Of      string // a baseline, or "truth"; "" for the model itself
	Metric  string
	Time    float64
	Value   float64
	Samples []float64
	Note    string
}

// Metrics of a line beside those of package rollout.
const (
	lineParameters  = "parameters"
	lineUsed        = "training_samples"
	lineFailed      = "failed"
	lineMaker       = "maker"
	lineSolverError = "solver_error."
	lineTraining    = "training_s"
	lineFrame       = "frame_ms"
	lineError       = "error"
	lineMachine     = "machine"
	lineFrames      = "frames"
)

// ofTruth marks what is said of the truth.
const ofTruth = "truth"

var lineHeader = []string{"scenario", "model", "method", "seed", "hash", "of", "metric", "time", "value", "samples", "note"}

// writeLines returns lines as CSV.
func writeLines(lines []Line) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	all := [][]string{lineHeader}
	for _, l := range lines {
		var time string
		if l.Time != 0 {
			time = exact(l.Time)
		}
		samples := make([]string, len(l.Samples))
		for i, v := range l.Samples {
			samples[i] = strconv.FormatFloat(v, 'g', 6, 64)
		}
		all = append(all, []string{
			l.Scenario, l.Model, l.Method, strconv.FormatUint(l.Seed, 10), l.Hash, l.Of, l.Metric,
			time, exact(l.Value), strings.Join(samples, " "), strings.Join(strings.Fields(l.Note), " "),
		})
	}
	err := w.WriteAll(all)
	return out.Bytes(), err
}

// exact prints x so that reading gives it back.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// readLines reads what writeLines wrote.
func readLines(r io.Reader) ([]Line, error) {
	in := csv.NewReader(r)
	head, err := in.Read()
	if err != nil {
		return nil, err
	}
	if !slices.Equal(head, lineHeader) {
		return nil, fmt.Errorf("columns %s, want %s", strings.Join(head, ","), strings.Join(lineHeader, ","))
	}
	var lines []Line
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		l, err := parseLine(fields)
		if err != nil {
			at, _ := in.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", at, err)
		}
		lines = append(lines, l)
	}
}

func parseLine(f []string) (l Line, err error) {
	l = Line{Place: Place{Scenario: f[0], Model: f[1], Method: f[2], Hash: f[4]}, Of: f[5], Metric: f[6], Note: f[10]}
	if l.Seed, err = strconv.ParseUint(f[3], 10, 64); err != nil {
		return l, fmt.Errorf("seed: %w", err)
	}
	if f[7] != "" {
		if l.Time, err = strconv.ParseFloat(f[7], 64); err != nil {
			return l, fmt.Errorf("time: %w", err)
		}
	}
	if l.Value, err = strconv.ParseFloat(f[8], 64); err != nil {
		return l, fmt.Errorf("value: %w", err)
	}
	for _, text := range strings.Fields(f[9]) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return l, fmt.Errorf("samples: %w", err)
		}
		l.Samples = append(l.Samples, v)
	}
	return l, nil
}

// loadLines reads a file of lines.
func loadLines(path string) ([]Line, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines, err := readLines(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return lines, nil
}

// lines are the rows of a forecast, as those of a cell.
func (p Place) lines(of string, rows []rollout.Row) []Line {
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = Line{Place: p, Of: of, Metric: r.Metric, Time: r.Time, Value: r.Value, Samples: r.Samples}
	}
	return lines
}
