package rollout

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// noise is a state of normal numbers on a grid.
func noise(g physics.Grid, channels int) []float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	u := make([]float64, g.Size()*channels)
	for i := range u {
		u[i] = rng.NormFloat64()
	}
	return u
}

// box has some points along each axis, one of them an odd number.
func box(dims int) physics.Grid {
	return physics.Grid{Points: []int{8, 6, 5}[3-dims:], Extent: []float64{1, 2, 3}[3-dims:]}
}

// Parseval: the energies of all shells add up to half the mean square.
func TestSpectrumHasAllEnergy(t *testing.T) {
	for dims := 1; dims <= 3; dims++ {
		g := box(dims)
		u := noise(g, 2)
		var energy, want float64
		for _, e := range Spectrum(g, u, 2) {
			energy += e
		}
		for _, v := range u {
			want += v * v / 2 / float64(g.Size())
		}
		if math.Abs(energy-want) > 1e-14*want {
			t.Errorf("%d dimensions: energies add up to %v, want %v", dims, energy, want)
		}
	}
}

// A wave of amplitude a has the energy a²/4, in the shell of its own number.
func TestSpectrumOfAWave(t *testing.T) {
	g := physics.Grid{Points: []int{16, 16}, Extent: []float64{1, 1}}
	u := make([]float64, g.Size())
	for i := range u {
		k := g.Index(i)
		u[i] = 3 * math.Cos(2*math.Pi*float64(3*k[0]+4*k[1])/16)
	}
	for k, e := range Spectrum(g, u, 1) {
		want := 0.0
		if k == 5 {
			want = 9. / 4
		}
		if math.Abs(e-want) > 1e-14 {
			t.Errorf("energy %v at k = %d, want %v", e, k, want)
		}
	}
}

// Fields on a grid differentiate a wave exactly.
func TestFieldsOnAGrid(t *testing.T) {
	g := physics.Grid{Points: []int{12, 7}, Extent: []float64{3, 2}}
	m := newModes(g)
	wave := func(phase float64) physics.Field {
		return onGrid{make([]float64, g.Size()), m}.Cosine([3]int{2, -3}, phase)
	}
	kx, ky := 2*math.Pi*2/3, -2*math.Pi*3/2
	for name, pair := range map[string][2]physics.Field{
		"first derivative":  {wave(0.3).D(1, 1), wave(0.3 + math.Pi/2).Scale(ky)}, // of cos is −sin, a quarter turn on
		"third derivative":  {wave(0.3).D(0, 3), wave(0.3 - math.Pi/2).Scale(kx * kx * kx)},
		"inverse Laplacian": {wave(0.3).InverseLaplacian(), wave(0.3).Scale(-1 / (kx*kx + ky*ky))},
		"square":            {wave(0.3).Pow(2), wave(0.3).Mul(wave(0.3))},
		"sum":               {wave(0.3).Add(wave(0.3)), wave(0.3).Scale(2)},
	} {
		for i, v := range pair[0].(onGrid).u {
			if want := pair[1].(onGrid).u[i]; math.Abs(v-want) > 1e-10 { // k³ is about 70
				t.Errorf("%s: %v at point %d, want %v", name, v, i, want)
				break
			}
		}
	}
}

// KdV's three invariants are the same of a wave and of the wave shifted, and
// change with its size as powers 1, 2 and 3.
func TestInvariantsOfKdV(t *testing.T) {
	g := physics.Grid{Points: []int{32}, Extent: []float64{10}}
	m, kdv := newModes(g), kdvOf(t)
	bump := func(shift, size float64) []float64 {
		u := make([]float64, g.Size())
		for i := range u {
			u[i] = size * math.Exp(math.Cos(2*math.Pi*(g.X(0, i)-shift)/10))
		}
		return u
	}
	for _, invariant := range kdv.Invariants(1) {
		drift := m.drift(invariant, bump(0, 1), 1)
		if d := drift(bump(3.21, 1)); d > 1e-13 {
			t.Errorf("%s of a shifted wave is off by %v", invariant.Name, d)
		}
		if d := drift(bump(0, 2)); d < 0.9 {
			t.Errorf("%s of a wave twice as high is off by %v", invariant.Name, d)
		}
	}
}

func kdvOf(t *testing.T) physics.Conservative {
	e, err := configs.New[physics.Equation]("kdv")
	if err != nil {
		t.Fatal(err)
	}
	return e.(physics.Conservative)
}

// single is a forecast of one frame.
func single(g physics.Grid, channels int, p, y []float64) Ensemble {
	e := Ensemble{Truth: Truth{Grid: g, Channels: make([]string, channels), Dt: 1, Starts: []Start{{State: y}}, Frames: [][][]float64{{y}}}}
	e.Forecast, e.Bounded = [][][]float64{{p}}, []int{1}
	return e
}

// The Well's own check: its three bands have all of the mean square error.
func TestBandsOfTheWellAddUp(t *testing.T) {
	for dims := 1; dims <= 3; dims++ {
		g := box(dims)
		y := noise(g, 2)
		p := make([]float64, len(y))
		for i := range p {
			p[i] = y[len(y)-1-i]
		}
		scores := (&SpectralTheWell{}).Evaluate(single(g, 2, p, y))
		err, _ := squares(p, y)
		got, want := scores[0].Values[0]+scores[1].Values[0]+scores[2].Values[0], err/float64(len(y))
		if math.Abs(got-want) > 1e-13 {
			t.Errorf("%d dimensions: bands add up to %v, want %v", dims, got, want)
		}
		for _, s := range scores[:3] {
			if s.Values[0] == 0 && dims > 1 { // five points have no wave in the middle
				t.Errorf("%d dimensions: %s is empty", dims, s.Name)
			}
		}
	}
}

// Norms of the order 0 and of all modes are those of the values.
func TestNormsByParseval(t *testing.T) {
	for dims := 1; dims <= 3; dims++ {
		g := box(dims)
		y := noise(g, 1)
		p := make([]float64, len(y))
		for i := range p {
			p[i] = y[len(y)-1-i]
		}
		e := single(g, 1, p, y)
		want := (&NRMSE{}).Evaluate(e)[0].Values[0]
		for _, m := range []Metric{&RelHs{0}, &BandNRMSE{0, 99}, &FourierExponax{Measure: RMSE, High: 99}, &SpatialExponax{Measure: RMSE}, &NRMSEPDEBench{}} {
			if got := m.Evaluate(e)[0].Values[0]; math.Abs(got-want) > 1e-14 {
				t.Errorf("%d dimensions: %T is %v, want %v", dims, m, got, want)
			}
		}
	}
}
