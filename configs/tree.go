package configs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// node is a value of the file as it was written, before anything is known
// about the type it will be read into.
type node struct {
	shape  shape
	text   string  // of a scalar, without its quotes
	quoted bool    // a scalar that was in quotes, or a block of text
	tag    string  // what YAML takes a bare scalar for, such as !!int
	items  []*node // of a list
	pairs  []pair  // of a mapping

	line, column int
	origin       string  // "command line: model.width=3", or "" for the file
	source       *source // of a node of a [Part]
}

type pair struct{ key, value *node }

type shape int

const (
	scalar shape = iota
	list
	mapping
	broken // already reported
)

// fault is a fault at the node's position.
func (n *node) fault(path, message string) Fault {
	if n.origin != "" {
		return Fault{File: n.origin, Path: path, Message: message}
	}
	f := Fault{Line: n.line, Column: n.column, Path: path, Message: message}
	if n.source != nil {
		f.File, f.source = n.source.name, n.source.line(n.line)
	}
	return f
}

// parse reads text that is within the limits. The tree is nil if there is
// nothing to go on with.
func parse(text []byte) (*node, Faults) {
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithPlugin(depthLimit{}))
	if err != nil {
		return nil, Faults{syntax(err)}
	}
	var document, second yaml.Node
	if err := loader.Load(&document); err != nil {
		return nil, Faults{syntax(err)}
	}
	if len(document.Content) == 0 {
		return nil, Faults{empty}
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, Faults{{Line: second.Line, Column: second.Column, Message: "a second document: the file must hold one only"}}
	case !errors.Is(err, io.EOF):
		return nil, Faults{syntax(err)}
	}
	var c converter
	root := c.convert(document.Content[0])
	if c.nodes > maxNodes {
		return nil, Faults{{Message: tooMany}}
	}
	return root, c.faults
}

var empty = Fault{Line: 1, Column: 1, Message: "the file is empty"}

// depthLimit stops the parser itself at the deepest level allowed, whatever
// the count made beforehand.
type depthLimit struct{}

func (depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errors.New(tooDeep)
	}
	return nil
}

func (depthLimit) CheckAlias(_, _ int) error { return nil }

// syntax is the parser's complaint as a fault.
func syntax(err error) Fault {
	var e *yaml.LoadError
	if errors.Is(err, io.EOF) {
		return empty
	}
	if !errors.As(err, &e) {
		return Fault{Line: 1, Column: 1, Message: "not YAML: " + printable(err.Error())}
	}
	message, mark := "not YAML: "+printable(e.Message), e.Mark
	if e.ContextMsg != "" {
		message += fmt.Sprintf(" (%s that starts on line %d)", e.ContextMsg, e.ContextMark.Line)
	}
	if e.ContextMark.Line > 0 && strings.HasSuffix(e.Message, "end of stream") {
		mark = e.ContextMark // what is not closed tells more than the end of the file
	}
	return Fault{Line: max(mark.Line, 1), Column: max(mark.Column, 1), Message: message}
}

// converter turns the parser's tree into ours, reporting what has no place in
// a configuration: anchors, aliases, merge keys, tags and keys that are not
// plain words.
type converter struct {
	nodes  int
	faults Faults
}

func (c *converter) convert(y *yaml.Node) *node {
	n := &node{line: y.Line, column: y.Column, text: y.Value, tag: y.ShortTag()}
	if c.nodes++; c.nodes > maxNodes {
		return n
	}
	n.quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if y.Anchor != "" {
		c.report(n, "anchors (&) are not allowed: write the value where it is used")
	}
	switch y.Kind {
	case yaml.ScalarNode:
	case yaml.SequenceNode:
		n.shape = list
		for _, item := range y.Content {
			n.items = append(n.items, c.convert(item))
		}
	case yaml.MappingNode:
		n.shape = mapping
		for i := 0; i+1 < len(y.Content); i += 2 {
			c.pair(n, y.Content[i], y.Content[i+1])
		}
	default:
		c.report(n, "aliases (*) are not allowed: write the value again")
		n.shape = broken
	}
	if y.Style&yaml.TaggedStyle != 0 || y.Tag == "!" {
		c.report(n, fmt.Sprintf("the tag %s is not allowed: remove it", quote(y.Tag)))
		n.shape = broken
	}
	return n
}

func (c *converter) pair(n *node, key, value *yaml.Node) {
	p := pair{c.convert(key), c.convert(value)}
	switch {
	case p.key.shape == broken:
		return
	case p.key.shape != scalar:
		c.report(p.key, "a key must be a single word")
		return
	case p.key.tag == "!!merge":
		c.report(p.key, "merge keys (<<) are not allowed: write the keys out")
		return
	}
	n.pairs = append(n.pairs, p)
}

func (c *converter) report(n *node, message string) {
	c.faults = append(c.faults, n.fault("", message))
}
