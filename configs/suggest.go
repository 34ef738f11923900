package configs

import (
	"fmt"
	"strings"
)

// Unknown says that got is not among the known names of something ("key",
// "kind"), which one may have been meant, and what there is if that is short.
func Unknown(what, got string, known []string) string {
	text := fmt.Sprintf("unknown %s %s", what, quote(got))
	if near := nearest(got, known); near != "" {
		text += fmt.Sprintf(", did you mean `%s`?", near)
	}
	switch {
	case len(known) == 0:
		text += " (there are none)"
	case len(known) <= 20:
		text += " (known: " + strings.Join(known, ", ") + ")"
	}
	return text
}

// nearest returns the known name that word was probably meant to be, or "".
// About one letter in three may be wrong; upper case and dashes do not count.
func nearest(word string, known []string) string {
	word = fold(word)
	best, least := "", (len([]rune(word))+1)/3+1
	for _, name := range known {
		d := distance(word, fold(name), least)
		if d >= least && len(word) >= 3 && strings.HasPrefix(fold(name), word) {
			d = least - 1
		}
		if d < least {
			best, least = name, d
		}
	}
	return best
}

func fold(word string) string {
	return strings.ReplaceAll(strings.ToLower(word), "-", "_")
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to get from a to b. It gives up, returning enough, when the
// lengths alone differ by that much.
func distance(a, b string, enough int) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) >= enough || len(t)-len(s) >= enough {
		return enough
	}
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
