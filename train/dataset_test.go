package train

import (
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/data"
)

// Data sets of every form: settings that make them of tiny, and the axes of
// their arrays.
var datasets = map[string]struct {
	settings []string
	arrays   map[string]string
	source   string // that reads them, in place of DIR
}{
	"trajectories": {
		nil,
		map[string]string{"frames.npy": "trajectory 2 t 6 x 16 channel 1"},
		"source={kind: file, train: DIR/frames.npy, test: DIR/frames.npy}",
	},
	"parameters": {
		[]string{"problem.parameters=[{name: equation.convection, law: {kind: uniform, low: 0.5, high: 1.0}}]"},
		map[string]string{"parameters.npy": "trajectory 2 parameter 1", "frames.npy": "trajectory 2 t 6 x 16 channel 1"},
		"source={kind: file, train: DIR/frames.npy, test: DIR/frames.npy, parameters: parameters.npy}",
	},
	"plane": {
		[]string{"problem.equation=burgers", "problem.grid={points: [8, 10], extent: [1.0, 2.0]}", "model.modes=[4, 4]", "problem.dt=0.01"},
		map[string]string{"frames.npy": "trajectory 2 t 6 x 8 y 10 channel 2"},
		"source={kind: file, train: DIR/frames.npy, test: DIR/frames.npy}",
	},
	"space": {
		[]string{"problem.equation=diffusion", "problem.grid={points: [8, 8, 8], extent: [1.0, 1.0, 1.0]}", "model.modes=[3, 3, 3]", "problem.dt=0.01"},
		map[string]string{"frames.npy": "trajectory 2 t 6 x 8 y 8 z 8 channel 1"},
		"source={kind: file, train: DIR/frames.npy, test: DIR/frames.npy}",
	},
	"pairs": {
		[]string{
			"problem.equation=darcy", "problem.solver=darcy", "problem.initial=two_phase",
			"problem.grid={points: [9, 9], extent: [1.0, 1.0], boundary: walls}", "problem.symmetries=[]",
			"problem.ends=[{low: dirichlet, high: dirichlet}, {low: dirichlet, high: dirichlet}]",
			"method=operator", "rollout.steps=1",
		},
		map[string]string{"pairs.npz a": "pair 2 x 9 y 9 channel 1", "pairs.npz u": "pair 2 x 9 y 9 channel 1"},
		"source={kind: file, train: DIR/pairs.npz, test: DIR/pairs.npz, input: a, target: u}",
	},
}

// What is written is described, drawn, and read back as it was computed; and
// equal experiments write equal bytes.
func TestDatasets(t *testing.T) {
	for name, test := range datasets {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a")
			e := experiment(t, test.settings...)
			_, err := e.Generate(t.Context(), dir)
			check(t, err)
			d, err := OpenDataset(dir)
			check(t, err)
			for _, a := range d.Arrays {
				axes := ""
				for _, x := range a.Axes {
					axes += x.Name + " " + string(rune('0'+x.Length/10)) + string(rune('0'+x.Length%10)) + " "
				}
				axes = strings.TrimSpace(strings.ReplaceAll(axes, " 0", " "))
				if key := strings.TrimSpace(a.File + " " + a.Name); axes != test.arrays[key] {
					t.Errorf("%s has the axes %q, want %q", key, axes, test.arrays[key])
				}
				_, err := d.Summaries(a)
				check(t, err)
			}
			if len(d.Arrays) != len(test.arrays) {
				t.Errorf("%d arrays, want %d", len(d.Arrays), len(test.arrays))
			}
			isPicture(t, d)
			readsBack(t, e, experiment(t, append(test.settings, strings.ReplaceAll(test.source, "DIR", dir))...))
			again := dir + "again"
			_, err = e.Generate(t.Context(), again)
			check(t, err)
			for _, file := range []string{headerName, d.Arrays[0].File, "config.yaml"} {
				one, err := os.ReadFile(filepath.Join(dir, file))
				check(t, err)
				if two, _ := os.ReadFile(filepath.Join(again, file)); !slices.Equal(one, two) {
					t.Errorf("%s differs from the first to the second time", file)
				}
			}
		})
	}
}

// isPicture draws a data set and decodes the picture.
func isPicture(t *testing.T, d *Dataset) {
	t.Helper()
	path, err := d.Draw(t.Context())
	check(t, err)
	f, err := os.Open(path)
	check(t, err)
	defer f.Close()
	_, err = png.Decode(f)
	check(t, err)
}

// readsBack compares the test trajectories of two experiments, bit by bit.
func readsBack(t *testing.T, computed, read *Experiment) {
	t.Helper()
	want, err := computed.Source.Value.Trials(t.Context(), computed.request(), data.Test, 2, computed.Rollout.Steps)
	check(t, err)
	got, err := read.Source.Value.Trials(t.Context(), read.request(), data.Test, 2, computed.Rollout.Steps)
	check(t, err)
	if len(got) != len(want) {
		t.Fatalf("%d trajectories, want %d", len(got), len(want))
	}
	for i := range want {
		if !slices.EqualFunc(got[i].Frames, want[i].Frames, slices.Equal[[]float64]) || !slices.Equal(got[i].Parameters, want[i].Parameters) {
			t.Errorf("trajectory %d was read back as another", i)
		}
	}
}

// A header says which trajectories are missing, where the points are, and when
// the frames.
func TestHeader(t *testing.T) {
	e := experiment(t, "problem.grid={points: [4], extent: [2.0], boundary: cells}")
	first, err := e.Source.Value.Trials(t.Context(), experiment(t).request(), data.Test, 3, 1)
	check(t, err)
	h, err := e.header([]data.Trajectory{first[1], first[2]})
	check(t, err)
	if !slices.Equal(h.Failed, []uint64{0}) {
		t.Errorf("missing are %v, want number 0", h.Failed)
	}
	if x := coordinates(e.Problem.Grid)[0]; x.First != 0.25 || x.Spacing != 0.5 || x.Name != "x" || x.Unit == "" {
		t.Errorf("axis %+v, want cells of 0.5 from 0.25 on", x)
	}
	var problem struct{ Solver struct{ Kind string } }
	check(t, json.Unmarshal(h.Problem, &problem))
	if problem.Solver.Kind != "etdrk" {
		t.Errorf("problem %s", h.Problem)
	}
}

func TestGenerateRefuses(t *testing.T) {
	e := experiment(t)
	e.Problem.Equation.Value = nil
	dir := filepath.Join(t.TempDir(), "a")
	if _, err := e.Generate(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "nothing to compute") {
		t.Errorf("error %v without an equation", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder was left behind")
	}
}

// A folder that is no data set, or not any more, is refused.
func TestOpenDatasetRefuses(t *testing.T) {
	for want, damage := range map[string]func(t *testing.T, dir string){
		"holds no data set":       func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, headerName))) },
		"unexpected end of JSON":  func(t *testing.T, dir string) { edit(t, dir, headerName, "{", "[{") },
		"has the format 7":        func(t *testing.T, dir string) { edit(t, dir, headerName, `"format": 1`, `"format": 7`) },
		"names no arrays":         func(t *testing.T, dir string) { edit(t, dir, headerName, `"arrays"`, `"fields"`) },
		"is no array":             func(t *testing.T, dir string) { edit(t, dir, headerName, `"frames.npy"`, `"../frames.npy"`) },
		"is not what was written": func(t *testing.T, dir string) { edit(t, dir, "frames.npy", "NUMPY", "NUMPX") },
		"no such file":            func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, "frames.npy"))) },
		"neither trajectories nor": func(t *testing.T, dir string) {
			edit(t, dir, headerName, `"file": "frames.npy"`, `"file": "frames.npy", "name": "u"`)
		},
	} {
		dir := filepath.Join(t.TempDir(), "a")
		_, err := experiment(t).Generate(t.Context(), dir)
		check(t, err)
		damage(t, dir)
		d, err := OpenDataset(dir)
		if err == nil {
			_, err = d.Draw(t.Context())
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

// edit replaces the first of some text in a file.
func edit(t *testing.T, dir, file, old, replacement string) {
	t.Helper()
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	check(t, err)
	check(t, os.WriteFile(path, []byte(strings.Replace(string(text), old, replacement, 1)), 0o644))
}
