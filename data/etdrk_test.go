package data

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

func BenchmarkETDRK(b *testing.B) {
	for _, kind := range []string{"ks", "ks_conservative"} {
		for _, n := range []int{64, 160, 256} {
			for _, order := range []int{2, 4} {
				b.Run(fmt.Sprintf("%s/N=%d/order=%d", kind, n, order), func(b *testing.B) {
					e, _ := configs.New[physics.Equation](kind)
					p := physics.Problem{Equation: configs.Of[physics.Equation]{Kind: kind, Value: e}, Dt: 0.05,
						Grid: physics.Grid{Points: []int{n}, Extent: []float64{60}}}
					s, err := (&ETDRK{Order: order, Substeps: 1, Bound: 1e4}).Stepper(p)
					if err != nil {
						b.Fatal(err)
					}
					u := make([]float64, n)
					if err := (&Fourier{Cutoff: 5, MaxAbs: 1}).Draw(u, p.Grid, rand.New(rand.NewPCG(1, 1))); err != nil {
						b.Fatal(err)
					}
					b.ReportAllocs()
					for b.Loop() {
						if err := s.Step(u, u); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
