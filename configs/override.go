package configs

import (
	"fmt"
	"strconv"
	"strings"
)

// override sets one value of the tree, from an argument such as
//
//	model.width=64   loss.0.weight=2   model=fno   grid.points=[64,64]
//
// whose value is YAML. Sections on the way that the file does not have are
// made; whether anything knows them is for the walk to say.
func override(root *node, arg string) Faults {
	origin := "command line: " + clip(arg)
	fault := func(format string, args ...any) Faults {
		return Faults{{File: origin, Message: fmt.Sprintf(format, args...)}}
	}
	path, text, ok := strings.Cut(arg, "=")
	keys := strings.Split(path, ".")
	for _, key := range keys {
		if !ok || key == "" {
			return fault("want something like model.width=64")
		}
	}
	if strings.TrimSpace(text) == "" {
		return fault(`the value is empty: write "" for an empty string`)
	}
	value, faults := read([]byte(text))
	for i := range faults {
		faults[i] = Fault{File: origin, Path: clip(path), Message: faults[i].Message}
	}
	if len(faults) > 0 {
		return faults
	}
	value.stamp(origin)
	parent := root
	for i, key := range keys[:len(keys)-1] {
		if parent = parent.enter(key, origin); parent == nil {
			return fault("%s is not a section", quote(strings.Join(keys[:i+1], ".")))
		}
	}
	if !parent.put(keys[len(keys)-1], value, origin) {
		return fault("there is no %s to set", quote(path))
	}
	return nil
}

// stamp marks a tree as coming from an override.
func (n *node) stamp(origin string) {
	n.origin = origin
	for _, item := range n.items {
		item.stamp(origin)
	}
	for _, p := range n.pairs {
		p.key.stamp(origin)
		p.value.stamp(origin)
	}
}

// put sets a key of a mapping or an element of a list, and tells whether it
// could.
func (n *node) put(key string, value *node, origin string) bool {
	n.unfold(origin)
	if n.shape == list {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(n.items) {
			return false
		}
		n.items[i] = value
		return true
	}
	given := pair{&node{text: key, tag: "!!str", origin: origin}, value}
	for i, p := range n.pairs {
		if p.key.text == key {
			n.pairs[i] = given
			return true
		}
	}
	if n.shape == mapping {
		n.pairs = append(n.pairs, given)
	}
	return n.shape == mapping
}

// enter returns the section or list below a key, making one where there is
// none. It returns nil where there is something else.
func (n *node) enter(key, origin string) *node {
	n.unfold(origin)
	_, next := n.at(key)
	if next == nil {
		next = &node{shape: mapping, origin: origin}
		if !n.put(key, next, origin) {
			return nil
		}
	}
	next.unfold(origin)
	if next.shape != mapping && next.shape != list {
		return nil
	}
	return next
}

// unfold turns the short form of a kind, model: fno, into model: {kind: fno},
// so that its other keys can be set.
func (n *node) unfold(origin string) {
	if n.shape == scalar && n.tag == "!!str" {
		kind, key := *n, *n
		key.text = "kind"
		*n = node{shape: mapping, pairs: []pair{{&key, &kind}}, origin: origin}
	}
}
