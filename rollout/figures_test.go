package rollout

import (
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

// slope is a truth on a grid of any dimension with u = i at point i at all
// times, from 0 to 7 on 8 points.
func slope(points []int, steps int) Truth {
	y := Truth{Grid: physics.Grid{Points: points}, Channels: []string{"u", "v"}, Dt: 1}
	var u []float64
	for range points {
		y.Grid.Extent = append(y.Grid.Extent, 1)
	}
	for i := range y.Grid.Size() {
		u = append(u, float64(i), 0)
	}
	y.Starts = []Start{{State: u}}
	y.Frames = [][][]float64{slices.Repeat([][]float64{u}, steps)}
	return y
}

func decode(t *testing.T, picture []byte, err error) image.Image {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// count is the number of dots of a colour.
func count(img image.Image, c [3]uint8) (n int) {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			if [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)} == c {
				n++
			}
		}
	}
	return n
}

func TestPicturesOfFields(t *testing.T) {
	lowest, highest := [3]uint8{0x44, 0x01, 0x54}, [3]uint8{0xfd, 0xe7, 0x25} // the ends of viridis
	for name, draw := range map[string]func() image.Image{
		"space-time": func() image.Image {
			e, err := Forecast("a", PredictFunc(Persistence), slope([]int{8}, 5), 100)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := SpaceTime(e, 0, 0)
			return decode(t, picture, err)
		},
		"strip": func() image.Image {
			e, err := Forecast("a", PredictFunc(Persistence), slope([]int{4, 2}, 5), 100)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := Strip(e, 0, 0, []int{0, 4, 2})
			return decode(t, picture, err)
		},
	} {
		img := draw()
		low, high := count(img, lowest), count(img, highest)
		// the ends are each an eighth of two panels or more, without a seam
		if low < 10000 || math.Abs(float64(low-high)) > 0.05*float64(low) {
			t.Errorf("%s: %d dots of the lowest colour, %d of the highest", name, low, high)
		}
		if grey := count(img, [3]uint8{diverging(255)[127].R, diverging(255)[127].G, diverging(255)[127].B}); grey < 3*low {
			t.Errorf("%s: %d dots of no difference, %d of the lowest colour", name, grey, low)
		}
	}
}

func TestPlaneHasTheFirstAxisToTheRight(t *testing.T) {
	f := plane([]float64{0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1}, []int{3, 2}, 0, 2)
	if f.w != 3 || f.h != 2 || f.at(2, 1) != 5 || f.at(1, 0) != 2 || f.at(0, 1) != 1 {
		t.Errorf("%d × %d values, last %v", f.w, f.h, f.at(2, 1))
	}
}

func TestAnimationColoursAreExact(t *testing.T) {
	truth := slope([]int{4, 2}, 250)
	e, err := Forecast("a", PredictFunc(Persistence), truth, 100)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Animation(e, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	movie, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(movie.Image); n != 84 { // every third of 250
		t.Errorf("%d frames, want 84", n)
	}
	colors := fieldScale([]field{plane(truth.Frames[0][0], []int{4, 2}, 0, 2)}, viridis(240))
	frame := movie.Image[0]
	width, height, gap := panelSize(field{w: 4, h: 2})
	for x := range 4 {
		for y := range 2 {
			want := colors.color(float64(2*x + y))
			for _, left := range []int{gap, 2*gap + width} {
				at := frame.At(left+(2*x+1)*width/8, captionDots+height-(2*y+1)*height/4)
				if r, g, b, _ := at.RGBA(); uint8(r>>8) != want.R || uint8(g>>8) != want.G || uint8(b>>8) != want.B {
					t.Errorf("value %d is %v, want %v", 2*x+y, at, want)
				}
			}
		}
	}
}

func TestScales(t *testing.T) {
	of := func(v ...float64) []field { return []field{{len(v), 1, func(i, _ int) float64 { return v[i] }}} }
	s := fieldScale(of(-1, 3), viridis(256))
	for v, want := range map[float64]int{-1: 0, 3: 255, 1: 128, -7: 0, 99: 255, math.NaN(): -1, math.Inf(1): -1} {
		if got := s.index(v); got != want {
			t.Errorf("%v has colour %d, want %d", v, got, want)
		}
	}
	if d := differenceScale(of(-1, 2, math.NaN()), s, diverging(255)); d.low != -2 || d.high != 2 || d.index(0) != 127 {
		t.Errorf("differences from %v to %v, want ±2", d.low, d.high)
	}
	if d := differenceScale(of(50), s, diverging(255)); d.high != 4 { // the width of the truth's
		t.Errorf("differences up to %v, want 4", d.high)
	}
	for _, constant := range []float64{0, 5, -1e-9} {
		if s := fieldScale(of(constant, constant), viridis(256)); !(s.low < constant && constant < s.high) {
			t.Errorf("constant %v is on a scale from %v to %v", constant, s.low, s.high)
		}
	}
}

func TestPicturesAtTheEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, y := range map[string][]float64{
		"none": nil, "one": {1}, "zeros": {0, 0, 0}, "NaN": {nan, nan}, "gaps": {1, nan, 2, inf, 0, 3, inf},
		"tiny": {5e-324, 1e-300}, "huge": {1e308, 1e-308}, "negative": {-1, -2}, "constant": {7, 7}, "lost after zero": {0, inf},
	} {
		x := make([]float64, len(y))
		for i := range x {
			x[i] = float64(i + 1)
		}
		picture, err := LossFigure([]Series{{name, x, y}, {"short", x, nil}, {"long", nil, []float64{1, inf}}})
		decode(t, picture, err)
		for _, metric := range []string{"nrmse", "correlation/pdearena"} {
			score := Score{Name: metric, Times: x, Values: y}
			picture, err = ScoreFigure([]Curve{{name, score}})
			decode(t, picture, err)
			for _, v := range y {
				score.Samples = append(score.Samples, []float64{v, 1})
			}
			picture, err = ScoreFigure([]Curve{{name, score}})
			decode(t, picture, err)
		}
	}
	picture, err := ScoreFigure([]Curve{{strings.Repeat("long ", 99), Score{Name: "nrmse", Times: []float64{1, 2}, Values: []float64{1}}}})
	decode(t, picture, err)
	picture, err = ScoreFigure(nil)
	decode(t, picture, err)
	lost := PredictFunc(func(from Start, n int) ([][]float64, error) {
		return slices.Repeat([][]float64{slices.Repeat([]float64{nan}, len(from.State))}, n), nil
	})
	e, err := Forecast("lost", lost, slope([]int{8}, 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	picture, err = SpaceTime(e, 0, 1)
	decode(t, picture, err)
}

func TestPicturesRefuse(t *testing.T) {
	one, err := Forecast("a", PredictFunc(Persistence), slope([]int{8}, 2), 100)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Forecast("a", PredictFunc(Persistence), slope([]int{4, 2}, 2), 100)
	if err != nil {
		t.Fatal(err)
	}
	empty := Ensemble{Truth: Truth{Grid: one.Truth.Grid, Channels: []string{"u"}, Frames: [][][]float64{{}}}, Bounded: []int{0}}
	for name, draw := range map[string]func() ([]byte, error){
		"space-time of two dimensions": func() ([]byte, error) { return SpaceTime(two, 0, 0) },
		"strip of one dimension":       func() ([]byte, error) { return Strip(one, 0, 0, []int{0}) },
		"animation of one dimension":   func() ([]byte, error) { return Animation(one, 0, 0) },
		"sample":                       func() ([]byte, error) { return SpaceTime(one, 1, 0) },
		"channel":                      func() ([]byte, error) { return SpaceTime(one, 0, 2) },
		"frame":                        func() ([]byte, error) { return Strip(two, 0, 0, []int{2}) },
		"no frames chosen":             func() ([]byte, error) { return Strip(two, 0, 0, nil) },
		"no frames":                    func() ([]byte, error) { return SpaceTime(empty, 0, 0) },
	} {
		if _, err := draw(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
