package solver

import (
	"fmt"
	"math"
	"testing"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

// stepBatch times a step of eight trajectories and reports the time of one, in
// all and per point.
func stepBatch(b *testing.B, p physics.Problem, order int) {
	s := solver(b, p, order, 1)
	u, errs := make([][]float64, fourier.Lanes), make([]error, fourier.Lanes)
	for l := range u {
		u[l] = draw(b, p, uint64(l))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		s.StepAll(u, u, errs)
		for l, err := range errs {
			if err != nil {
				b.Fatalf("lane %d: %v", l, err)
			}
		}
	}
	one := float64(b.Elapsed().Nanoseconds()) / float64(b.N*fourier.Lanes)
	b.ReportMetric(one/1000, "µs/step")
	b.ReportMetric(one/float64(p.Grid.Size()), "ns/point")
}

// The cost of a step as the grid grows in one dimension.
func BenchmarkLine(b *testing.B) {
	for _, n := range []int{64, 128, 160, 256, 512, 1024} {
		for _, order := range []int{2, 4} {
			b.Run(fmt.Sprintf("ks/points=%d/order=%d", n, order), func(b *testing.B) {
				stepBatch(b, blank(b, "ks", n, 60, 0.01), order)
			})
		}
	}
}

// The cost of a step as the grid grows in two dimensions, for vorticity.
func BenchmarkPlane(b *testing.B) {
	for _, n := range []int{32, 64, 128, 256} {
		for _, order := range []int{2, 4} {
			b.Run(fmt.Sprintf("kolmogorov/points=%d/order=%d", n, order), func(b *testing.B) {
				stepBatch(b, kolmogorov(n), order)
			})
		}
	}
}

// kolmogorov is a forced flow on n×n points.
func kolmogorov(n int) physics.Problem {
	p := of(&physics.NavierStokes{
		Viscosity: 1e-3,
		Drag:      0.1,
		Forcing:   configs.Of[physics.Forcing]{Value: &physics.Kolmogorov{Mode: 4, Amplitude: 1}},
	}, n, 2*math.Pi, 1e-3)
	p.Grid.Points, p.Grid.Extent = []int{n, n}, []float64{2 * math.Pi, 2 * math.Pi}
	return p
}

// One state alone, which has the vectors to itself.
func BenchmarkStep(b *testing.B) {
	p := blank(b, "ks", 160, 60, 0.05)
	s, u := solver(b, p, 4, 1), draw(b, p, 1)
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Step(u, u); err != nil {
			b.Fatal(err)
		}
	}
}

// What it takes before the first step.
func BenchmarkStepper(b *testing.B) {
	for name, p := range map[string]physics.Problem{"ks/160": blank(b, "ks", 160, 60, 0.05), "kolmogorov/64": kolmogorov(64), "kolmogorov/128": kolmogorov(128)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				solver(b, p, 2, 1)
			}
		})
	}
}
