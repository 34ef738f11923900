package initial

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// initialCase is a distribution of each kind for the tests that all must pass:
// one that 16 points along an axis hold exactly.
type initialCase struct {
	initial  physics.Initial
	extents  [][]float64 // boxes it is drawn on
	periodic bool        // grids with ends are refused
	fixed    bool        // all states are the same
}

var (
	interval   = []float64{1.5}
	unitSquare = []float64{1, 1}
	box12      = []float64{1, 2}
)

func initialOf(kind string, initial physics.Initial) configs.Of[physics.Initial] {
	return configs.Of[physics.Initial]{Kind: kind, Value: initial}
}

// smoothGRF is so smooth that 16 points hold all of it. Its values are about 1.
var smoothGRF = &GRF{Sigma: 1e16, Tau: 5, Alpha: 20, ZeroMean: true}

var initialCases = map[string]initialCase{
	"blobs":           {initial: &Blobs{Blobs: 2, Position: [2]float64{0.2, 0.8}, Variance: [2]float64{0.02, 0.05}}, extents: [][]float64{interval, box12}},
	"constant":        {initial: &Constant{Value: []float64{-1}, ValueHigh: []float64{1}}, extents: [][]float64{interval, box12}},
	"diffused_noise":  {initial: &DiffusedNoise{Diffusion: 0.1, Sigma: 1, ZeroMean: true}, extents: [][]float64{interval, box12}},
	"discontinuities": {initial: &Discontinuities{Blocks: 3, Low: -1, High: 1}, extents: [][]float64{interval, box12}},
	"fourier":         {initial: &Fourier{Cutoff: 5, MaxAbs: 1}, extents: [][]float64{interval, box12}, periodic: true},
	"grf":             {initial: smoothGRF, extents: [][]float64{interval, box12}},
	"matern":          {initial: &Matern{Nu: 100, Length: 1, Sigma: 1}, extents: [][]float64{interval, box12}},
	"mcwilliams":      {initial: &McWilliams{Peak: 3, Cutoff: 7, Energy: 0.5}, extents: [][]float64{unitSquare}, periodic: true},
	"odd":             {initial: &Odd{Initial: initialOf("grf", smoothGRF)}, extents: [][]float64{interval, box12}, periodic: true},
	"per_channel": {
		initial: &PerChannel{Channels: []configs.Of[physics.Initial]{initialOf("grf", smoothGRF), initialOf("grf", smoothGRF)}},
		extents: [][]float64{interval, box12},
	},
	"radial_riemann": {
		initial: &RadialRiemann{
			Inside: []float64{-1}, InsideHigh: []float64{1}, Outside: []float64{-1}, OutsideHigh: []float64{1}, Radius: [2]float64{0.3, 0.7},
		},
		extents: [][]float64{interval, box12},
	},
	"riemann": {
		initial: &Riemann{Left: []float64{-1}, LeftHigh: []float64{1}, Right: []float64{-1}, RightHigh: []float64{1}, Position: [2]float64{0.2, 0.8}},
		extents: [][]float64{interval, box12},
	},
	"scaled":    {initial: &Scaled{Initial: initialOf("grf", smoothGRF), Factor: -2, Shift: 1}, extents: [][]float64{interval, box12}},
	"sine":      {initial: &Sine{Amplitude: 2, Waves: []float64{1.5}, Phase: []float64{1}}, extents: [][]float64{interval, box12}, fixed: true},
	"sinusoids": {initial: &Sinusoids{Waves: 2, Cutoff: 8, Absolute: 0.1, Window: 0.1}, extents: [][]float64{interval}},
	"two_phase": {initial: &TwoPhase{Field: initialOf("grf", smoothGRF), Low: -1, High: 1}, extents: [][]float64{interval, box12}},
	// The extremes of two phases are the same on every grid.
	"within": {
		initial: &Within{Initial: initialOf("two_phase", &TwoPhase{Field: initialOf("grf", smoothGRF), Low: 3, High: 12}), Low: -1, High: 1},
		extents: [][]float64{interval, box12},
	},
}

// forEachInitial runs a test for every kind that is registered.
func forEachInitial(t *testing.T, test func(t *testing.T, c initialCase)) {
	for _, kind := range configs.Kinds[physics.Initial]() {
		t.Run(kind, func(t *testing.T) {
			c, ok := initialCases[kind]
			if !ok {
				t.Fatal("no case in initialCases")
			}
			test(t, c)
		})
	}
}

// gridOf has points along each axis of a box.
func gridOf(points int, extent []float64, b physics.Boundary) physics.Grid {
	return physics.Grid{Points: slices.Repeat([]int{points}, len(extent)), Extent: extent, Boundary: b}
}

// drawn returns a state of two channels.
func drawn(t *testing.T, initial physics.Initial, g physics.Grid, seed uint64) []float64 {
	t.Helper()
	u := make([]float64, 2*g.Size())
	if err := initial.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
		t.Fatal(err)
	}
	return u
}

var boundaries = []physics.Boundary{physics.Periodic, physics.Walls, physics.HalfOpen, physics.Cells}

// finer returns the number of points of a grid that has those of another with
// n points, factor times as dense, and the first of them and their distance.
func finer(n, factor int, b physics.Boundary) (points, first, step int) {
	switch b {
	case physics.Walls:
		return (n-1)*factor + 1, 0, factor
	case physics.Cells: // the factor is odd
		return n * factor, factor / 2, factor
	}
	return n * factor, 0, factor
}

// Every distribution draws the same state on any grid from equal generators,
// and others from others.
func TestInitialDoesNotDependOnResolution(t *testing.T) {
	forEachInitial(t, func(t *testing.T, c initialCase) {
		for _, b := range boundaries {
			for _, extent := range c.extents {
				if c.periodic && b != physics.Periodic {
					continue
				}
				coarse := gridOf(16, extent, b)
				want := drawn(t, c.initial, coarse, 1)
				size := maxDistance(want, make([]float64, len(want)))
				for _, factor := range []int{3, 5} {
					points, first, step := finer(16, factor, b)
					fine, got := drawn(t, c.initial, gridOf(points, extent, b), 1), []float64{}
					for i := range coarse.Size() {
						j := 0
						for _, k := range coarse.Index(i) {
							j = j*points + first + k*step
						}
						got = append(got, fine[2*j:2*j+2]...)
					}
					if d := maxDistance(got, want); !(d <= 1e-12*size) {
						t.Errorf("on %d %v points of %v: differs by %.1e from 16", points, b, extent, d/size)
					}
				}
				if !slices.Equal(drawn(t, c.initial, coarse, 1), want) {
					t.Errorf("%v points of %v: equal generators give different states", b, extent)
				}
				if slices.Equal(drawn(t, c.initial, coarse, 2), want) != c.fixed {
					t.Errorf("%v points of %v: states do not follow the generator", b, extent)
				}
			}
		}
	})
}

// The channels of a state are drawn independently, from the same distribution.
func TestInitialChannels(t *testing.T) {
	forEachInitial(t, func(t *testing.T, c initialCase) {
		if c.fixed {
			return
		}
		g := gridOf(16, c.extents[0], physics.Periodic)
		const draws = 2000
		var mu, mv, uu, uv, vv float64
		for seed := range uint64(draws) {
			s := drawn(t, c.initial, g, seed)
			at := 6 // of 16 points along the first axis: neither a symmetric place nor an end
			for _, n := range g.Points[1:] {
				at = at*n + 6
			}
			u, v := s[2*at], s[2*at+1]
			mu, mv, uu, uv, vv = mu+u/draws, mv+v/draws, uu+u*u/draws, uv+u*v/draws, vv+v*v/draws
		}
		uu, uv, vv = uu-mu*mu, uv-mu*mv, vv-mv*mv
		// The standard deviation of a correlation of 0 is 1/√2000 = 0.022.
		if c := uv / math.Sqrt(uu*vv); !(math.Abs(c) <= 0.08) {
			t.Errorf("correlation %.3f of two channels", c)
		}
		if r := uu / vv; !(r > 0.8 && r < 1.25) {
			t.Errorf("channels have variances in the ratio %.2f", r)
		}
	})
}

func TestInitialRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	forEachInitial(t, func(t *testing.T, c initialCase) {
		g := gridOf(16, c.extents[0], physics.Periodic)
		if c.initial.Draw(make([]float64, g.Size()+1), g, rng) == nil {
			t.Error("a number too many: want an error")
		}
		if c.initial.Draw(make([]float64, 4), physics.Grid{}, rng) == nil {
			t.Error("no grid: want an error")
		}
		for _, b := range boundaries[1:] {
			g := gridOf(16, c.extents[0], b)
			if err := c.initial.Draw(make([]float64, g.Size()), g, rng); c.periodic && err == nil {
				t.Errorf("boundary = %v: want an error", b)
			}
		}
	})
}

// Settings that contradict each other or the grid are refused.
func TestInitialRefusesSettings(t *testing.T) {
	line, plane := gridOf(16, interval, physics.Periodic), gridOf(16, unitSquare, physics.Periodic)
	for name, test := range map[string]struct {
		initial physics.Initial
		grid    physics.Grid
	}{
		"three distributions of two channels": {&PerChannel{Channels: slices.Repeat([]configs.Of[physics.Initial]{initialOf("grf", smoothGRF)}, 3)}, line},
		"three values of two channels":        {&Constant{Value: []float64{1, 2, 3}}, line},
		"no value":                            {&Constant{}, line},
		"no value left of the jump":           {&Riemann{Right: []float64{1}}, line},
		"a jump across an axis too many":      {&Riemann{Left: []float64{1}, Right: []float64{1}, Axis: 1}, line},
		"sinusoids in two dimensions":         {&Sinusoids{Waves: 2, Cutoff: 8}, plane},
		"turbulence in one dimension":         {&McWilliams{Peak: 3, Cutoff: 7, Energy: 1}, line},
		"turbulence in an oblong":             {&McWilliams{Peak: 3, Cutoff: 7, Energy: 1}, gridOf(16, box12, physics.Periodic)},
		"waves of two points":                 {&McWilliams{Peak: 3, Cutoff: 8, Energy: 1}, plane},
		"three waves in two dimensions":       {&Sine{Waves: []float64{1, 2, 3}, Phase: []float64{0}}, plane},
		"noise that has diffused away":        {&DiffusedNoise{Diffusion: 100, Sigma: 1, ZeroMean: true}, line},
		"nothing to cut":                      {&TwoPhase{}, line},
		"nothing to scale":                    {&Scaled{}, line},
		"nothing to map":                      {&Within{High: 1}, line},
		"a constant to stretch":               {&Within{Initial: initialOf("constant", &Constant{Value: []float64{1}}), High: 1}, line},
		"a range the wrong way round":         {&Within{Initial: initialOf("grf", smoothGRF), Low: 1}, line},
		"a spectrum without a limit":          {&GRF{Sigma: 1, Tau: 1, Alpha: 1}, plane},
	} {
		if test.initial.Draw(make([]float64, 2*test.grid.Size()), test.grid, rand.New(rand.NewPCG(1, 1))) == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	for _, bad := range []interface{ Check() error }{
		&Blobs{Position: [2]float64{0.6, 0.4}}, &Blobs{Variance: [2]float64{2, 1}}, &Discontinuities{Low: 1},
		&Riemann{Position: [2]float64{0.6, 0.4}}, &RadialRiemann{Radius: [2]float64{2, 1}}, &PerChannel{},
	} {
		if bad.Check() == nil {
			t.Errorf("%+v: want an error", bad)
		}
	}
}
