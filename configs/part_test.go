package configs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
)

// variant is a configuration with parts of another one in it.
type variant struct {
	Name string
	With configs.Part
	Grid configs.Part
}

// inner reads the parts of a configuration called outer.yaml.
func inner(t *testing.T, text string) variant {
	t.Helper()
	var n variant
	if err := configs.Parse("outer.yaml", []byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestStack reads two parts and an override. A section is merged key by key, a
// kind and a list take the place of what was there.
func TestStack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "below.yaml")
	below := `name: below
problem: {equation: ks, grid: {points: [8], extent: [1.0]}, dt: 0.5}
model: {kind: fno, width: 8, modes: 4}
train: {steps: 5, checkpoint: 5}
`
	if err := os.WriteFile(path, []byte(below), 0o644); err != nil {
		t.Fatal(err)
	}
	first, err := configs.LoadPart(path)
	if err != nil {
		t.Fatal(err)
	}
	above := inner(t, "with:\n  problem: {grid: {points: [16]}}\n  model: {kind: fno, modes: 4}\n  train: {steps: 7}\n")
	r := defaults()
	if err := configs.Stack(&r, []configs.Part{first, {}, above.With}, "train.batch=3"); err != nil {
		t.Fatal(err)
	}
	if m := r.Model.Value.(*fno); m.Width != 32 {
		t.Errorf("width = %d, want the default 32: a kind begins anew", m.Width)
	}
	if r.Name != "below" || r.Problem.Grid.Points[0] != 16 || r.Problem.Grid.Extent[0] != 1 || r.Train.Steps != 7 || r.Train.Checkpoint != 5 || r.Train.Batch != 3 {
		t.Errorf("got %+v", r)
	}
	if err := configs.Stack(&r, []configs.Part{above.With, first}); err != nil || r.Train.Steps != 5 {
		t.Errorf("the other way round: steps = %d, %v", r.Train.Steps, err)
	}
	if err := configs.Stack(&r, []configs.Part{first, inner(t, "with: {model: {width: 9}}").With}); err != nil || r.Model.Value.(*fno).Width != 9 {
		t.Errorf("a section without a kind: %+v, %v", r.Model.Value, err)
	}
}

// TestStackFaults: what is wrong in a part is found where it stands.
func TestStackFaults(t *testing.T) {
	part := inner(t, "name: x\nwith:\n  train: {setps: 3}\n").With
	r := defaults()
	err := configs.Stack(&r, []configs.Part{part}, "model.widht=3")
	for _, want := range []string{"outer.yaml:3:11: train.setps: unknown key `setps`, did you mean `steps`?", "          ^", "command line: model.widht=3"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want …%s…, got %v", want, err)
		}
	}
	twice := inner(t, "with: {name: a, name: b}").With
	if err := configs.Stack(&r, []configs.Part{twice}); err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("a key that is given twice: %v", err)
	}
	var n variant
	if err := configs.Parse("outer.yaml", []byte("with: 3\n"), &n); err == nil || !strings.Contains(err.Error(), "outer.yaml:1:7: with: got the number 3, want a mapping") {
		t.Errorf("a part that is no mapping: %v", err)
	}
	if _, err := configs.LoadPart("none.yaml"); err == nil {
		t.Error("a file that is not there was read")
	}
}

// TestGrid lists combinations, the last setting changing fastest.
func TestGrid(t *testing.T) {
	points, err := inner(t, "grid: {model.width: [8, 16], problem.grid.points: [[32], [64]]}").Grid.Grid()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range points {
		names = append(names, p.Name)
	}
	want := []string{"width = 8, points = [32]", "width = 8, points = [64]", "width = 16, points = [32]", "width = 16, points = [64]"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	r := defaults()
	base := inner(t, "with: {name: x, problem: {grid: {extent: [1.0]}, dt: 0.1}, model: {kind: fno, modes: 2}}").With
	if err := configs.Stack(&r, []configs.Part{base, points[3].Part}); err != nil {
		t.Fatal(err)
	}
	if m := r.Model.Value.(*fno); m.Width != 16 || r.Problem.Grid.Points[0] != 64 {
		t.Errorf("got %+v, %v", m, r.Problem.Grid)
	}
	if points, err := (configs.Part{}).Grid(); err != nil || len(points) != 1 || points[0].Name != "" {
		t.Errorf("no grid: %v, %v", points, err)
	}
	for _, text := range []string{"grid: {model.width: 8}", "grid: {model.width: []}", "grid: {model..width: [8]}"} {
		if _, err := inner(t, text).Grid.Grid(); err == nil || !strings.Contains(err.Error(), "outer.yaml:1:") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestPartIsWritten: a part is written as it was read.
func TestPartIsWritten(t *testing.T) {
	n := inner(t, "name: x\nwith: {a: \"1\", b: [x y, 2], c: {kind: Conv;26}}\n")
	text, err := configs.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	again, err := configs.Marshal(inner(t, string(text)))
	if err != nil || string(again) != string(text) || !strings.Contains(string(text), "Conv;26") {
		t.Errorf("written\n%s\nand, of that,\n%s%v", text, again, err)
	}
	if _, err := configs.Schema(variant{}); err != nil {
		t.Error(err)
	}
}
