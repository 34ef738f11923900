package configs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"eddy/configs"
)

// Each line of expected.tsv is a file, the line of its one mistake (0 for the
// whole file) and a part of the message.
func TestMalformed(t *testing.T) {
	table, err := os.ReadFile("testdata/malformed/expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	expected := map[string]bool{}
	for row := range strings.Lines(string(table)) {
		cell := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		line, err := strconv.Atoi(cell[1])
		if err != nil {
			t.Fatal(err)
		}
		expected[cell[0]] = true
		t.Run(cell[0], func(t *testing.T) { reject(t, cell[0], line, cell[2]) })
	}
	files, err := filepath.Glob("testdata/malformed/*.yaml")
	if err != nil || len(files) != len(expected) {
		t.Errorf("%d files and %d expectations, %v", len(files), len(expected), err)
	}
}

func reject(t *testing.T, file string, line int, part string) {
	const patience = 100 * time.Millisecond
	start := time.Now()
	r := defaults()
	err := configs.Load(filepath.Join("testdata/malformed", file), &r)
	if took := time.Since(start); took > patience {
		t.Errorf("took %v", took)
	}
	var faults configs.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v, want faults", err)
	}
	if len(err.Error()) > 20_000 {
		t.Errorf("a message of %d bytes", len(err.Error()))
	}
	for _, f := range faults {
		if f.Line == line && strings.Contains(f.Message, part) {
			return
		}
	}
	t.Errorf("want line %d: …%s…, got\n%v", line, part, err)
}

func TestValid(t *testing.T) {
	r := defaults()
	if err := configs.Load("testdata/valid.yaml", &r); err != nil {
		t.Fatal(err)
	}
	m := r.Model.Value.(*fno)
	if r.Name != "ks_fno" || r.Problem.Grid.Extent[0] != 22 || m.Width != 32 || m.Modes != 12 || !r.Train.Shuffle {
		t.Errorf("got %+v and %+v", r, m)
	}
}
