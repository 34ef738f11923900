package configs

import (
	"fmt"
	"reflect"
	"strings"
)

// choice reads a section whose kind decides what the other keys are.
func (w *walker) choice(s spot, c chooser) {
	if s.given {
		at := s
		if s.node.shape == mapping {
			_, kind := s.node.at("kind")
			if kind == nil {
				w.report(s, noKind(s.node, kinds(c.family())))
				return
			}
			at = s.below("kind", kind)
		}
		if n := at.node; n.shape != scalar || !n.quoted && n.tag != "!!str" {
			if n.shape == broken {
				w.bad++
				return
			}
			w.report(at, mismatch(n, "a kind: "+strings.Join(kinds(c.family()), ", ")))
			return
		}
		if c.choose(at.node.text) != nil {
			w.report(at, Unknown("kind", at.node.text, kinds(c.family())))
			return
		}
	}
	_, value := c.chosen()
	if v, ok := settings(value); ok {
		w.section(s, v, []string{"kind"})
	} else if s.given && s.node.shape == mapping {
		w.keys(s, []string{"kind"})
	}
}

// settings is the struct that a kind's value points to. A kind that has no
// settings may be anything else.
func settings(value any) (reflect.Value, bool) {
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return reflect.Value{}, false
	}
	return v.Elem(), true
}

func noKind(n *node, known []string) string {
	message := "has no kind (known: " + strings.Join(known, ", ") + ")"
	for _, p := range n.pairs {
		if nearest(p.key.text, []string{"kind"}) != "" {
			message += fmt.Sprintf("; is %s meant to be `kind`?", quote(p.key.text))
		}
	}
	return message
}
