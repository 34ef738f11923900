package configs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Fault is one thing wrong with a configuration.
type Fault struct {
	File         string // or "command line: key=value"; "" for what none of several files has
	Line, Column int    // from 1, the column in characters; 0 when not in the file
	Path         string // such as model.width or loss.0.weight; "" for the whole file
	Message      string
	source       string // the line of the file
}

// Error gives the fault as "file:line:column: path: message", without what is not
// known, followed by the source line and a caret.
func (f Fault) Error() string {
	text := f.File
	if f.Line > 0 {
		text += fmt.Sprintf(":%d:%d", f.Line, f.Column)
	}
	for _, part := range []string{f.Path, f.Message} {
		if text != "" && part != "" {
			text += ": "
		}
		text += part
	}
	return text + f.excerpt()
}

// Faults are all the things wrong with a configuration, in the order of the
// file, those of the command line last.
type Faults []Fault

// Error prints every fault, or the first hundred of a hopeless file.
func (f Faults) Error() string {
	const most = 100
	var texts []string
	for _, fault := range f[:min(len(f), most)] {
		texts = append(texts, fault.Error())
	}
	if len(f) > most {
		texts = append(texts, fmt.Sprintf("and %d more", len(f)-most))
	}
	return strings.Join(texts, "\n")
}

// finish sorts the faults of a file and adds its name and lines. It
// returns nil if there are none.
func (f Faults) finish(name string, text []byte) error {
	if len(f) == 0 {
		return nil
	}
	lines := strings.Split(string(text[:min(len(text), maxBytes)]), "\n")
	for i := range f {
		if f[i].File != "" {
			continue
		}
		f[i].File = name
		if line := f[i].Line; 0 < line && line <= len(lines) {
			f[i].source = strings.TrimRight(lines[line-1], " \r")
		}
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		if (a.Line == 0) != (b.Line == 0) {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f
}

// excerpt shows the source line with a caret below the column, both cut to
// what a terminal can hold.
func (f Fault) excerpt() string {
	const before, width = 60, 100
	if f.source == "" {
		return ""
	}
	first, column := max(f.Column-before, 1), 0
	var seen []rune
	for _, r := range f.source {
		if column++; column >= first && len(seen) < width {
			seen = append(seen, r)
		}
	}
	return "\n    " + printable(string(seen)) + "\n    " + strings.Repeat(" ", max(f.Column-first, 0)) + "^"
}

// printable replaces what a terminal might obey by a replacement character.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case !unicode.IsPrint(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// clip shortens text that came from the user to what fits in a message.
func clip(s string) string {
	const longest = 48
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return printable(s)
}

// quote sets off text that came from the user.
func quote(s string) string { return "`" + clip(s) + "`" }
