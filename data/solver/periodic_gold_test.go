package solver

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Every equation with Fourier solutions meets the values that another method
// found, by a program that shares no code with this one: ../testdata/periodic.py.
func TestPeriodicGold(t *testing.T) {
	file, err := os.Open("../testdata/periodic.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, row := range rows[1:] {
		known[row[0]] = true
		n := make([]float64, len(row))
		for i := 1; i < len(row); i++ {
			if n[i], err = strconv.ParseFloat(row[i], 64); err != nil {
				t.Fatal(err)
			}
		}
		s := setting{settings[row[0]].equation, int(n[1]), 96, n[2], n[3], n[4], n[5]}
		if s.dims > 1 {
			s.points = 64
		}
		compareGold(t, row[0], s, int(n[6]), n[7:])
	}
	for _, kind := range configs.Kinds[physics.Equation]() {
		e := blank(t, kind, 1, 1, 1).Equation.Value
		if _, ok := e.(physics.Evolution); ok && !known[kind] && !isPositive(e) && solvable(t, e) {
			t.Errorf("%s: ../testdata/periodic.csv does not have it", kind)
		}
	}
}

// compareGold compares one channel of a solution at three of 16 points along
// each axis.
func compareGold(t *testing.T, name string, s setting, channel int, want []float64) {
	p := s.problem(t, name, s.points)
	u := advance(t, solver(t, p, 4, 40), s.start(p), 1)
	probes := map[int][][]int{1: {{3}, {7}, {12}}, 2: {{3, 5}, {7, 14}, {12, 2}}}[s.dims]
	for i, probe := range probes {
		at := 0
		for _, j := range probe {
			at = at*s.points + j*s.points/16
		}
		if got := u[at*p.Channels()+channel]; math.Abs(got-want[i]) > 1e-9 {
			t.Errorf("%s: %.12g in channel %d at %v, want %.12g", name, got, channel, probe, want[i])
		}
	}
}

// solvable tells whether an equation has Fourier solutions in one or two
// dimensions.
func solvable(t *testing.T, e physics.Equation) bool {
	for dims := 1; dims <= 2; dims++ {
		p := setting{equation: e, dims: dims, extent: 1, dt: 1}.problem(t, "", 8)
		if _, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1}).Stepper(p); err == nil {
			return true
		}
	}
	return false
}
