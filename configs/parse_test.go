package configs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eddy/configs"
)

// numbers has a field for every way of writing one.
type numbers struct {
	I   int
	I8  int8
	U   uint64
	F   float64
	F32 float32
	B   bool
	S   string
}

func TestScalars(t *testing.T) {
	accepted := []struct {
		text string
		want numbers
	}{
		{"i: -12", numbers{I: -12}},
		{"i: +12", numbers{I: 12}},
		{"i: -9223372036854775808", numbers{I: -1 << 63}},
		{"i8: -128", numbers{I8: -128}},
		{"u: 18446744073709551615", numbers{U: 1<<64 - 1}},
		{"f: 3", numbers{F: 3}},
		{"f: 1e-3", numbers{F: 1e-3}},
		{"f: 1E+3", numbers{F: 1000}},
		{"f: .5", numbers{F: 0.5}},
		{"f: 5.", numbers{F: 5}},
		{"f: -0.25", numbers{F: -0.25}},
		{"f: 0e5", numbers{}},
		{"f: 123456789012345678901234567890", numbers{F: 123456789012345678901234567890}},
		{"f32: 0.1", numbers{F32: 0.1}},
		{"b: true", numbers{B: true}},
		{"s: no", numbers{S: "no"}},
		{"s: '12'", numbers{S: "12"}},
		{"s: ''", numbers{}},
		{"s: 2026-01-01", numbers{S: "2026-01-01"}},
		{"s: |\n  two\n  lines", numbers{S: "two\nlines"}},
		{"\"i\": 3 # with a comment\r\n", numbers{I: 3}},
		{"--- # marked\ni: 3\n...\n", numbers{I: 3}},
		{"{i: 3, f: 2}", numbers{I: 3, F: 2}},
		{"{}", numbers{}},
	}
	for _, test := range accepted {
		var got numbers
		if err := configs.Parse("x", []byte(test.text), &got); err != nil || got != test.want {
			t.Errorf("%q: got %+v, %v", test.text, got, err)
		}
	}
	refused := []struct{ text, part string }{
		{"i8: 128", "want an integer from -128 to 127"},
		{"u: -0x1", "write -1"},
		{"i: 1e400", "want an integer"},
		{"i: 1.5e1", "write 15"},
		{"i: 1_0.5", "without underscores"},
		{"i: 08", "write 8"},
		{"i: -010", "write -10"},
		{"f: 007.5", "write 7.5"},
		{"f: 0x10", "write 16"},
		{"f: 0x1p-2", "want a number"},
		{"f: 1_000.5", "write 1000.5"},
		{"f: +.Inf", "want a finite number"},
		{"f: infinity", "want a finite number"},
		{"f: 'nan'", "want a number"},
		{"f32: 1e39", "too large for a number of 32 bits"},
		{"f32: 1e-60", "too small for a number of 32 bits"},
		{"f: true", "got true, want a number"},
		{"b: yes", "write true"},
		{"b: 'true'", "write true"},
		{"b: Off", "write false"},
		{"b: FALSE", "write false"},
		{"b: 1", "got the number 1, want true or false"},
		{"b: [true]", "got a list, want true or false"},
		{"b:", "got nothing, want true or false"},
		{"s: 1e5", "write \"1e5\""},
		{"s: .inf", "write \".inf\""},
		{"s: ~", "got nothing"},
	}
	for _, test := range refused {
		var got numbers
		if err := configs.Parse("x", []byte(test.text), &got); err == nil || !strings.Contains(err.Error(), test.part) {
			t.Errorf("%q: got %+v, %v, want %q", test.text, got, err, test.part)
		}
	}
}

// All faults come at once, in the order of the file, each with its excerpt.
func TestFaults(t *testing.T) {
	text := strings.NewReplacer("width: 32", "widht: 32", "batch: 20", "batch: many", "seed: 0", "seed: -1").Replace(string(valid(t)))
	r := defaults()
	err := configs.Parse("ks.yaml", []byte(text), &r, "rollout.steps=0")
	want := "" +
		"ks.yaml:3:7: seed: got the number -1, want an integer from 0 to 18446744073709551615\n" +
		"    seed: -1\n" +
		"          ^\n" +
		"ks.yaml:16:3: model.widht: unknown key `widht`, did you mean `width`? (known: kind, width, modes, blocks)\n" +
		"      widht: 32\n" +
		"      ^\n" +
		"ks.yaml:24:29: train.batch: got the string \"many\", want an integer\n" +
		"    train: {steps: 1000, batch: many, checkpoint: 200}\n" +
		"                                ^\n" +
		"command line: rollout.steps=0: rollout.steps: steps = 0, want a value in [1,100000]"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// FuzzParse looks for text that makes Parse panic, for messages that could
// confuse a terminal, and for configurations that Marshal does not give back.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "testdata/valid.yaml") {
		if text, err := os.ReadFile(file); err == nil && len(text) < 4000 {
			f.Add(text, "train.steps=3")
		}
	}
	f.Add([]byte("{problem: {dt: 1}}"), "model={kind: repeat, model: fno}")
	f.Add([]byte("problem: {dt: 1}\nloss: [mse, mse]"), "loss.1.weight=0.5")
	f.Fuzz(func(t *testing.T, text []byte, override string) {
		r := defaults()
		if err := configs.Parse("x.yaml", text, &r, override); err != nil {
			inspect(t, err)
			return
		}
		roundTrip(t, &r)
	})
}

func inspect(t *testing.T, err error) {
	faults, ok := err.(configs.Faults)
	if !ok || len(faults) == 0 {
		t.Fatalf("got %v, want faults", err)
	}
	for _, f := range faults {
		if f.File == "" || f.Message == "" || (f.File == "x.yaml") == strings.HasPrefix(f.File, "command line") {
			t.Errorf("got %+v", f)
		}
	}
	if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == 0x202e }) {
		t.Errorf("%q", err.Error())
	}
}
