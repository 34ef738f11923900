package configs

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// field is an exported field of a struct and the key it has in YAML.
type field struct {
	key    string
	index  []int // for reflect's FieldByIndex
	limits *bounds
	doc    string
}

// fields lists the keys of a struct type in the order of its declaration,
// those of embedded structs in place. It panics on a field that cannot come
// from YAML, which is a mistake in the type and not in a file.
func fields(t reflect.Type) []field {
	var all []field
	taken := map[string]bool{}
	for i := range t.NumField() {
		for _, f := range fieldsOf(t, t.Field(i)) {
			if taken[f.key] {
				panic(fmt.Sprintf("configs: %v has two fields with the key %q", t, f.key))
			}
			taken[f.key] = true
			all = append(all, f)
		}
	}
	return all
}

func fieldsOf(t reflect.Type, f reflect.StructField) []field {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	switch {
	case name == "-":
		return nil
	case f.Anonymous && f.Type.Kind() == reflect.Struct && name == "":
		inner := fields(f.Type)
		for i := range inner {
			inner[i].index = append([]int{f.Index[0]}, inner[i].index...)
		}
		return inner
	case !f.IsExported():
		return nil
	case !readable(f.Type):
		panic(fmt.Sprintf("configs: %v.%s: a %v cannot come from YAML: unexport it or tag it yaml:\"-\"", t, f.Name, f.Type))
	case name == "":
		name = snake(f.Name)
	}
	return []field{{key: name, index: f.Index, limits: parseBounds(t, f), doc: f.Tag.Get("doc")}}
}

var (
	chooserType  = reflect.TypeFor[chooser]()
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()
	durationType = reflect.TypeFor[time.Duration]()
)

func isChoice(t reflect.Type) bool { return reflect.PointerTo(t).Implements(chooserType) }

func isText(t reflect.Type) bool {
	return !isChoice(t) && reflect.PointerTo(t).Implements(textType)
}

// readable tells whether a value of the type can come from YAML. A
// time.Duration cannot, because a bare number would be nanoseconds: keep
// seconds in a float64.
func readable(t reflect.Type) bool {
	if isChoice(t) || isText(t) {
		return true
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return readable(t.Elem())
	case reflect.Struct, reflect.Bool, reflect.String, reflect.Float32, reflect.Float64:
		return true
	}
	return isInteger(t.Kind()) && t != durationType
}

func isInteger(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Uint64 }

// snake turns the name of a field into its key: MinNoise is min_noise, DT is
// dt, L2Weight is l2_weight.
func snake(name string) string {
	var key strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) {
			ends := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if !unicode.IsUpper(runes[i-1]) || ends {
				key.WriteByte('_')
			}
		}
		key.WriteRune(unicode.ToLower(r))
	}
	return key.String()
}
