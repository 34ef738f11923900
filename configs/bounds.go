package configs

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// bounds are the values allowed by a tag such as range:"(0,1]". Of a list
// they bound every element.
type bounds struct {
	tag               string
	low, high         float64
	openLow, openHigh bool
}

// parseBounds reads the range tag of a field, nil if it has none. A tag that
// makes no sense is a mistake in the type, so it panics.
func parseBounds(t reflect.Type, f reflect.StructField) *bounds {
	tag, ok := f.Tag.Lookup("range")
	if !ok {
		return nil
	}
	b := &bounds{tag: tag}
	inner := strings.TrimLeft(strings.TrimRight(tag, ")]"), "([")
	low, high, comma := strings.Cut(inner, ",")
	var errLow, errHigh error
	b.low, errLow = strconv.ParseFloat(low, 64)
	b.high, errHigh = strconv.ParseFloat(high, 64)
	if !comma || len(tag) != len(inner)+2 || errLow != nil || errHigh != nil || !(b.low <= b.high) || !isNumeric(f.Type) {
		panic(fmt.Sprintf("configs: %v.%s: range:%q, want something like [1,8], (0,1) or [0,inf) on a number", t, f.Name, tag))
	}
	b.openLow, b.openHigh = tag[0] == '(', tag[len(tag)-1] == ')'
	return b
}

// isNumeric tells numbers and lists of numbers.
func isNumeric(t reflect.Type) bool {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return isInteger(t.Kind()) || t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64
}

// allow tells whether a number is within the bounds. Integers are compared as
// floats, exactly up to 2⁵³.
func (b *bounds) allow(v reflect.Value) bool {
	var x float64
	switch {
	case v.CanInt():
		x = float64(v.Int())
	case v.CanUint():
		x = float64(v.Uint())
	default:
		x = v.Float()
	}
	if x < b.low || x > b.high || math.IsNaN(x) {
		return false
	}
	return !(b.openLow && x == b.low) && !(b.openHigh && x == b.high)
}
