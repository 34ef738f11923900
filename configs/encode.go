package configs

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// encode turns a value into the tree that reads back as it, nil for a value
// that the configuration does not have.
func encode(v reflect.Value) (*node, error) {
	switch {
	case !v.IsValid():
		return nil, nil
	case v.Type() == partType:
		return v.Interface().(Part).tree(), nil
	case isChoice(v.Type()):
		return encodeChoice(v)
	case isText(v.Type()):
		return encodeText(v)
	}
	switch v.Kind() {
	case reflect.Struct:
		n := &node{shape: mapping}
		return n, encodeFields(n, v)
	case reflect.Slice, reflect.Array:
		n := &node{shape: list}
		for i := range v.Len() {
			item, err := encode(v.Index(i))
			if err != nil {
				return nil, fmt.Errorf("%d: %w", i, err)
			}
			if item == nil {
				return nil, fmt.Errorf("%d: not set", i)
			}
			n.items = append(n.items, item)
		}
		return n, nil
	case reflect.String:
		return encodeString(v.String())
	case reflect.Float32, reflect.Float64:
		return encodeFloat(v.Float(), v.Type().Bits())
	}
	return &node{text: fmt.Sprint(v)}, nil // a bool or an integer
}

func encodeFields(n *node, v reflect.Value) error {
	for _, f := range fields(v.Type()) {
		value, err := encode(v.FieldByIndex(f.index))
		if err != nil {
			return fmt.Errorf("%s: %w", f.key, err)
		}
		if value != nil {
			n.pairs = append(n.pairs, pair{&node{text: f.key}, value})
		}
	}
	return nil
}

func encodeChoice(v reflect.Value) (*node, error) {
	c := reflect.New(v.Type())
	c.Elem().Set(v)
	kind, value := c.Interface().(chooser).chosen()
	if value == nil {
		return nil, nil
	}
	if kind == "" {
		return nil, fmt.Errorf("a %T without the name of its kind", value)
	}
	n := &node{shape: mapping, pairs: []pair{{&node{text: "kind"}, &node{text: kind, quoted: true}}}}
	if v, ok := settings(value); ok {
		return n, encodeFields(n, v)
	}
	return n, nil
}

// encodeText gives the name of a value that is read by name, nil for a zero
// value that has none.
func encodeText(v reflect.Value) (*node, error) {
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	name, err := nameOf(p.Interface(), v)
	if err != nil {
		return nil, err
	}
	if err := p.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(name)); err != nil {
		if v.IsZero() {
			return nil, nil
		}
		return nil, fmt.Errorf("%q would not be read back: %w", clip(name), err)
	}
	return encodeString(name)
}

func nameOf(p any, v reflect.Value) (string, error) {
	switch x := p.(type) {
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		return string(text), err
	case fmt.Stringer:
		return x.String(), nil
	}
	if v.Kind() == reflect.String {
		return v.String(), nil
	}
	return "", fmt.Errorf("a %v has no MarshalText or String method", v.Type())
}

func encodeString(s string) (*node, error) {
	if strings.ToValidUTF8(s, "") != s || strings.ContainsFunc(s, unprintable) {
		return nil, fmt.Errorf("%q cannot be written to a configuration", clip(s))
	}
	return &node{text: s, quoted: true}, nil
}

// encodeFloat gives the shortest decimal that reads back as x, with a point so
// that every YAML reader takes it for a float.
func encodeFloat(x float64, bits int) (*node, error) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, fmt.Errorf("%v is not finite", x)
	}
	mantissa, exponent, scientific := strings.Cut(strconv.FormatFloat(x, 'g', -1, bits), "e")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if scientific {
		mantissa += "e" + exponent
	}
	return &node{text: mantissa}, nil
}
