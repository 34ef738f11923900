package bench

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"eddy/configs"
	"eddy/rollout"
	"eddy/train"
)

// Cell is one training of a bench.
type Cell struct {
	Place
	Experiment *train.Experiment `json:"-"`
}

// Place is where a cell stands, and the hash of all that its numbers depend on.
type Place struct {
	Scenario string `json:"scenario"`
	Model    string `json:"model"`
	Method   string `json:"method,omitempty"`
	Seed     uint64 `json:"seed"`
	Hash     string `json:"hash"`
}

// Row is the cell's row of a table.
func (p Place) Row() string {
	if p.Method == "" {
		return p.Model
	}
	if p.Model == "" {
		return p.Method
	}
	return p.Model + ", " + p.Method
}

func (p Place) String() string {
	return join(join(p.Scenario, p.Row()), fmt.Sprintf("seed %d", p.Seed))
}

// Plan lists the cells of a bench that stands in a folder, in the order of its
// axes, seeds changing fastest. Overrides lie on top of all layers of every
// cell.
func (b *Bench) Plan(dir string, overrides ...string) ([]Cell, error) {
	base, err := expand(dir, []Variant{b.Base})
	if err != nil {
		return nil, fmt.Errorf("base: %w", err)
	}
	axes := make([][]layer, 3)
	for i, axis := range b.axes() {
		if axes[i], err = expand(dir, axis.variants); err != nil {
			return nil, fmt.Errorf("%s: %w", axis.key, err)
		}
	}
	if len(b.Scenarios) == 0 {
		axes[0][0].name = cmp.Or(b.Base.name(), b.Name)
	}
	version, err := codeVersion()
	if err != nil {
		return nil, err
	}
	h := hasher{version: version, files: map[string]string{}}
	var cells []Cell
	for _, first := range base {
		for _, scenario := range axes[0] {
			for _, model := range axes[1] {
				for _, method := range axes[2] {
					for _, seed := range b.Seeds {
						c := Cell{Place: Place{Scenario: join(scenario.name, first.point), Model: model.name, Method: method.name, Seed: seed}}
						if err := c.resolve(&h, []layer{first, scenario, model, method}, overrides); err != nil {
							return nil, fmt.Errorf("%v: %w", c.Place, err)
						}
						cells = append(cells, c)
					}
				}
			}
		}
	}
	return cells, b.measured(cells)
}

// measured refuses columns that no cell has a metric for.
func (b *Bench) measured(cells []Cell) error {
	for i, column := range b.Columns {
		has := func(m configs.Of[rollout.Metric]) bool {
			_, ok := rollout.DefinedBy(m.Value, column.Metric)
			return ok
		}
		if !slices.ContainsFunc(cells, func(c Cell) bool { return slices.ContainsFunc(c.Experiment.Rollout.Metrics, has) }) {
			return fmt.Errorf("columns.%d.metric: no cell has %s among its rollout.metrics", i, column.Metric)
		}
	}
	return nil
}

// layer is a variant, one of a grid's where there is one.
type layer struct {
	name       string // of the variant and of the point of its grid
	point      string
	file, with []configs.Part
}

// expand reads the variants of an axis. An axis without any has one layer of
// nothing.
func expand(dir string, variants []Variant) ([]layer, error) {
	if len(variants) == 0 {
		return []layer{{}}, nil
	}
	var layers []layer
	for _, v := range variants {
		l := layer{with: []configs.Part{v.With}}
		if v.File != "" {
			path := v.File
			if !filepath.IsAbs(path) {
				path = filepath.Join(dir, path)
			}
			p, err := configs.LoadPart(path)
			if err != nil {
				return nil, err
			}
			l.file = []configs.Part{p}
		}
		points, err := v.Grid.Grid()
		if err != nil {
			return nil, err
		}
		for _, p := range points {
			one := l
			one.name, one.point, one.with = join(v.name(), p.Name), p.Name, append(slices.Clone(l.with), p.Part)
			if slices.ContainsFunc(layers, func(l layer) bool { return l.name == one.name }) {
				return nil, fmt.Errorf("two variants are called %q: give them names", one.name)
			}
			layers = append(layers, one)
		}
	}
	return layers, nil
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// resolve reads the experiment of a cell and hashes it. A cell of a bench without
// models and methods is called after its kind of network.
func (c *Cell) resolve(h *hasher, layers []layer, overrides []string) (err error) {
	var parts []configs.Part
	for _, l := range layers {
		parts = append(parts, l.file...)
	}
	for _, l := range layers {
		parts = append(parts, l.with...)
	}
	e := train.Default()
	own := []string{"name=cell", "seed=" + strconv.FormatUint(c.Seed, 10)}
	if err := configs.Stack(e, parts, append(slices.Clone(overrides), own...)...); err != nil {
		return err
	}
	if c.Hash, err = h.hash("cell", e); err != nil {
		return err
	}
	e.Name, c.Experiment = c.Hash, e
	if c.Row() == "" {
		c.Model = e.Model.Kind
	}
	return nil
}
