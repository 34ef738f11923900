package configs

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// With returns a copy of a section v in which the number at a dotted path, such
// as viscosity or terms.0.coef, is x. It refuses an x that is outside the
// number's range or that a Check method on the way objects to. The copy shares
// no setting with v.
func With[T any](v T, path string, x float64) (T, error) {
	section := reflect.New(reflect.TypeFor[T]()).Elem()
	copySettings(section, reflect.ValueOf(&v).Elem())
	at, limits, around := section, (*bounds)(nil), []reflect.Value(nil)
	for key := range strings.SplitSeq(path, ".") {
		around = append(around, opened(at))
		next, own := lookup(at, key)
		if own != nil {
			limits = own
		}
		at = next
	}
	if !at.IsValid() || at.Kind() != reflect.Float64 || isText(at.Type()) {
		return v, fmt.Errorf("%s", Unknown("number", path, Numbers(v)))
	}
	at.SetFloat(x)
	switch {
	case limits != nil && !limits.allow(at):
		return v, fmt.Errorf("%s = %v, want a value in %s", path, x, limits.tag)
	case math.IsNaN(x) || math.IsInf(x, 0):
		return v, fmt.Errorf("%s = %v, want a finite number", path, x)
	}
	for i := len(around) - 1; i >= 0; i-- {
		if c, ok := around[i].Addr().Interface().(checker); ok {
			if err := c.Check(); err != nil {
				return v, fmt.Errorf("%s = %v: %w", path, x, err)
			}
		}
	}
	return section.Interface().(T), nil
}

// Number returns the number at a path, such as With takes, of a section v.
func Number[T any](v T, path string) (float64, error) {
	at := reflect.ValueOf(&v).Elem()
	for key := range strings.SplitSeq(path, ".") {
		at, _ = lookup(at, key)
	}
	if !at.IsValid() || at.Kind() != reflect.Float64 || isText(at.Type()) {
		return 0, fmt.Errorf("%s", Unknown("number", path, Numbers(v)))
	}
	return at.Float(), nil
}

// Numbers lists the paths of the numbers with fractions in a section v.
func Numbers[T any](v T) []string { return numbers(reflect.ValueOf(&v).Elem(), "") }

func numbers(v reflect.Value, path string) []string {
	if !isChoice(v.Type()) && isText(v.Type()) {
		return nil
	}
	below := func(v reflect.Value, key string) []string {
		if path != "" {
			key = path + "." + key
		}
		return numbers(v, key)
	}
	var all []string
	switch v = opened(v); v.Kind() {
	case reflect.Float64:
		return []string{path}
	case reflect.Struct:
		for _, f := range fields(v.Type()) {
			all = append(all, below(v.FieldByIndex(f.index), f.key)...)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			all = append(all, below(v.Index(i), strconv.Itoa(i))...)
		}
	}
	return all
}

// copySettings copies a value, which may be a section, with all lists and
// sections below it.
func copySettings(dst, src reflect.Value) {
	dst.Set(src)
	switch {
	case isChoice(dst.Type()):
		if from := opened(dst); from.IsValid() {
			to := reflect.New(from.Type())
			copySettings(to.Elem(), from)
			dst.FieldByName("Value").Set(to)
		}
	case isText(dst.Type()):
	case dst.Kind() == reflect.Struct:
		for _, f := range fields(dst.Type()) {
			copySettings(dst.FieldByIndex(f.index), src.FieldByIndex(f.index))
		}
	case dst.Kind() == reflect.Slice || dst.Kind() == reflect.Array:
		if dst.Kind() == reflect.Slice && !src.IsNil() {
			dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
		}
		for i := range src.Len() {
			copySettings(dst.Index(i), src.Index(i))
		}
	}
}
