package configs

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// Part is a piece of a configuration that stands in another file, or within
// another configuration, and is read with further ones by [Stack]. Nothing of
// it is known before but that it is a mapping.
type Part struct{ root *node }

// source is the text that a node is from.
type source struct {
	name  string
	lines []string
}

func newSource(name string, text []byte) *source {
	return &source{name, strings.Split(string(text[:min(len(text), maxBytes)]), "\n")}
}

// line is the text of a line, which counts from 1.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return strings.TrimRight(s.lines[n-1], " \r")
}

// LoadPart reads the YAML file at path.
func LoadPart(path string) (Part, error) {
	text, err := readFile(path)
	if err != nil {
		return Part{}, err
	}
	root, faults := read(text)
	if root != nil && root.shape != mapping {
		faults = append(faults, root.fault("", mismatch(root, "a mapping at the top of the file")))
	}
	if len(faults) > 0 {
		return Part{}, faults.finish(filepath.ToSlash(path), text)
	}
	root.comesFrom(newSource(filepath.ToSlash(path), text))
	return Part{root}, nil
}

// comesFrom tells all nodes of a tree where they are from.
func (n *node) comesFrom(s *source) {
	n.source = s
	for _, item := range n.items {
		item.comesFrom(s)
	}
	for _, p := range n.pairs {
		p.key.comesFrom(s)
		p.value.comesFrom(s)
	}
}

// Stack reads parts, each on top of those before it, into the struct that v
// points to, and overrides on top of all. See [Parse]. A section lies on
// another key by key, unless it names a kind: then, and where it is no section,
// it takes the place of the other.
func Stack(v any, parts []Part, overrides ...string) error {
	root := &node{shape: mapping, source: &source{}}
	for _, p := range parts {
		if p.root != nil {
			root = root.under(p.root)
		}
	}
	var faults Faults
	for _, arg := range overrides {
		faults = append(faults, override(root, arg)...)
	}
	w := walker{faults: faults}
	w.section(spot{"", root, true}, reflect.ValueOf(v).Elem(), nil)
	return w.faults.finish("", nil)
}

// under returns a new tree of a node and what lies on it.
func (n *node) under(top *node) *node {
	if _, kind := top.at("kind"); top.shape != mapping || kind != nil {
		return top.clone()
	}
	bottom := n.clone()
	bottom.unfold(n.origin)
	if bottom.shape != mapping {
		return top.clone()
	}
	merged := *top
	merged.pairs = bottom.pairs
	seen := map[string]bool{} // a key that is given twice stays so, and is reported
	for _, p := range top.pairs {
		i := slices.IndexFunc(merged.pairs, func(q pair) bool { return q.key.text == p.key.text })
		if i < 0 || seen[p.key.text] {
			merged.pairs = append(merged.pairs, pair{p.key.clone(), p.value.clone()})
		} else {
			merged.pairs[i] = pair{p.key.clone(), merged.pairs[i].value.under(p.value)}
		}
		seen[p.key.text] = true
	}
	return &merged
}

// clone copies a tree.
func (n *node) clone() *node {
	c := *n
	c.items, c.pairs = make([]*node, len(n.items)), make([]pair, len(n.pairs))
	for i, item := range n.items {
		c.items[i] = item.clone()
	}
	for i, p := range n.pairs {
		c.pairs[i] = pair{p.key.clone(), p.value.clone()}
	}
	return &c
}

// part keeps a section as it is.
func (w *walker) part(s spot, p *Part) {
	if !s.given {
		return
	}
	if s.node.shape != mapping {
		w.report(s, mismatch(s.node, "a mapping"))
		return
	}
	if s.node.source == nil {
		s.node.comesFrom(w.source)
	}
	p.root = s.node
}

// tree is what the part is written as: strings as such, whatever they look like.
func (p Part) tree() *node {
	if p.root == nil {
		return nil
	}
	tree := p.root.clone()
	tree.quote()
	return tree
}

func (n *node) quote() {
	n.quoted = n.quoted || n.tag == "!!str"
	for _, item := range n.items {
		item.quote()
	}
	for _, p := range n.pairs {
		p.value.quote()
	}
}

var partType = reflect.TypeFor[Part]()
