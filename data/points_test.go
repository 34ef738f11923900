package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// shock is the request for the solution in testdata/burgers_shock.npz.
func shock() (*Points, Request) {
	p := &Points{Reference: "testdata/burgers_shock.npz", Frames: "u"}
	return p, Request{Batch: 1, Seed: 1, Problem: physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "burgers", Value: &physics.Burgers{Convection: 1, Viscosity: 0.01 / math.Pi}},
		Grid:     physics.Grid{Points: []int{256}, Extent: []float64{2}, Boundary: physics.Walls},
		Dt:       0.01,
	}}
}

// TestPointsShock looks at the reference: it begins with −sin πx on (−1, 1),
// and is odd.
func TestPointsShock(t *testing.T) {
	p, r := shock()
	trials, err := p.Trials(t.Context(), r, Test, 5, 99)
	if err != nil || len(trials) != 1 || len(trials[0].Frames) != 100 {
		t.Fatalf("%d trials, %v", len(trials), err)
	}
	for k, u := range trials[0].Frames {
		for i, v := range u {
			if want := -math.Sin(math.Pi * (r.Problem.Grid.X(0, i) - 1)); k == 0 && math.Abs(v-want) > 1e-12 {
				t.Fatalf("u(0, %d) = %v, want %v", i, v, want)
			}
			if math.Abs(v+u[len(u)-1-i]) > 1e-9 { // tolerance of the code that computed it
				t.Fatalf("frame %d is not odd", k)
			}
		}
	}
	if trials, err = p.Trials(t.Context(), r, Validation, 5, 99); err != nil || len(trials) > 0 {
		t.Errorf("%d trials for validation, %v", len(trials), err)
	}
}

// TestPointsObserves compares observations with the solution, and their noise
// with what was asked for.
func TestPointsObserves(t *testing.T) {
	p, r := shock()
	p.Observations, p.Length, p.Noise = 4000, 99, 0.1
	l, err := p.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	trials, err := p.Trials(t.Context(), r, Test, 1, 99)
	if err != nil {
		t.Fatal(err)
	}
	stats, noise := newMoments(1), newMoments(1)
	for _, u := range trials[0].Frames {
		stats.add(u)
	}
	frames := map[int]bool{}
	for _, o := range l.Instance.Observations {
		i, k := int(math.Round(o.Place[0]/r.Problem.Grid.Spacing(0))), int(math.Round(o.Place[1]/r.Problem.Dt))
		noise.add([]float64{o.Values[0] - trials[0].Frames[k][i]})
		frames[k] = true
	}
	// The deviation of 4000 draws is off by 1/√8000 = 1 %.
	got, want := math.Sqrt(noise.m2[0]/noise.count), 0.1*math.Sqrt(stats.m2[0]/stats.count)
	if math.Abs(got/want-1) > 0.04 || math.Abs(noise.mean[0]) > 0.1*want || len(frames) < 99 {
		t.Errorf("noise %v with mean %v in %d frames, want %v, 0 and 100", got, noise.mean[0], len(frames), want)
	}
	again, err := p.Describe(r)
	if err != nil || !slices.Equal(again.Instance.Observations[7].Values, l.Instance.Observations[7].Values) {
		t.Error("two draws from one seed differ")
	}
}

// TestPointsRefuses lists what there is no one solution for.
func TestPointsRefuses(t *testing.T) {
	for _, test := range []struct {
		change func(p *Points, r *Request)
		want   string
	}{
		{func(_ *Points, r *Request) { r.Window = 2 }, "windows of 2 frames"},
		{func(_ *Points, r *Request) { r.Batch = 32 }, "train.batch = 32, want 1"},
		{func(p *Points, _ *Request) { p.Reference, p.Frames = "", "" }, "needs an equation, a solver"},
		{func(p *Points, _ *Request) { p.Reference = "" }, "frames = \"u\" of no file"},
		{func(p *Points, _ *Request) { p.Observations = 3 }, "want the frames that 3 observations"},
		{func(p *Points, _ *Request) { p.Length = 100 }, "100 frames after the first"},
		{func(_ *Points, r *Request) { r.Problem.Parameters = make([]physics.Parameter, 1) }, "set them in the equation"},
		{func(_ *Points, r *Request) { r.Problem.Grid.Points = []int{128} }, "128"},
		{func(_ *Points, r *Request) {
			r.Problem.Equation = configs.Of[physics.Equation]{Kind: "darcy", Value: &physics.Darcy{}}
		}, "darcy has no time"},
	} {
		p, r := shock()
		test.change(p, &r)
		if _, err := p.Describe(r); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want …%s…", err, test.want)
		}
	}
}
