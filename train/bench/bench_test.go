package bench

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/train"
)

// tiny is an experiment of some milliseconds.
const tiny = `name: tiny
problem:
  equation: {kind: ks_conservative}
  grid: {points: [16], extent: [22.0]}
  dt: 0.25
  solver: {kind: etdrk}
  initial: {kind: fourier, cutoff: 3}
source: {kind: online, buffer: 40, reuse: 2, length: 20}
model: {kind: fno, modes: [4], width: 4, blocks: 1}
train: {steps: 6, batch: 4, checkpoint: 2}
rollout: {steps: 5, samples: 3}
`

// small is a bench of two scenarios, two models and two seeds.
const small = `name: small
title: A small bench
base: {file: tiny.yaml}
scenarios:
  - {name: slow}
  - {name: fast, with: {problem: {dt: 0.5}}}
models:
  - {name: FNO, with: {model: {kind: fno, modes: [4], width: 4, blocks: 1}}}
  - {name: Conv, with: {model: {kind: convnet, width: 4, depth: 2}}}
seeds: [7, 3]
columns:
  - {metric: nrmse, times: [1.0]}
  - {metric: rel_l2/fno}
published:
  from: nobody
  values: [{scenario: slow, model: FNO, metric: nrmse, times: [1.0], values: [0.5]}]
`

// folder is a new folder with tiny.yaml and a bench.
func folder(t *testing.T, bench string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"tiny.yaml": tiny, "bench.yaml": bench} {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// cells plans the bench of a folder.
func cells(t *testing.T, dir string, overrides ...string) (*Bench, []Cell) {
	t.Helper()
	b, err := Load(filepath.Join(dir, "bench.yaml"))
	check(t, err)
	all, err := b.Plan(dir, overrides...)
	check(t, err)
	return b, all
}

// TestPlan lists cells in the order of the axes, each with its layers.
func TestPlan(t *testing.T) {
	_, all := cells(t, folder(t, small), "train.steps=4")
	var places []string
	hashes := map[string]bool{}
	for _, c := range all {
		places = append(places, c.String())
		hashes[c.Hash] = true
		if c.Experiment.Train.Steps != 4 || c.Experiment.Seed != c.Seed {
			t.Errorf("%v: %d steps, seed %d", c, c.Experiment.Train.Steps, c.Experiment.Seed)
		}
	}
	want := []string{
		"slow, FNO, seed 7", "slow, FNO, seed 3", "slow, Conv, seed 7", "slow, Conv, seed 3",
		"fast, FNO, seed 7", "fast, FNO, seed 3", "fast, Conv, seed 7", "fast, Conv, seed 3",
	}
	if !slices.Equal(places, want) || len(hashes) != len(want) {
		t.Errorf("%d hashes of\n%q, want\n%q", len(hashes), places, want)
	}
	if dt, kind := all[7].Experiment.Problem.Dt, all[7].Experiment.Model.Kind; dt != 0.5 || kind != "convnet" {
		t.Errorf("the last cell has dt %v and a %s", dt, kind)
	}
}

// TestGridOfVariants: a grid on two axes gives all combinations, by name.
func TestGridOfVariants(t *testing.T) {
	_, all := cells(t, folder(t, `name: grid
base: {file: tiny.yaml}
models: [{name: FNO, grid: {model.width: [4, 6]}}]
methods: [{name: steps, with: {method: supervised}, grid: {method.unroll: [1, 2]}}]
`))
	var rows []string
	for _, c := range all {
		rows = append(rows, c.Row())
	}
	want := []string{
		"FNO, width = 4, steps, unroll = 1", "FNO, width = 4, steps, unroll = 2",
		"FNO, width = 6, steps, unroll = 1", "FNO, width = 6, steps, unroll = 2",
	}
	if !slices.Equal(rows, want) || all[0].Scenario != "tiny" {
		t.Errorf("%s: %q, want %q", all[0].Scenario, rows, want)
	}
	if m := all[3].Experiment.Method.Value.(*train.Supervised); m.Unroll != 2 {
		t.Errorf("unroll = %d, want 2", m.Unroll)
	}
}

// TestHash: it depends on each setting, on the data's content and on what is
// computed, but neither on names nor on the number of workers.
func TestHash(t *testing.T) {
	dir := folder(t, small)
	_, all := cells(t, dir)
	_, same := cells(t, folder(t, strings.Replace(small, "name: FNO", "name: Other", 1)), "workers=3")
	_, other := cells(t, dir, "train.clip=999.0")
	for i := range all {
		if all[i].Hash != same[i].Hash || all[i].Hash == other[i].Hash {
			t.Errorf("%v: %s, with another name %s, with another setting %s", all[i], all[i].Hash, same[i].Hash, other[i].Hash)
		}
	}
	path := filepath.Join(dir, "frames.npy")
	e := train.Default()
	check(t, configs.Parse("tiny.yaml", []byte(tiny), e, "source={kind: file, train: "+path+"}"))
	var sums []string
	for _, content := range []string{"one", "two"} {
		check(t, os.WriteFile(path, []byte(content), 0o644))
		for _, version := range []string{"old", "new"} {
			h := hasher{version: version, files: map[string]string{}}
			for _, what := range []string{"cell", "truth"} {
				sum, err := h.hash(what, e)
				check(t, err)
				sums = append(sums, sum)
			}
		}
	}
	if slices.Sort(sums); len(slices.Compact(sums)) != 8 {
		t.Errorf("hashes %q, want 8 different ones", sums)
	}
	if _, err := (&hasher{files: map[string]string{}}).hash("cell", withFile(t, "none.npy")); err == nil {
		t.Error("data that are not there were hashed")
	}
}

func withFile(t *testing.T, path string) *train.Experiment {
	t.Helper()
	e := train.Default()
	check(t, configs.Parse("tiny.yaml", []byte(tiny), e, "source={kind: file, train: "+path+"}"))
	return e
}

// TestMistakes: what is wrong is found where it stands.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ bench, want string }{
		{"name: x\nmodels: [{with: {}}]", "bench.yaml:2:10: models.0: no name"},
		{"name: x\nseeds: []", "bench.yaml:2:1: seeds: none"},
		{"name: x\nseeds: [1, 1]", "1 twice"},
		{"name: -", "name: "},
		{"name: x\nmodel: []", "unknown key `model`, did you mean `models`?"},
		{"name: x\nbase: {file: none.yaml}", "base: stat "},
		{"name: x\nmodels: [{file: none.yaml}]", "models: stat "},
		{"name: x", "x, seed 1: problem.grid.points: 0 axes"},
		{"name: x\ncolumns: [{metric: nmrse}]", "bench.yaml:2:12: columns.0.metric: unknown metric `nmrse`, did you mean `nrmse`?"},
		{"name: x\nbase: {file: tiny.yaml}\ncolumns: [{metric: nrmse}, {metric: drift@mass}]", "columns.1.metric: no cell has drift@mass"},
		{"name: x\nbase: {file: tiny.yaml}\nmodels: [{name: a, with: {model: {widht: 3}}}]", "bench.yaml:3:35: model.widht: unknown key"},
		{"name: x\nbase: {file: tiny.yaml}\nmodels: [{name: a, grid: {model.width: 3}}]", "bench.yaml:3:40: model.width: got the number 3, want a list"},
		{"name: x\nbase: {file: tiny.yaml}\nmodels: [{name: a}, {name: a}]", `models: two variants are called "a"`},
		{"name: x\npublished: {values: [{metric: nrmse, values: [1.0, 2.0]}]}", "2 values, want 1"},
	} {
		dir := folder(t, test.bench+"\n")
		b, err := Load(filepath.Join(dir, "bench.yaml"))
		if err == nil {
			_, err = b.Plan(dir)
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\ngives %v\nwant …%s…", test.bench, err, test.want)
		}
	}
}

// TestShipped plans the benches in configs/bench, whose files are called as they
// are and begin with the line of the schema.
func TestShipped(t *testing.T) {
	t.Chdir("../..") // files of data are named from the root of the repository
	paths, err := filepath.Glob("configs/bench/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no benches: %v", err)
	}
	for _, path := range paths {
		b, err := Load(path)
		check(t, err)
		if b.Name+".yaml" != filepath.Base(path) {
			t.Errorf("%s: name: %s", path, b.Name)
		}
		text, err := os.ReadFile(path)
		check(t, err)
		if lines := strings.SplitN(string(text), "\n", 3); lines[0] != "# yaml-language-server: $schema=schema.json" || !strings.HasPrefix(lines[1], "# ") {
			t.Errorf("%s begins with\n%s\n%s", path, lines[0], lines[1])
		}
		all, err := b.Plan(filepath.Dir(path), "problem.warmup=0", "rollout.steps=1", "source.length=4")
		check(t, err)
		rows := map[string]bool{}
		for _, c := range all {
			if rows[c.kind()] {
				continue
			}
			rows[c.kind()] = true
			s, err := c.Experiment.Open()
			if err != nil {
				t.Errorf("%s: %v: %v", path, c, err)
				continue
			}
			s.Close()
		}
		for _, v := range b.Published.Values {
			if !slices.ContainsFunc(all, func(c Cell) bool { return c.Model == v.Model && (v.Scenario == "" || c.Scenario == v.Scenario) }) {
				t.Errorf("%s: published.values of %s, %s, which is no row", path, v.Scenario, v.Model)
			}
		}
	}
}
