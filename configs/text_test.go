package configs_test

import (
	"errors"
	"strings"
	"testing"

	"eddy/configs"
)

// even is written by its own MarshalText, boundary by its String method, and
// mute by neither.
type even int

func (e *even) UnmarshalText(text []byte) error {
	if len(text)%2 != 0 {
		return errors.New("want an even number of letters")
	}
	*e = even(len(text))
	return nil
}

func (e even) MarshalText() ([]byte, error) {
	if e < 0 {
		return nil, errors.New("negative")
	}
	return []byte(strings.Repeat("x", int(e))), nil
}

type boundary int

var boundaries = []string{"periodic", "wall"}

func (boundary) Names() []string { return boundaries }

func (b boundary) String() string {
	if b == 0 {
		return "none"
	}
	return boundaries[b-1]
}

func (b *boundary) UnmarshalText(text []byte) error {
	for i, name := range boundaries {
		if name == string(text) {
			*b = boundary(i + 1)
			return nil
		}
	}
	return errors.New("unknown")
}

type mute struct{ set bool }

func (m *mute) UnmarshalText([]byte) error {
	m.set = true
	return nil
}

func TestText(t *testing.T) {
	type texts struct {
		Even  even
		Edges []boundary
		Edge  boundary
	}
	var v, back texts
	if err := configs.Parse("x", []byte("even: xx\nedges: [wall, 'periodic']\n"), &v); err != nil {
		t.Fatal(err)
	}
	out, err := configs.Marshal(v)
	if want := "even: xx\nedges: [wall, periodic]\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out) // edge has no name, so it is left out
	}
	if err := configs.Parse("x", out, &back); err != nil || back.Even != 2 || back.Edges[0] != 2 {
		t.Errorf("got %+v, %v", back, err)
	}
	for text, part := range map[string]string{
		"even: xxx":        "even: want an even number of letters",
		"even: [xx]":       "got a list, want a name",
		"even: \"\\0\\0\"": "want a name",
		"edge: wal":        "unknown name `wal`, did you mean `wall`? (known: periodic, wall)",
		"edge: ~":          "got nothing, want one of periodic, wall",
		"edges: wall":      "want a list: write [wall]",
	} {
		if err := configs.Parse("x", []byte(text), &v); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: got %v, want %q", text, err, part)
		}
	}
	for part, v := range map[string]any{
		"has no MarshalText":   struct{ M mute }{},
		"negative":             struct{ E even }{-2},
		"e: 0: not set":        struct{ E []boundary }{make([]boundary, 1)},
		"would not be read":    struct{ P precision }{"float16"},
		"c: 0: not set":        struct{ C []configs.Of[model] }{make([]configs.Of[model], 1)},
		"cannot write a []int": []int{1},
	} {
		if out, err := configs.Marshal(v); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%T: got %s, %v, want %q", v, out, err, part)
		}
	}
}

// plainKind is a kind without settings that is not even a pointer.
type plainKind struct{}

func (plainKind) isSchedule() {}

func init() { configs.Register("constant", func() schedule { return plainKind{} }) }

func TestKindWithoutSettings(t *testing.T) {
	type holder struct{ Schedule configs.Of[schedule] }
	for text, part := range map[string]string{
		"schedule: constant":                  "",
		"schedule: {kind: constant}":          "",
		"schedule: {kind: constant, rate: 1}": "unknown key `rate` (known: kind)",
	} {
		var v holder
		err := configs.Parse("x", []byte(text), &v)
		if part == "" && (err != nil || v.Schedule.Value != schedule(plainKind{})) {
			t.Errorf("%q: got %+v, %v", text, v, err)
		}
		if part != "" && (err == nil || !strings.Contains(err.Error(), part)) {
			t.Errorf("%q: got %v, want %q", text, err, part)
		}
	}
	v := holder{configs.Of[schedule]{Kind: "constant", Value: plainKind{}}}
	if out, err := configs.Marshal(v); string(out) != "schedule:\n  kind: constant\n" {
		t.Errorf("%s, %v", out, err)
	}
	if out, err := configs.Schema(v); err != nil || !strings.Contains(string(out), `"constant"`) {
		t.Errorf("%s, %v", out, err)
	}
}
