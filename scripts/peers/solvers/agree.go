package main

import (
	"fmt"
	"math"
)

const (
	steps   = 10
	samples = 8
)

// agree advances equal states by both programs and prints how much they
// differ.
func agree(o options, scenarios []scenario) error {
	fmt.Printf("| scenario | order | difference | allowed | | exponax as released |\n|---|---|---|---|---|---|\n")
	bad := 0
	for _, s := range scenarios {
		for _, order := range []int{2, 4} {
			corrected, released, err := differences(o, s, order)
			if err != nil {
				return fmt.Errorf("%s, order %d: %w", s.name, order, err)
			}
			verdict := "within"
			if !(corrected <= s.bound) {
				verdict = "beyond"
				bad++
			}
			fmt.Printf("| %s | %d | %.1e | %.0e | %s | %.1e |\n", s.name, order, corrected, s.bound, verdict, released)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of the differences are beyond what is allowed", bad)
	}
	return nil
}

// differences returns the largest relative L2 difference of a trajectory
// after the steps: to exponax with complex weights, and as it was released.
func differences(o options, s scenario, order int) (corrected, released float64, err error) {
	p := s.problem(order)
	states, err := draw(p, samples)
	if err != nil {
		return 0, 0, err
	}
	j := s.job(order, steps)
	theirs, err := advanced(o, s, j, states)
	if err != nil {
		return 0, 0, err
	}
	j.Complex = true
	alike, err := advanced(o, s, j, states)
	if err != nil {
		return 0, 0, err
	}
	e, err := newEnsemble(p)
	if err != nil {
		return 0, 0, err
	}
	ours, err := e.trajectories(states, steps)
	if err != nil {
		return 0, 0, err
	}
	for i, frames := range ours {
		last := frames[steps-1]
		corrected, released = max(corrected, distance(last, alike[i])), max(released, distance(last, theirs[i]))
	}
	return corrected, released, nil
}

// distance is |u − v| / |v| in L2; NaN if either has one.
func distance(u, v []float64) float64 {
	difference, norm := 0.0, 0.0
	for i := range u {
		difference = math.Hypot(difference, u[i]-v[i])
		norm = math.Hypot(norm, v[i])
	}
	return difference / norm
}
