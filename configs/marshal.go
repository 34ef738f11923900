package configs

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Marshal writes the whole of a configuration, defaults included, as YAML
// that [Parse] reads back to an equal value. v is a struct or a pointer to
// one. Sections of a kind become mappings with the kind first.
func Marshal(v any) ([]byte, error) {
	value := reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct {
		return nil, fmt.Errorf("configs: cannot write a %T, want a struct", v)
	}
	root, err := encode(value)
	if err != nil {
		return nil, fmt.Errorf("configs: %w", err)
	}
	return []byte(root.block("") + "\n"), nil
}

// block writes a node over as many lines as it needs, each indented.
func (n *node) block(indent string) string {
	if line, ok := n.short(); ok {
		return indent + line
	}
	var lines []string
	for _, item := range n.items {
		lines = append(lines, indent+"- "+strings.TrimLeft(item.block(indent+"  "), " "))
	}
	for _, p := range n.pairs {
		key := indent + word(p.key.text) + ":"
		if line, ok := p.value.short(); ok {
			lines = append(lines, key+" "+line)
		} else {
			lines = append(lines, key, p.value.block(indent+"  "))
		}
	}
	return strings.Join(lines, "\n")
}

// short writes a node on one line if it is a scalar or a short list of them.
func (n *node) short() (string, bool) {
	const longest = 72
	switch {
	case n.shape == scalar && n.quoted:
		return word(n.text), true
	case n.shape == scalar:
		return n.text, true
	case n.shape == mapping:
		return "{}", len(n.pairs) == 0
	}
	items := make([]string, len(n.items))
	for i, item := range n.items {
		line, ok := item.short()
		if !ok || item.shape == mapping {
			return "", false
		}
		items[i] = line
	}
	line := "[" + strings.Join(items, ", ") + "]"
	return line, len(line) <= longest
}

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

// word writes a string, in quotes unless every YAML reader takes it for a
// string without them.
func word(s string) string {
	if lower := strings.ToLower(s); !plain.MatchString(s) || spellings[lower] != "" ||
		lower == "null" || notFinite.MatchString(s) {
		return strconv.Quote(s)
	}
	return s
}
