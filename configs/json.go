package configs

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// JSON writes the whole of a configuration or of a section, defaults included,
// as JSON with the keys of the YAML. v is a struct or a pointer to one.
func JSON(v any) (json.RawMessage, error) {
	value := reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct && !isChoice(value.Type()) {
		return nil, fmt.Errorf("configs: cannot write a %T, want a struct", v)
	}
	root, err := encode(value)
	if err != nil {
		return nil, fmt.Errorf("configs: %w", err)
	}
	return root.json(nil), nil
}

// json appends a node. Numbers and booleans stand as YAML has them.
func (n *node) json(to []byte) []byte {
	switch n.shape {
	case list:
		to = append(to, '[')
		for i, item := range n.items {
			to = item.json(comma(to, i))
		}
		return append(to, ']')
	case mapping:
		to = append(to, '{')
		for i, p := range n.pairs {
			to = append(append(comma(to, i), quoted(p.key.text)...), ':')
			to = p.value.json(to)
		}
		return append(to, '}')
	}
	if n.quoted {
		return append(to, quoted(n.text)...)
	}
	return append(to, n.text...)
}

// comma separates element i from the one before.
func comma(to []byte, i int) []byte {
	if i > 0 {
		return append(to, ',')
	}
	return to
}

func quoted(s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings can always be written
	}
	return text
}
