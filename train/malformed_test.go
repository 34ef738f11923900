package train

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"eddy/configs"
)

// corpus is the collection of mistakes that comes with package configs.
const corpus = "../configs/testdata/malformed/"

// ours are our spellings for those of the types that package configs is tested
// with. Lines stay where they are.
var ours = strings.NewReplacer("precision: float32", "precision: f32", "modes: 12", "modes: [12]", "modes: 40", "modes: [40]")

// reworded are the parts of messages for mistakes that our types put in other
// words, on the same line. An empty one stands for any message there.
var reworded = map[string]string{
	"weight_negative.yaml": "weight = -1, want a value in (0,inf)",
	"precision_typo.yaml":  "unknown name `flaot32` (known: f32, f64)",
	"extent_axes.yaml":     "2 lengths for the 1 axes of points",
	"noise_order.yaml":     "",
}

// sound are the files whose values are in order for our types: the last step is
// a checkpoint anyway, and modes are compared with the grid once the source has
// described it; see [TestModesAboveGrid].
var sound = map[string]bool{"checkpoint_above_steps.yaml": true, "modes_above_grid.yaml": true}

// TestMalformed reads the corpus as experiments: each mistake is found within a
// moment, at its line.
func TestMalformed(t *testing.T) {
	table, err := os.ReadFile(corpus + "expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for row := range strings.Lines(string(table)) {
		cell := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		name, part := cell[0], cell[2]
		line, err := strconv.Atoi(cell[1])
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := reworded[name]; ok {
			part = other
		}
		t.Run(name, func(t *testing.T) { refuse(t, name, line, part) })
	}
}

func refuse(t *testing.T, name string, line int, part string) {
	const patience = 100 * time.Millisecond
	text := readMalformed(t, name)
	start := time.Now()
	err := configs.Parse(name, text, Default())
	if took := time.Since(start); took > patience {
		t.Errorf("took %v", took)
	}
	if sound[name] {
		if err != nil {
			t.Errorf("got %v, want none", err)
		}
		return
	}
	var faults configs.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v, want faults", err)
	}
	for _, f := range faults {
		if f.Line == line && strings.Contains(f.Message, part) {
			return
		}
	}
	t.Errorf("want line %d: …%s…, got\n%v", line, part, err)
}

func readMalformed(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(corpus + name)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(ours.Replace(string(text)))
}

func TestModesAboveGrid(t *testing.T) {
	e := Default()
	if err := configs.Parse("x", readMalformed(t, "modes_above_grid.yaml"), e); err != nil {
		t.Fatal(err)
	}
	if s, err := e.Open(); err == nil || err.Error() != "model.modes: 40 along axis 0, but 64 points have only 32" {
		t.Errorf("got %v, %v", s, err)
	}
}

// TestWellFormed: without a mistake, the file that the corpus is made of is an
// experiment of ours, so what the corpus is refused for is its mistakes.
func TestWellFormed(t *testing.T) {
	e := Default()
	if err := configs.Parse("valid.yaml", readMalformed(t, "../valid.yaml"), e); err != nil {
		t.Fatal(err)
	}
	s, err := e.Open()
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}
