// Package bench fills tables that compare: scenarios × models × methods ×
// seeds, each cell an experiment of its own, trained, judged and kept under the
// hash of all that its numbers depend on.
//
// The way of a number: a [Bench] gives a [Plan] of cells, [Run] trains them and
// keeps a record of each, results.csv and timings.csv collect the records, and
// [Publish] makes tables and the page of these two files and of nothing else.
package bench

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"eddy/configs"
	"eddy/rollout"
)

// Bench is a benchmark: a YAML file of configs/bench, as Go. Each axis lists
// variants, and every combination of them is a cell:
//
//	name: widths
//	base: {file: ../quickstart.yaml}
//	models:
//	  - {name: FNO, grid: {model.width: [16, 32]}}
//	  - {name: U-Net, with: {model: {kind: unet}}}
//	seeds: [1, 2, 3]
//
// The experiment of a cell is read in layers, each on top of those before: the
// files of the base, scenario, model and method, then what these have with them
// and the values of their grids. What names a kind takes the place of the whole
// section below.
type Bench struct {
	Name      string    `doc:"of the folder with the results; letters, digits, dot, dash and underscore"`
	Title     string    `doc:"what the table shows, in a line"`
	Base      Variant   `doc:"what all cells share"`
	Scenarios []Variant `doc:"problems; the base's alone by default"`
	Models    []Variant `doc:"networks, the rows of the table; the base's alone by default"`
	Methods   []Variant `doc:"ways to train; the base's alone by default"`
	Seeds     []uint64  `doc:"of everything random"`
	Columns   []Column  `doc:"of the table; by default all metrics"`
	Published Published `doc:"what others report, to be printed below our own"`
}

// Variant is a choice on an axis of a bench, or several where it has a grid.
type Variant struct {
	Name string       `doc:"in tables; by default that of the file"`
	File string       `doc:"an experiment, or a part of one, from the folder of the bench"`
	With configs.Part `doc:"what is different, as a part of an experiment"`
	Grid configs.Part `doc:"settings such as model.width, and the list of values of each: every combination is a variant"`
}

// Column is a metric of the table, a curve at each of some times.
type Column struct {
	Metric string    `doc:"as in results.csv"`
	Times  []float64 `range:"(0,inf)" doc:"in time units, for a curve"`
}

// Published is a table of others, to compare with.
type Published struct {
	From   string  `doc:"where it is printed"`
	Values []Value `doc:"its numbers"`
}

// Value is one of a published table, or several along a curve.
type Value struct {
	Scenario string    `doc:"its name on our axis, if there are several"`
	Model    string    `doc:"its name on our axis"`
	Metric   string    `doc:"that ours is compared with"`
	Times    []float64 `range:"(0,inf)" doc:"in time units, for a curve"`
	Values   []float64 `doc:"one for each time, or a single one"`
}

// Default returns a bench of one cell.
func Default() *Bench { return &Bench{Seeds: []uint64{1}} }

// Load reads a bench. Files that it names are read when it is planned.
func Load(path string) (*Bench, error) {
	b := Default()
	return b, configs.Load(path, b)
}

var names = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Check reports names that are missing, axes that are empty or say a thing
// twice, and columns of metrics that do not exist.
func (b *Bench) Check() error {
	if !names.MatchString(b.Name) {
		return configs.At("name", "%q, want 1 to 64 letters, digits, dots, dashes or underscores that begin with a letter or digit", b.Name)
	}
	for _, axis := range b.axes() {
		for i, v := range axis.variants {
			if v.name() == "" {
				return configs.At(fmt.Sprintf("%s.%d", axis.key, i), "no name, and no file that it could be called after")
			}
		}
	}
	if len(b.Seeds) == 0 {
		return configs.At("seeds", "none, want one or more")
	}
	for i, seed := range b.Seeds {
		if slices.Contains(b.Seeds[:i], seed) {
			return configs.At("seeds", "%d twice", seed)
		}
	}
	for i, c := range b.Columns {
		if _, ok := rollout.Define(c.Metric); !ok {
			return configs.At(fmt.Sprintf("columns.%d.metric", i), "%s", configs.Unknown("metric", c.Metric, rollout.Names()))
		}
	}
	for i, v := range b.Published.Values {
		if len(v.Values) != max(1, len(v.Times)) {
			return configs.At(fmt.Sprintf("published.values.%d.values", i), "%d values, want %d", len(v.Values), max(1, len(v.Times)))
		}
	}
	return nil
}

// axis lists the variants of a bench along an axis.
type axis struct {
	key      string
	variants []Variant
}

func (b *Bench) axes() []axis {
	return []axis{{"scenarios", b.Scenarios}, {"models", b.Models}, {"methods", b.Methods}}
}

// name is what a variant is called in tables.
func (v Variant) name() string {
	if v.Name != "" || v.File == "" {
		return v.Name
	}
	file := filepath.Base(v.File)
	return strings.TrimSuffix(file, filepath.Ext(file))
}

func (b *Bench) columns() []rollout.Column {
	var columns []rollout.Column
	for _, c := range b.Columns {
		columns = append(columns, rollout.Column{Metric: c.Metric, Times: c.Times})
	}
	return columns
}
