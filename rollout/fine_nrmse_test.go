package rollout

import (
	"math"
	"testing"

	"eddy/physics"
)

// TestFineScales adds waves of amplitude 1 along one axis of 16 and 12 points: the
// filter has those above half of the 8 and of the 6 waves that fit, of norm
// √(192/2), and no others.
func TestFineScales(t *testing.T) {
	g := physics.Grid{Points: []int{16, 12}, Extent: []float64{1, 1}}
	fine := (&FineNRMSE{0.5}).filter(g, 1)
	for axis, n := range g.Points {
		for k := 1; k < n/2; k++ {
			u := make([]float64, g.Size())
			for i := range u {
				u[i] = math.Cos(2 * math.Pi * float64(k) * g.X(axis, g.Index(i)[axis]))
			}
			want := 0.0
			if k > n/4 {
				want = math.Sqrt(192. / 2)
			}
			if got := fine(u); math.Abs(got-want) > 1e-12 {
				t.Errorf("axis %d, wave %d: %v, want %v", axis, k, got, want)
			}
		}
	}
}
