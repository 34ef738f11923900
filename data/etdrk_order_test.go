package data

import (
	"fmt"
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Every equation with nonlinear terms converges in time at the order of every
// method, and one without is solved exactly.
func TestETDRKOrder(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Equation]() {
		p := smoothProblem(t, kind)
		if !isNonlinear(p) {
			continue
		}
		truth := solveIn(t, p, 4, 4096)
		for order := 1; order < len(tableaus); order++ {
			t.Run(fmt.Sprintf("%s/%d", kind, order), func(t *testing.T) {
				var h, e []float64
				for _, substeps := range []int{32, 64, 128, 256, 512} {
					h = append(h, 1/float64(substeps))
					e = append(e, maxDistance(solveIn(t, p, order, substeps), truth))
				}
				t.Logf("%.2e", e)
				p := slope(h, e)
				t.Logf("order %.3f", p)
				if math.Abs(p-float64(order)) > 0.1 {
					t.Errorf("order %.3f, want %d", p, order)
				}
			})
		}
	}
}

// smoothProblem is an equation with its defaults on a short box, where 1 is a
// long time for a frame.
func smoothProblem(t *testing.T, kind string) physics.Problem {
	e, err := configs.New[physics.Equation](kind)
	if err != nil {
		t.Fatal(err)
	}
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: kind, Value: e},
		Grid:     physics.Grid{Points: []int{32}, Extent: []float64{2 * math.Pi}},
		Dt:       0.5,
	}
}

func isNonlinear(p physics.Problem) bool {
	s, err := newSpectral(p.Grid)
	if err != nil {
		panic(err)
	}
	n, err := newNonlinear(s, p.Channels(), p.Equation.Value.Nonlinear)
	if err != nil {
		panic(err)
	}
	return len(n.outputs) > 0
}

// solveIn returns what becomes of a smooth state in p.Dt.
func solveIn(t *testing.T, p physics.Problem, order, substeps int) []float64 {
	s, err := (&ETDRK{Order: order, Substeps: substeps, Bound: 1e4}).Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	u := make([]float64, p.Size())
	for i := range u {
		x := p.Grid.X(0, i)
		u[i] = 0.3 + 0.5*math.Sin(x) + 0.2*math.Cos(2*x)
	}
	if err := s.Step(u, u); err != nil {
		t.Fatal(err)
	}
	return u
}

// slope fits log e = p log h + const by least squares and returns p.
func slope(h, e []float64) float64 {
	var sx, sy, sxx, sxy float64
	for i := range h {
		x, y := math.Log(h[i]), math.Log(e[i])
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	n := float64(len(h))
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}
