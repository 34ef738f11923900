package main

import (
	"fmt"
	"math"
	"strconv"
)

// check compares the losses of four steps and the norm of the first gradient
// between the peers, which start from the same weights.
func check(o options, found []peer, names []string) error {
	bad := 0
	for _, name := range names {
		var first []string
		for _, p := range found {
			row, err := script(o, p, name, "--check")
			if err != nil {
				return err
			}
			fmt.Printf("%-14s %-6s %v\n", name, p.name, row[4:])
			if first == nil {
				first = row[4:]
			}
			bad += disagreements(first, row[4:])
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d numbers disagree", bad)
	}
	return nil
}

// Rounding in single precision grows over the updates, for Adam divides small
// gradients by small ones.
const tolerance = 1e-3

func disagreements(a, b []string) int {
	n := 0
	for i := range a {
		x, err1 := strconv.ParseFloat(a[i], 64)
		y, err2 := strconv.ParseFloat(b[i], 64)
		if err1 != nil || err2 != nil || !(math.Abs(x-y) <= tolerance*math.Abs(x)) {
			n++
		}
	}
	return n
}
