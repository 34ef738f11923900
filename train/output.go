package train

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

	"eddy/configs"
	"eddy/internal/bundle"
	"eddy/models"
	"eddy/rollout"
)

// Publish writes what there is to show of a judged run: results.csv, the table
// in three formats, the figures and the report. It returns the table.
func (r *Run) Publish(s *Session, j *Judgement, o Outcome, command string) (rollout.Table, error) {
	table := rollout.Tabulate(j.Rows, rollout.Layout{
		Models: modelNames(j.Costs), Costs: j.Costs, Makers: map[string]string{s.Name: s.description()},
	})
	pictures, err := r.pictures(s, j)
	if err != nil {
		return table, err
	}
	text, err := configs.Marshal(r.Experiment)
	if err != nil {
		return table, err
	}
	tables := []rollout.Table{table}
	if j.Health != nil {
		tables = append(tables, j.Health.Tables(s.Name, s.Seed, s.description())...)
	}
	report := rollout.Report{
		Title: s.Name, Summary: s.summary(o), Tables: tables, Pictures: pictures, Config: string(text),
		Environment: r.environmentEntries(), Costs: j.Costs, Counters: counters(o), Command: command,
	}
	return table, errors.Join(
		r.file("results.csv", func(w io.Writer) error { return rollout.WriteRows(w, j.Rows) }),
		r.health(s, j.Health),
		r.file("table.md", table.Markdown),
		r.file("table.csv", table.CSV),
		r.file("table.tex", table.LaTeX),
		r.file("report.html", report.HTML),
	)
}

func modelNames(costs []rollout.Cost) []string {
	var names []string
	for _, c := range costs {
		names = append(names, c.Model)
	}
	return names
}

// health writes the numbers of a forecast's health, where there is one.
func (r *Run) health(s *Session, h *rollout.Health) error {
	if h == nil {
		return nil
	}
	return r.file("health.csv", func(w io.Writer) error { return rollout.WriteRows(w, h.Rows(s.Name, s.Seed)) })
}

// file writes a file of the run, whole or not at all.
func (r *Run) file(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return bundle.WriteFile(r.Path(name), b.Bytes())
}

func (s *Session) summary(o Outcome) string {
	text := fmt.Sprintf("%s trained by %s: %d parameters, %d steps of %d samples in %.1f s, seed %d.",
		models.Name(s.Model), s.Method.Kind, s.Params.Count(), s.Train.Steps, s.Train.Batch, o.Seconds, s.Seed)
	for _, n := range s.Found() {
		text += fmt.Sprintf(" Found %s = %.6g.", n.Name, n.Value)
	}
	return text
}

// Found returns what the method found beside the model.
func (s *Session) Found() []Number {
	if m, ok := s.Method.Value.(Finding); ok {
		return m.Found()
	}
	return nil
}

// pictures draws the figures, and writes them to the folder of that name.
func (r *Run) pictures(s *Session, j *Judgement) ([]rollout.Picture, error) {
	drawn := map[string]func() ([]byte, error){}
	var order, captions []string
	add := func(name, caption string, draw func() ([]byte, error)) {
		drawn[name] = draw
		order, captions = append(order, name), append(captions, caption)
	}
	if series, err := r.lossSeries(); err == nil && len(series) > 0 {
		add("loss.png", "Loss of each training step and validation error.", func() ([]byte, error) { return rollout.LossFigure(series) })
	}
	if len(j.Curves) > 0 {
		add("error.png", "Error over time: median and middle 80 % of the test samples.", func() ([]byte, error) { return rollout.ScoreFigure(j.Curves) })
	}
	switch e := j.Surrogate.First(s.Rollout.Steps); {
	case e.Truth.Grid.Dims() == 1 && e.Truth.Steps() > 1:
		add("spacetime.png", "A test sample in space and time.", func() ([]byte, error) { return rollout.SpaceTime(e, 0, 0) })
	case e.Truth.Grid.Dims() == 2:
		add("frames.png", "A test sample.", func() ([]byte, error) { return rollout.Strip(e, 0, 0, rollout.Spread(e.Truth.Steps(), 5)) })
		if e.Truth.Steps() > 1 {
			add("rollout.gif", "A test sample in motion.", func() ([]byte, error) { return rollout.Animation(e, 0, 0) })
		}
	}
	if j.Health != nil {
		for _, f := range j.Health.Figures() {
			add(f.Name, f.Caption, f.Draw)
		}
	}
	if err := os.MkdirAll(r.Path("figures"), 0o755); err != nil {
		return nil, err
	}
	var pictures []rollout.Picture
	for i, name := range order {
		b, err := drawn[name]()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := r.file("figures/"+name, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
			return nil, err
		}
		pictures = append(pictures, rollout.Picture{Caption: captions[i], Data: b})
	}
	return pictures, nil
}

// lossSeries reads the training's course back from metrics.csv.
func (r *Run) lossSeries() ([]rollout.Series, error) {
	f, err := os.Open(r.Path("metrics.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, err
	}
	var series []rollout.Series
	for c, name := range rows[0] {
		if !slices.Contains(shown(rows[0]), name) {
			continue
		}
		s := rollout.Series{Name: name}
		for _, row := range rows[1:] {
			x, errX := strconv.ParseFloat(row[0], 64)
			y, errY := strconv.ParseFloat(row[c], 64)
			if errX == nil && errY == nil {
				s.X, s.Y = append(s.X, x), append(s.Y, y)
			}
		}
		if len(s.X) > 0 {
			series = append(series, s)
		}
	}
	return series, nil
}

// shown are the columns of metrics.csv that a figure of losses has: the loss,
// the validation error and, where there are several, the terms between them,
// but no numbers that are learned and no weights, whose names have a dot.
func shown(columns []string) []string {
	terms := slices.DeleteFunc(slices.Clone(columns[2:len(columns)-3]), func(c string) bool { return strings.Contains(c, ".") })
	if len(terms) == 1 {
		terms = nil
	}
	return append(terms, "loss", "validation")
}

// counters lists what the stream of data did.
func counters(o Outcome) []rollout.Entry {
	d := o.Data
	return []rollout.Entry{
		{Name: "samples produced", Value: strconv.Itoa(d.Produced)},
		{Name: "different samples used", Value: strconv.Itoa(d.Used)},
		{Name: "samples drawn, repetitions included", Value: strconv.Itoa(d.Draws)},
		{Name: "samples refused: not finite or beyond the bound", Value: strconv.Itoa(d.Rejected)},
		{Name: "simulations that failed", Value: strconv.Itoa(d.Failed)},
		{Name: "buffer in use, mean", Value: fmt.Sprintf("%.0f %%", 100*d.Occupancy)},
		{Name: "trainer waited for samples", Value: fmt.Sprintf("%.2f s", d.Starved)},
		{Name: "solvers waited for room, all together", Value: fmt.Sprintf("%.2f s", d.Blocked)},
	}
}

// Counters is the stream's report in one line.
func (o Outcome) Counters() string {
	var parts []string
	for _, c := range counters(o) {
		parts = append(parts, c.Name+": "+c.Value)
	}
	return strings.Join(parts, "; ")
}

func (r *Run) environmentEntries() []rollout.Entry {
	e := r.environment()
	return []rollout.Entry{
		{Name: "eddy", Value: e.Build.Version}, {Name: "Go", Value: e.Build.Go}, {Name: "target", Value: e.Build.Target},
		{Name: "kernels", Value: e.Build.Kernel}, {Name: "processor", Value: e.CPU},
		{Name: "cores", Value: strconv.Itoa(e.Cores)}, {Name: "seed", Value: strconv.FormatUint(e.Seed, 10)},
	}
}
