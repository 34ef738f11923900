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
	File         string // or "command line: key=value"
	Line, Column int    // from 1, the column in characters; 0 when not in the file
	Path         string // such as model.width or loss.0.weight; "" for the whole file
	Message      string
	excerpt      string // the source line and a caret below the column
}

// Error gives the fault as "file:line:column: path: message", followed by the
// source line and a caret.
func (f Fault) Error() string {
	text := f.File
	if f.Line > 0 {
		text += fmt.Sprintf(":%d:%d", f.Line, f.Column)
	}
	if f.Path != "" {
		text += ": " + f.Path
	}
	return text + ": " + f.Message + f.excerpt
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

// finish sorts the faults of a file and adds its name and source lines. It
// returns nil if there are none.
func (f Faults) finish(name string, text []byte) error {
	if len(f) == 0 {
		return nil
	}
	lines := strings.Split(string(text), "\n")
	for i := range f {
		if f[i].File == "" {
			f[i].File = name
			f[i].excerpt = excerpt(lines, f[i].Line, f[i].Column)
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

// excerpt shows a source line with a caret below the column, both cut to what
// a terminal can hold.
func excerpt(lines []string, line, column int) string {
	const before, width = 60, 100
	if line < 1 || line > len(lines) || strings.TrimSpace(lines[line-1]) == "" {
		return ""
	}
	source := []rune(printable(strings.TrimRight(lines[line-1], "\r")))
	at := min(max(column-1, 0), len(source))
	start := max(at-before, 0)
	end := min(start+width, len(source))
	return "\n    " + string(source[start:end]) + "\n    " + strings.Repeat(" ", at-start) + "^"
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
