package configs

import (
	"fmt"
	"reflect"
)

// Parse reads text, to be called name in messages, into the struct that v
// points to. v holds the defaults beforehand; the text overwrites what it
// names. Each override, such as "model.width=64", sets one value as if it
// stood in the text; of several for the same key the last one counts.
//
// The error is a [Faults] with everything that is wrong; what v holds is then
// of no use.
func Parse(name string, text []byte, v any, overrides ...string) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() || target.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("configs: cannot read %s into a %T, want a pointer to a struct", name, v)
	}
	root, faults := read(text)
	if root == nil {
		return faults.finish(name, text)
	}
	if root.shape != mapping {
		faults = append(faults, root.fault("", mismatch(root, "a mapping at the top of the file")))
		return faults.finish(name, text)
	}
	for _, arg := range overrides {
		faults = append(faults, override(root, arg)...)
	}
	w := walker{faults: faults, source: newSource(name, text)}
	w.section(spot{"", root, true}, target.Elem(), nil)
	return w.faults.finish(name, text)
}

// read turns text into a tree, nil if that cannot be done.
func read(text []byte) (*node, Faults) {
	if faults := screen(text); faults != nil {
		return nil, faults
	}
	return parse(text)
}
