package initial

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// The default is the Darcy data of FNO: two values, each in half of the box.
func TestTwoPhase(t *testing.T) {
	f, err := configs.New[physics.Initial]("two_phase")
	if err != nil {
		t.Fatal(err)
	}
	g := gridOf(16, unitSquare, physics.Walls)
	const draws = 400
	share := 0.0
	for seed := range uint64(draws) {
		u := make([]float64, g.Size())
		if err := f.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatal(err)
		}
		for _, v := range u {
			if v != 3 && v != 12 {
				t.Fatalf("value %v, want 3 or 12", v)
			}
			share += (v - 3) / 9 / 256 / draws
		}
	}
	// The share of a state has a standard deviation of about 0.06.
	if math.Abs(share-0.5) > 0.015 {
		t.Errorf("share %.3f of the higher value, want 0.5", share)
	}
}

// Each channel has the distribution given for it, and is the same whatever the
// others are.
func TestPerChannel(t *testing.T) {
	g := gridOf(16, interval, physics.Periodic)
	wave := &PerChannel{Channels: []configs.Of[physics.Initial]{initialOf("fourier", &Fourier{Cutoff: 3}), initialOf("constant", &Constant{Value: []float64{0}})}}
	other := &PerChannel{Channels: []configs.Of[physics.Initial]{initialOf("grf", smoothGRF), initialOf("constant", &Constant{Value: []float64{-1}, ValueHigh: []float64{1}})}}
	third := &PerChannel{Channels: []configs.Of[physics.Initial]{wave.Channels[0], other.Channels[1]}}
	u, v, w := drawn(t, wave, g, 5), drawn(t, other, g, 5), drawn(t, third, g, 5)
	for i := range 16 {
		if u[2*i+1] != 0 {
			t.Errorf("velocity %v, want 0", u[2*i+1])
		}
		if w[2*i] != u[2*i] || w[2*i+1] != v[2*i+1] {
			t.Errorf("channels of point %d change with the other's distribution", i)
		}
	}
}

func TestScaled(t *testing.T) {
	g := gridOf(16, interval, physics.Periodic)
	u := drawn(t, smoothGRF, g, 5)
	for i, v := range drawn(t, &Scaled{Initial: initialOf("grf", smoothGRF), Factor: -2, Shift: 3}, g, 5) {
		if v != 3-2*u[i] {
			t.Errorf("value %d is %v, want %v", i, v, 3-2*u[i])
		}
	}
}

// The extremes are exact, and the map keeps the order of values.
func TestWithin(t *testing.T) {
	g := gridOf(16, interval, physics.Periodic)
	u := drawn(t, &Within{Initial: initialOf("grf", smoothGRF), Low: 0.1, High: 0.7}, g, 5)
	v := drawn(t, smoothGRF, g, 5)
	for c := range 2 {
		var mapped, order []float64
		for i := range 16 {
			mapped, order = append(mapped, u[2*i+c]), append(order, v[2*i+c])
		}
		if slices.Min(mapped) != 0.1 || slices.Max(mapped) != 0.7 {
			t.Errorf("from %v to %v, want 0.1 to 0.7", slices.Min(mapped), slices.Max(mapped))
		}
		if slices.Index(mapped, 0.1) != slices.Index(order, slices.Min(order)) {
			t.Error("the smallest value is elsewhere than before")
		}
	}
}

// It is the odd part along all axes at once, of an even and of an odd number of points.
func TestOdd(t *testing.T) {
	g := physics.Grid{Points: []int{8, 5}, Extent: box12}
	odd := &Odd{Initial: initialOf("grf", smoothGRF)}
	u, v := drawn(t, odd, g, 5), drawn(t, smoothGRF, g, 5)
	for i := range 8 {
		for j := range 5 {
			here, there := 2*(5*i+j), 2*(5*((8-i)%8)+(5-j)%5)
			for c := range 2 {
				if want := (v[here+c] - v[there+c]) / 2; u[here+c] != want {
					t.Errorf("%v at point %d, %d, want %v", u[here+c], i, j, want)
				}
			}
		}
	}
	if err := odd.Draw(make([]float64, 16), gridOf(16, interval, physics.Walls), rand.New(rand.NewPCG(1, 1))); err == nil {
		t.Error("no error for walls")
	}
}

// The series of sines of DGenNO has amplitudes with the variances
// λ_k = 2·49² ((kπ)² + 49)^−2.5, and so values with Σ_k λ_k sin² kπx.
func TestOddOfDGenNO(t *testing.T) {
	g := gridOf(64, []float64{2}, physics.Periodic)
	odd := &Odd{Initial: initialOf("grf", &GRF{Sigma: 49 * math.Sqrt2, Tau: 7, Alpha: 2.5})}
	const draws = 2000
	variance := make([]float64, 64)
	for seed := range uint64(draws) {
		for i, v := range drawn(t, odd, g, seed) {
			variance[i/2] += v * v / (2 * draws)
		}
	}
	for i, v := range variance {
		want := 0.0
		for k := 1; k < 32; k++ {
			want += 4802 * math.Pow(math.Pow(math.Pi*float64(k), 2)+49, -2.5) * math.Pow(math.Sin(math.Pi*float64(k*i)/32), 2)
		}
		if math.Abs(v-want) > 0.1*want+1e-12 {
			t.Errorf("variance %.4f at point %d, want %.4f", v, i, want)
		}
	}
}
