package configs

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// got describes a node in the words of someone who writes YAML.
func got(n *node) string {
	switch {
	case n.shape == list:
		return "a list"
	case n.shape == mapping:
		return "a mapping"
	case n.quoted || n.tag == "!!str":
		return fmt.Sprintf("the string %q", clip(n.text))
	case n.tag == "!!null":
		return "nothing"
	case n.tag == "!!int" || n.tag == "!!float":
		return "the number " + clip(n.text)
	}
	return clip(n.text)
}

func mismatch(n *node, want string) string {
	return fmt.Sprintf("got %s, want %s", got(n), want)
}

// bare tells a scalar without quotes that is not null.
func bare(n *node) bool {
	return n.shape == scalar && !n.quoted && n.tag != "!!null"
}

// setString, setBool, setInteger and setFloat store a scalar in v. They
// return what is wrong with it, or "".
func setString(n *node, v reflect.Value) string {
	if n.shape != scalar || n.tag == "!!null" && !n.quoted {
		return mismatch(n, "a string")
	}
	if !n.quoted && (n.tag == "!!int" || n.tag == "!!float" || n.tag == "!!bool") {
		return fmt.Sprintf("got %s, want a string: write %q", got(n), clip(n.text))
	}
	if strings.ContainsFunc(n.text, unprintable) {
		return mismatch(n, "a string without invisible characters")
	}
	v.SetString(n.text)
	return ""
}

// unprintable tells what a string may not hold even when escaped.
func unprintable(r rune) bool { return r != '\n' && r != '\t' && hidden(r) }

// spellings are words that some YAML reader somewhere takes for a boolean.
var spellings = map[string]string{
	"true": "true", "yes": "true", "on": "true", "y": "true",
	"false": "false", "no": "false", "off": "false", "n": "false",
}

func setBool(n *node, v reflect.Value) string {
	if bare(n) && (n.text == "true" || n.text == "false") {
		v.SetBool(n.text == "true")
		return ""
	}
	if meant := spellings[strings.ToLower(n.text)]; meant != "" && n.shape == scalar {
		return fmt.Sprintf("got %s, want true or false: write %s", got(n), meant)
	}
	return mismatch(n, "true or false")
}

var (
	decimal   = regexp.MustCompile(`^[+-]?(0|[1-9][0-9]*)$`)
	number    = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)
	zeros     = regexp.MustCompile(`^[+-]?0+[0-9]`)
	notFinite = regexp.MustCompile(`(?i)^[+-]?\.?(nan|inf|infinity)$`)
)

// maxDigits is more than any number needs that means something.
const maxDigits = 128

func setInteger(n *node, v reflect.Value) string {
	switch {
	case !bare(n):
		return mismatch(n, "an integer") + unquoted(n)
	case len(n.text) > maxDigits:
		return mismatch(n, "an integer")
	case !decimal.MatchString(n.text):
		return mismatch(n, "an integer") + rewrite(n.text, true)
	}
	digits := strings.TrimPrefix(n.text, "+")
	if v.CanUint() {
		x, err := strconv.ParseUint(strings.TrimPrefix(digits, "-"), 10, v.Type().Bits())
		if err != nil || x > 0 && digits[0] == '-' {
			return fmt.Sprintf("got %s, want an integer from 0 to %d", got(n), uint64(math.MaxUint64)>>(64-v.Type().Bits()))
		}
		v.SetUint(x)
		return ""
	}
	x, err := strconv.ParseInt(digits, 10, v.Type().Bits())
	if err != nil {
		most := int64(math.MaxInt64) >> (64 - v.Type().Bits())
		return fmt.Sprintf("got %s, want an integer from %d to %d", got(n), -most-1, most)
	}
	v.SetInt(x)
	return ""
}

func setFloat(n *node, v reflect.Value) string {
	switch {
	case !bare(n):
		return mismatch(n, "a number") + unquoted(n)
	case len(n.text) > maxDigits:
		return mismatch(n, fmt.Sprintf("a number of at most %d characters", maxDigits))
	case notFinite.MatchString(n.text):
		return fmt.Sprintf("got %s, want a finite number", clip(n.text))
	case !number.MatchString(n.text) || zeros.MatchString(n.text):
		return mismatch(n, "a number") + rewrite(n.text, false)
	}
	x, err := strconv.ParseFloat(n.text, v.Type().Bits())
	if err != nil {
		return fmt.Sprintf("%s is too large for a number of %d bits", clip(n.text), v.Type().Bits())
	}
	mantissa, _, _ := strings.Cut(strings.ToLower(n.text), "e")
	if x == 0 && strings.ContainsAny(mantissa, "123456789") {
		return fmt.Sprintf("%s is too small for a number of %d bits: write 0", clip(n.text), v.Type().Bits())
	}
	v.SetFloat(x)
	return ""
}

// unquoted is the advice for a number in quotes.
func unquoted(n *node) string {
	if n.shape == scalar && n.quoted && number.MatchString(n.text) {
		return ": write it without quotes"
	}
	return ""
}

// rewrite is the advice for a number written in a way that YAML readers
// disagree on, or for an integer written as a float.
func rewrite(text string, whole bool) string {
	if x, err := strconv.ParseFloat(text, 64); number.MatchString(text) && err == nil {
		switch {
		case zeros.MatchString(text):
			return ": write " + strconv.FormatFloat(x, 'g', -1, 64) + ", without leading zeros"
		case whole && x == math.Trunc(x) && math.Abs(x) < 1e15:
			return ": write " + strconv.FormatFloat(x, 'f', 0, 64)
		}
		return ""
	}
	if x, err := strconv.ParseInt(text, 0, 64); err == nil {
		return fmt.Sprintf(": write %d", x)
	}
	if plain := strings.ReplaceAll(text, "_", ""); plain != text && number.MatchString(plain) {
		return ": write " + plain + ", without underscores"
	}
	return ""
}
