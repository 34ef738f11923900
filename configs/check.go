package configs

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// checker is a struct with rules that concern several of its fields. Check is
// called after the struct has been read without a fault, innermost structs
// first.
type checker interface{ Check() error }

// FieldError is an error about one key of the struct whose Check returns it.
type FieldError struct {
	Field string // the key as in the file, or a path below it such as grid.points
	Err   error
}

func (e *FieldError) Error() string { return e.Err.Error() }

func (e *FieldError) Unwrap() error { return e.Err }

// At returns a [FieldError]: a Check method uses it to say which key is wrong.
// Several can be joined by errors.Join.
//
//	return configs.At("modes", "modes = %d, want at most %d", m.Modes, points/2)
func At(field string, format string, args ...any) error {
	return &FieldError{field, fmt.Errorf(format, args...)}
}

// check calls the Check method of a struct or, where it has none, those of
// the structs embedded in it.
func (w *walker) check(s spot, v reflect.Value) {
	if c, ok := v.Addr().Interface().(checker); ok {
		w.complain(s, v, c.Check())
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.IsExported() && f.Type.Kind() == reflect.Struct && f.Tag.Get("yaml") == "" {
			w.check(s, v.Field(i))
		}
	}
}

// complain reports what Check returned at the keys it is about.
func (w *walker) complain(s spot, v reflect.Value, err error) {
	var field *FieldError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			w.complain(s, v, e)
		}
	} else if errors.As(err, &field) {
		w.report(w.locate(s, v, field, err))
	} else if err != nil {
		w.report(s, printable(err.Error()))
	}
}

// locate finds the key that an error is about. If the file does not have it,
// the error goes to the section and names the default.
func (w *walker) locate(s spot, v reflect.Value, field *FieldError, err error) (spot, string) {
	message := printable(err.Error())
	at, name := s, s.node
	for _, key := range strings.Split(field.Field, ".") {
		var value *node
		if at.given {
			name, value = at.node.at(key)
		}
		at = at.below(key, value)
		v, _ = lookup(v, key)
	}
	if at.given {
		return spot{at.path, name, true}, message
	}
	if n, err := encode(v); err == nil && n != nil && n.shape == scalar {
		message += fmt.Sprintf(" (%s is not given, its default is %s)", leaf(at.path), clip(n.text))
	}
	return at, message
}

// at returns the nodes of a key and its value, or twice that of an element.
// They are nil where there is none.
func (n *node) at(key string) (name, value *node) {
	for _, p := range n.pairs {
		if p.key.text == key {
			return p.key, p.value
		}
	}
	if i, err := strconv.Atoi(key); err == nil && n.shape == list && 0 <= i && i < len(n.items) {
		return n.items[i], n.items[i]
	}
	return nil, nil
}

// lookup returns the value of a key or an element, invalid if there is none,
// and the bounds of a key.
func lookup(v reflect.Value, key string) (reflect.Value, *bounds) {
	v = opened(v)
	switch v.Kind() {
	case reflect.Struct:
		for _, f := range fields(v.Type()) {
			if f.key == key {
				return v.FieldByIndex(f.index), f.limits
			}
		}
	case reflect.Slice, reflect.Array:
		if i, err := strconv.Atoi(key); err == nil && 0 <= i && i < v.Len() {
			return v.Index(i), nil
		}
	}
	return reflect.Value{}, nil
}

// opened returns the settings of a section that chooses a kind, invalid if it
// has none, and any other value as it is.
func opened(v reflect.Value) reflect.Value {
	if v.IsValid() && v.CanAddr() && isChoice(v.Type()) {
		_, value := v.Addr().Interface().(chooser).chosen()
		v, _ = settings(value)
	}
	return v
}
