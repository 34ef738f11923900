package configs_test

import (
	"errors"
	"strings"
	"testing"

	"eddy/configs"
)

// window has rules of several kinds: about keys, about itself, and joined.
type window struct {
	First, Last int
	Inner       struct {
		Sizes []int
	}
}

func (w *window) Check() error {
	var all []error
	if w.First > w.Last {
		all = append(all, configs.At("first", "first = %d, want at most %d", w.First, w.Last))
	}
	if w.First == w.Last {
		all = append(all, errors.New("is empty"))
	}
	for i, size := range w.Inner.Sizes {
		if size > 10 {
			all = append(all, configs.At("inner.sizes."+string(rune('0'+i)), "too wide"))
		}
	}
	if len(w.Inner.Sizes) > 2 {
		all = append(all, configs.At("inner.sizes", "too many"))
	}
	return errors.Join(all...)
}

// counted is embedded, so its keys are inlined and its Check is promoted.
type counted struct {
	Count int
}

func (c *counted) Check() error {
	if c.Count > 3 {
		return configs.At("count", "count = %d, want at most 3", c.Count)
	}
	return nil
}

func TestCheck(t *testing.T) {
	type outer struct {
		counted
		Size   int `range:"[1,8]"`
		Window window
	}
	tests := []struct{ text, want string }{
		{"size: 2\nwindow: {first: 1, last: 5}\n", ""},
		{"size: 2\nwindow: {last: 5, first: 6}\n", "x:2:19: window.first: first = 6, want at most 5"},
		{"size: 2\nwindow: {last: -3}\n", "x:2:9: window.first: first = 0, want at most -3 (first is not given, its default is 0)"},
		{"size: 2\n", "x:1:1: window: is empty"},
		{"size: 2\nwindow: {first: 5, last: 5}\n", "x:2:9: window: is empty"},
		{"size: 2\nwindow:\n  last: 1\n  inner: {sizes: [1, 20]}\n", "x:4:22: window.inner.sizes.1: too wide"},
		{"size: 2\nwindow:\n  last: 1\n  inner: {sizes: [1, 2, 3]}\n", "x:4:11: window.inner.sizes: too many"},
		{"size: 2\ncount: 4\nwindow: {last: 1}\n", "x:2:1: count: count = 4, want at most 3"},
		{"size: 2\ncount: 4\n", "x:1:1: window: is empty"}, // the outer Check is not called then
		{"window: {last: 1}\n", "x:1:1: size: must be given: the default 0 is not in [1,8]"},
		{"size: 2\nwindow: {first: 6, last: x}\n", "x:2:26: window.last: got the string \"x\", want an integer"},
	}
	for _, test := range tests {
		var v outer
		got := ""
		if err := configs.Parse("x", []byte(test.text), &v); err != nil {
			got, _, _ = strings.Cut(err.Error(), "\n")
			if n := len(err.(configs.Faults)); n != 1 {
				t.Errorf("%q: %d faults\n%v", test.text, n, err)
			}
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAt(t *testing.T) {
	cause := errors.New("cause")
	err := configs.At("width", "wrong: %w", cause)
	var field *configs.FieldError
	if !errors.As(err, &field) || field.Field != "width" || err.Error() != "wrong: cause" || !errors.Is(err, cause) {
		t.Errorf("got %#v", err)
	}
}
