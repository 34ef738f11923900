package physics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// lawful are small problems of one and two dimensions, with and without ends and
// time, on which every law that accepts them is tried.
func lawful() map[string]physics.Problem {
	shelf := heat(physics.Walls, 7, 0.1).problem
	rooms := of("fisher_kpp", &physics.FisherKPP{Diffusivity: 0.1, Reactivity: 1}, physics.Grid{Points: []int{5, 6}, Extent: []float64{1, 1}, Boundary: physics.Cells}, 0.1)
	rooms.Ends = append(shelf.Ends, shelf.Ends...)
	rock := physics.Grid{Points: []int{5, 6}, Extent: []float64{1, 1}, Boundary: physics.Walls}
	return map[string]physics.Problem{
		"burgers":       coleHopf(9, 0.1).problem,
		"navier_stokes": taylorGreen(8, 0.1).problem,
		"walls":         shelf,
		"cells":         rooms,
		"darcy":         of("darcy", &physics.Darcy{Source: 1}, rock, 1),
	}
}

// TestLawGradients compares every law with central differences, for forecasts of
// two samples, on all problems that it accepts.
func TestLawGradients(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Loss]() {
		accepted := 0
		for name, p := range lawful() {
			loss, err := configs.New[physics.Loss](kind)
			if err != nil {
				t.Fatal(err)
			}
			law, ok := loss.(physics.Law)
			if !ok {
				accepted++
				break
			}
			if law.Init(p) != nil {
				continue
			}
			accepted++
			t.Run(fmt.Sprintf("%s/%s", kind, name), func(t *testing.T) {
				steps := 5
				if _, steady := p.Equation.Value.(physics.Elliptic); steady {
					steps = 1
				}
				checkLawGradient(t, law, p, steps)
			})
		}
		if accepted == 0 {
			t.Errorf("%s: no problem to try it on", kind)
		}
	}
}

func checkLawGradient(t *testing.T, law physics.Law, p physics.Problem, steps int) {
	const batch = 2
	rng := rand.New(rand.NewPCG(1, 2))
	frames := make([][]float64, steps+1)
	for n := range frames {
		channels := p.Channels()
		if n == 0 {
			channels = p.Inputs()
		}
		for range batch * p.Grid.Size() * channels {
			frames[n] = append(frames[n], 1+rng.Float64())
		}
	}
	program, q := lawProgram(t, law, p, batch, frames)
	value(t, program)
	grad := program.Grads[0].Values()
	largest := 0.0
	for _, d := range grad {
		largest = max(largest, math.Abs(d))
	}
	if largest == 0 {
		t.Fatal("the gradient is zero")
	}
	const h = 1e-5
	for i := range 40 {
		i = i * 7 % len(grad)
		x := q.Value.F64[i]
		q.Value.F64[i] = x + h
		up := value(t, program)
		q.Value.F64[i] = x - h
		down := value(t, program)
		q.Value.F64[i] = x
		if fd := (up - down) / (2 * h); math.Abs(fd-grad[i]) > 1e-6*largest {
			t.Errorf("element %d: gradient %.10g, finite difference %.10g", i, grad[i], fd)
		}
	}
}
