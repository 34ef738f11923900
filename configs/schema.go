package configs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// Schema describes the configurations that [Parse] reads into v, a struct
// with its defaults or a pointer to one, as a JSON Schema. An editor that is
// given it completes keys and kinds, and marks mistakes while one types. What
// only a Check method knows is not in it.
func Schema(v any) ([]byte, error) {
	value := reflect.Indirect(reflect.ValueOf(v))
	if value.Kind() != reflect.Struct {
		return nil, fmt.Errorf("configs: cannot describe a %T, want a struct", v)
	}
	s := sketch{families: jsonschema.Definitions{}}
	root, err := s.section(value, nil)
	if err != nil {
		return nil, fmt.Errorf("configs: %w", err)
	}
	root.Version = jsonschema.Version
	root.Definitions = s.families
	text, err := json.Marshal(root)
	if err != nil {
		return nil, fmt.Errorf("configs: %w", err)
	}
	var pretty bytes.Buffer
	err = json.Indent(&pretty, append(text, '\n'), "", "  ")
	return pretty.Bytes(), err
}

// sketch is a schema in the making. Each family of kinds is described once,
// because kinds may contain others of their own family.
type sketch struct {
	families jsonschema.Definitions
	elements []reflect.Type // the lists of structs we are inside of
}

// value describes what may stand for v, whose defaults it holds.
func (s *sketch) value(v reflect.Value, limits *bounds) (*jsonschema.Schema, error) {
	switch {
	case v.Type() == partType:
		return &jsonschema.Schema{Type: "object"}, nil
	case isChoice(v.Type()):
		return s.choice(v)
	case isText(v.Type()):
		return text(v), nil
	}
	switch v.Kind() {
	case reflect.Struct:
		return s.section(v, nil)
	case reflect.Slice, reflect.Array:
		return s.list(v, limits)
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}, nil
	case reflect.String:
		return &jsonschema.Schema{Type: "string"}, nil
	case reflect.Float32, reflect.Float64:
		return within(&jsonschema.Schema{Type: "number"}, limits), nil
	}
	number := &jsonschema.Schema{Type: "integer"}
	if v.CanUint() {
		number.Minimum = "0"
	}
	return within(number, limits), nil
}

// section describes a struct, or a kind if its name is not nil. A kind without
// settings has no v.
func (s *sketch) section(v reflect.Value, kind *string) (*jsonschema.Schema, error) {
	section := &jsonschema.Schema{
		Type:                 "object",
		Properties:           jsonschema.NewProperties(),
		AdditionalProperties: jsonschema.FalseSchema,
	}
	if kind != nil {
		section.Properties.Set("kind", &jsonschema.Schema{Const: *kind})
		section.Required = []string{"kind"}
	}
	if !v.IsValid() {
		return section, nil
	}
	for _, f := range fields(v.Type()) {
		key, required, err := s.key(v.FieldByIndex(f.index), f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.key, err)
		}
		section.Properties.Set(f.key, key)
		if required {
			section.Required = append(section.Required, f.key)
		}
	}
	return section, nil
}

// key describes a field. It is required if its default is not allowed.
func (s *sketch) key(v reflect.Value, f field) (key *jsonschema.Schema, required bool, err error) {
	key, err = s.value(v, f.limits)
	if err != nil {
		return nil, false, err
	}
	key.Description = f.doc
	if key.Type == "object" {
		return key, len(key.Required) > 0, nil
	}
	if f.limits != nil && key.Type != "array" && !f.limits.allow(v) {
		return key, true, nil
	}
	value, err := encode(v)
	if err == nil && value != nil {
		key.Default = json.RawMessage(value.json(nil))
	}
	return key, false, err
}

// choice refers to the description of a family of kinds, which it makes the
// first time.
func (s *sketch) choice(v reflect.Value) (*jsonschema.Schema, error) {
	family := reflect.New(v.Type()).Interface().(chooser).family()
	name := strings.ReplaceAll(family.PkgPath()+"."+family.Name(), "/", ".")
	if s.families[name] == nil {
		known := kinds(family)
		if len(known) == 0 {
			return nil, fmt.Errorf("no kinds of %v are registered", family)
		}
		short := &jsonschema.Schema{Type: "string"}
		all := &jsonschema.Schema{OneOf: []*jsonschema.Schema{short}}
		s.families[name] = all
		for _, kind := range known {
			short.Enum = append(short.Enum, kind)
			v, _ := settings(registry[family][kind]())
			one, err := s.section(v, &kind)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
			all.OneOf = append(all.OneOf, one)
		}
	}
	return &jsonschema.Schema{Ref: "#/$defs/" + name}, nil
}

func (s *sketch) list(v reflect.Value, limits *bounds) (*jsonschema.Schema, error) {
	element := v.Type().Elem()
	for _, outer := range s.elements {
		if outer == element && element.Kind() == reflect.Struct && !isChoice(element) {
			return nil, fmt.Errorf("a %v contains itself", element)
		}
	}
	s.elements = append(s.elements, element)
	items, err := s.value(reflect.New(element).Elem(), limits)
	s.elements = s.elements[:len(s.elements)-1]
	list := &jsonschema.Schema{Type: "array", Items: items}
	if v.Kind() == reflect.Array {
		length := uint64(v.Len())
		list.MinItems, list.MaxItems = &length, &length
	}
	return list, err
}

// text describes a value that is chosen by name.
func text(v reflect.Value) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	if n, ok := reflect.New(v.Type()).Interface().(interface{ Names() []string }); ok {
		for _, name := range n.Names() {
			s.Enum = append(s.Enum, name)
		}
	}
	return s
}

// within adds bounds to the schema of a number.
func within(s *jsonschema.Schema, limits *bounds) *jsonschema.Schema {
	if limits == nil {
		return s
	}
	s.Minimum, s.Maximum = finite(limits.low), finite(limits.high)
	if limits.openLow {
		s.Minimum, s.ExclusiveMinimum = "", s.Minimum
	}
	if limits.openHigh {
		s.Maximum, s.ExclusiveMaximum = "", s.Maximum
	}
	return s
}

// finite is a bound as JSON, "" for an infinite one.
func finite(bound float64) json.Number {
	if math.IsInf(bound, 0) {
		return ""
	}
	return json.Number(strconv.FormatFloat(bound, 'g', -1, 64))
}
