package configs_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"eddy/configs"
)

func notANumber() float64 { return math.NaN() }

func TestRegistry(t *testing.T) {
	if got := configs.Kinds[model](); !slices.Equal(got, []string{"deeponet", "fno", "repeat"}) {
		t.Errorf("got %v", got)
	}
	a, err := configs.New[model]("fno")
	b, _ := configs.New[model]("fno")
	if err != nil || a == b || a.(*fno).Width != 32 {
		t.Errorf("got %v and %v, %v", a, b, err)
	}
	_, err = configs.New[model]("fn0")
	want := "configs_test.model: unknown kind `fn0`, did you mean `fno`? (known: deeponet, fno, repeat)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type odd interface{}

func init() { configs.Register("odd", func() odd { return &struct{ Kind string }{} }) }

// A mistake in a type, which no file can cure, panics.
func TestMistakesInTypesPanic(t *testing.T) {
	type hidden struct{ A int }
	mistakes := map[string]func(){
		"registered twice":        func() { configs.Register("fno", func() model { return &fno{} }) },
		"cannot come from YAML":   func() { parse(&struct{ F func() }{}) },
		"a map[string]int cannot": func() { parse(&struct{ M map[string]int }{}) },
		"a time.Duration cannot":  func() { parse(&struct{ D time.Duration }{}) },
		"two fields with the key": func() {
			parse(&struct {
				hidden
				A int
			}{})
		},
		`range:"1,2", want`: func() {
			parse(&struct {
				A int `range:"1,2"`
			}{})
		},
		`range:"[2,1]", want`: func() {
			parse(&struct {
				A int `range:"[2,1]"`
			}{})
		},
		"on a number": func() {
			parse(&struct {
				A string `range:"[1,2]"`
			}{})
		},
		"which chooses the kind": func() {
			var v struct{ O configs.Of[odd] }
			configs.Parse("x", []byte("o: odd"), &v)
		},
	}
	for part, mistake := range mistakes {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, part) {
					t.Errorf("got %q, want %q", text, part)
				}
			}()
			mistake()
		}()
	}
	for _, v := range []any{nil, 3, numbers{}, (*numbers)(nil), new(int)} {
		if err := configs.Parse("x", []byte("i: 1"), v); err == nil || !strings.Contains(err.Error(), "want a pointer to a struct") {
			t.Errorf("%T: got %v", v, err)
		}
	}
}

func parse(v any) { configs.Parse("x", []byte("{}"), v) }

func TestKeys(t *testing.T) {
	var v struct {
		MinNoise, DT, L2Weight, KSViscosity, HTTPPort, X0, Beta1 int
		Renamed                                                  int `yaml:"other_name"`
		Skipped                                                  int `yaml:"-"`
		unexported                                               int
	}
	text := "min_noise: 1\ndt: 1\nl2_weight: 1\nks_viscosity: 1\nhttp_port: 1\nx0: 1\nbeta1: 1\nother_name: 1\n"
	if err := configs.Parse("x", []byte(text), &v); err != nil {
		t.Error(err)
	}
	if out, err := configs.Marshal(v); string(out) != text || v.unexported != 0 {
		t.Errorf("%v\n%s", err, out)
	}
	for _, key := range []string{"skipped", "unexported", "Skipped", "renamed"} {
		if err := configs.Parse("x", []byte(key+": 1"), &v); err == nil || !strings.Contains(err.Error(), "unknown key") {
			t.Errorf("%s: got %v", key, err)
		}
	}
}
