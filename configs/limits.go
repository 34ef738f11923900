package configs

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A configuration is written by hand. What goes beyond these limits is an
// accident or an attack, and is refused before the parser sees it.
const (
	maxBytes = 64 << 10
	maxLines = 2000
	maxNodes = 2000
	maxDepth = 32
)

// screen returns the first reason not to hand text to the parser, if any.
func screen(text []byte) Faults {
	if len(text) > maxBytes {
		return Faults{{Message: fmt.Sprintf("larger than %d KiB", maxBytes>>10)}}
	}
	if f := characters(text); f != nil {
		return f
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) > maxLines+1 {
		return Faults{{Line: maxLines + 1, Column: 1, Message: fmt.Sprintf("more than %d lines", maxLines)}}
	}
	var depth nesting
	separators := 0
	for i, line := range lines {
		column, message := layout(line)
		if message == "" {
			column, message = depth.add(line)
		}
		for _, c := range []byte(line) {
			if c == ',' || c == ':' || c == '[' || c == '{' {
				separators++ // there is at most one for each value
			}
		}
		if message == "" && separators > 2*maxNodes {
			column, message = 1, tooMany
		}
		if message != "" {
			return Faults{{Line: i + 1, Column: column, Message: message}}
		}
	}
	return nil
}

// characters accepts UTF-8 without a byte order mark and without characters
// that do not show.
func characters(text []byte) Faults {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(text, []byte(mark)) {
			return Faults{{Line: 1, Column: 1, Message: "starts with a byte order mark: save the file as plain UTF-8"}}
		}
	}
	line, column := 1, 1
	for rest := text; len(rest) > 0; column++ {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r == utf8.RuneError && size == 1:
			return Faults{{Line: line, Column: column, Message: "not valid UTF-8"}}
		case r == '\r' && !bytes.HasPrefix(rest, []byte("\n")):
			return Faults{{Line: line, Column: column, Message: "a carriage return that does not end a line"}}
		case r == '\n':
			line, column = line+1, 0
		case r != '\t' && r != '\r' && hidden(r):
			return Faults{{Line: line, Column: column, Message: fmt.Sprintf("the invisible character %U is not allowed here", r)}}
		}
	}
	return nil
}

// hidden tells control characters, and those that reorder or break lines
// without being seen.
func hidden(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069, r == 0x200e, r == 0x200f:
		return true
	}
	return false
}

// layout returns what is wrong with the start of a line, and where.
func layout(line string) (column int, message string) {
	body := strings.TrimLeft(line, " ")
	column = len(line) - len(body) + 1
	switch {
	case strings.HasPrefix(line, "%"):
		return column, "a YAML directive is not allowed: remove the line"
	case strings.HasPrefix(body, "\t") && strings.TrimSpace(body) != "":
		return column, "indented by a tab: use spaces"
	case strings.HasPrefix(body, "\u00a0"):
		return column, "indented by a no-break space: use spaces"
	}
	return 0, ""
}

// nesting follows how deep sections and lists are nested, from indentation,
// dashes and brackets alone. It may count a bracket inside a string, never
// too few.
type nesting struct {
	indents []int // the columns at which the open block levels start
	flow    int   // open brackets and braces
}

// add takes the next line into account.
func (d *nesting) add(line string) (column int, message string) {
	body := strings.TrimLeft(line, " ")
	if body = strings.TrimRight(body, "\r"); body == "" || body[0] == '#' {
		return 0, ""
	}
	at := len(line) - len(strings.TrimLeft(line, " "))
	for len(d.indents) > 0 && d.indents[len(d.indents)-1] >= at {
		d.indents = d.indents[:len(d.indents)-1]
	}
	d.indents = append(d.indents, at)
	for len(body) > 1 && strings.ContainsRune("-?:", rune(body[0])) && strings.ContainsRune(" \t", rune(body[1])) {
		rest := strings.TrimLeft(body[1:], " \t")
		at += len(body) - len(rest)
		body = rest
		d.indents = append(d.indents, at)
	}
	for i := range len(body) {
		switch body[i] {
		case '[', '{':
			d.flow++
		case ']', '}':
			d.flow = max(d.flow-1, 0)
		}
		if len(d.indents)+d.flow > maxDepth {
			return utf8.RuneCountInString(body[:i]) + at + 1, tooDeep
		}
	}
	return 0, ""
}

var tooMany = fmt.Sprintf("more than %d values", maxNodes)

var tooDeep = fmt.Sprintf("nested more than %d levels deep", maxDepth)
