package configs

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// walker reads a tree into Go values, collecting everything that is wrong.
type walker struct {
	faults Faults
	bad    int     // counts faults and values that were reported before
	source *source // that parts come from
}

// spot is where a value stands: its path and its node. A value which the file
// leaves at its default has no node; it is then reported at the section
// around it.
type spot struct {
	path  string
	node  *node
	given bool
}

// below is the spot of a key or an element, n being nil if it is not given.
func (s spot) below(key string, n *node) spot {
	path := clip(key)
	if s.path != "" {
		path = s.path + "." + path
	}
	if n == nil {
		return spot{path, s.node, false}
	}
	return spot{path, n, true}
}

func (w *walker) report(s spot, message string) {
	w.bad++
	w.faults = append(w.faults, s.node.fault(s.path, message))
}

// value reads the node at a spot into v. Without one it only checks that the
// default v holds is within its bounds.
func (w *walker) value(s spot, v reflect.Value, limits *bounds) {
	switch {
	case s.given && s.node.shape == broken:
		w.bad++
	case v.Type() == partType:
		w.part(s, v.Addr().Interface().(*Part))
	case isChoice(v.Type()):
		w.choice(s, v.Addr().Interface().(chooser))
	case isText(v.Type()):
		w.text(s, v)
	case v.Kind() == reflect.Struct:
		w.section(s, v, nil)
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
		w.list(s, v, limits)
	default:
		w.scalar(s, v, limits)
	}
}

func (w *walker) scalar(s spot, v reflect.Value, limits *bounds) {
	if s.given {
		set := setInteger
		switch v.Kind() {
		case reflect.Bool:
			set = setBool
		case reflect.String:
			set = setString
		case reflect.Float32, reflect.Float64:
			set = setFloat
		}
		if message := set(s.node, v); message != "" {
			w.report(s, message)
			return
		}
	}
	switch {
	case limits == nil || limits.allow(v):
	case s.given:
		w.report(s, fmt.Sprintf("%s = %v, want a value in %s", leaf(s.path), v, limits.tag))
	default:
		w.report(s, fmt.Sprintf("must be given: the default %v is not in %s", v, limits.tag))
	}
}

// leaf is the end of a path that says what a value is: width of model.width,
// points.1 of grid.points.1.
func leaf(path string) string {
	parts := strings.Split(path, ".")
	i := len(parts) - 1
	for ; i > 0; i-- {
		if _, err := strconv.Atoi(parts[i]); err != nil {
			break
		}
	}
	return strings.Join(parts[i:], ".")
}

// text reads a value that is chosen by name.
func (w *walker) text(s spot, v reflect.Value) {
	if !s.given {
		return
	}
	var names []string
	if n, ok := v.Addr().Interface().(interface{ Names() []string }); ok {
		names = n.Names()
	}
	if n := s.node; n.shape != scalar || n.tag == "!!null" && !n.quoted || strings.ContainsFunc(n.text, unprintable) {
		want := "a name"
		if names != nil {
			want = "one of " + strings.Join(names, ", ")
		}
		w.report(s, mismatch(n, want))
		return
	}
	err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s.node.text))
	switch {
	case err != nil && names != nil:
		w.report(s, Unknown("name", s.node.text, names))
	case err != nil:
		w.report(s, printable(err.Error()))
	}
}

// list reads a list, which replaces the default one.
func (w *walker) list(s spot, v reflect.Value, limits *bounds) {
	if !s.given {
		for i := range v.Len() {
			w.value(s.below(strconv.Itoa(i), nil), v.Index(i), limits)
		}
		return
	}
	items := s.node.items
	switch {
	case s.node.shape != list:
		message := mismatch(s.node, "a list")
		if bare(s.node) {
			message += ": write [" + clip(s.node.text) + "]"
		}
		w.report(s, message)
		return
	case v.Kind() == reflect.Array && len(items) != v.Len():
		w.report(s, fmt.Sprintf("got %d elements, want %d", len(items), v.Len()))
		return
	case v.Kind() == reflect.Slice:
		v.SetZero()
		if len(items) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
		}
	}
	for i, item := range items {
		w.value(s.below(strconv.Itoa(i), item), v.Index(i), limits)
	}
}

// section reads a mapping into a struct. extra are keys that are known
// besides its fields.
func (w *walker) section(s spot, v reflect.Value, extra []string) {
	before := w.bad
	keys := fields(v.Type())
	given := map[string]*node{}
	if s.given && s.node.shape == mapping {
		known := extra
		for _, f := range keys {
			known = append(known, f.key)
		}
		given = w.keys(s, known)
	} else if s.given && extra == nil {
		w.report(s, mismatch(s.node, "a mapping"))
		return
	}
	for _, f := range keys {
		if slices.Contains(extra, f.key) {
			panic(fmt.Sprintf("configs: %v has a field with the key %q, which chooses the kind", v.Type(), f.key))
		}
		w.value(s.below(f.key, given[f.key]), v.FieldByIndex(f.index), f.limits)
	}
	if w.bad == before {
		w.check(s, v)
	}
}

// keys returns the values of a mapping by key, reporting keys that are
// unknown or repeated.
func (w *walker) keys(s spot, known []string) map[string]*node {
	given := map[string]*node{}
	for _, p := range s.node.pairs {
		key := p.key.text
		at := s.below(key, p.key)
		switch first := given[key]; {
		case first != nil && first.origin != "":
			w.report(at, "given twice")
		case first != nil:
			w.report(at, fmt.Sprintf("given twice, the first time on line %d", first.line))
		case !slices.Contains(known, key):
			w.report(at, Unknown("key", key, known))
			given[key] = p.value
		default:
			given[key] = p.value
		}
	}
	return given
}
