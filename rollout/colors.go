package rollout

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/palette/moreland"
)

// colorMap is a list of colours from low to high.
type colorMap []color.RGBA

// viridis is a map for fields: evenly spaced in perceived lightness, and so
// readable in grey and by the colour-blind. Between its ten anchors it is
// interpolated. Source: Matplotlib (S. van der Walt & N. Smith), CC0.
func viridis(n int) colorMap {
	anchors := [...]color.RGBA{
		{0x44, 0x01, 0x54, 255}, {0x48, 0x28, 0x78, 255}, {0x3e, 0x49, 0x89, 255}, {0x31, 0x68, 0x8e, 255}, {0x26, 0x82, 0x8e, 255},
		{0x1f, 0x9e, 0x89, 255}, {0x35, 0xb7, 0x79, 255}, {0x6e, 0xce, 0x58, 255}, {0xb5, 0xde, 0x2b, 255}, {0xfd, 0xe7, 0x25, 255},
	}
	m := make(colorMap, n)
	for i := range m {
		at := float64(i) / float64(n-1) * float64(len(anchors)-1)
		k := min(int(at), len(anchors)-2)
		a, b, f := anchors[k], anchors[k+1], at-float64(k)
		mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + f*(float64(b)-float64(a)))) }
		m[i] = color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
	}
	return m
}

// diverging is a map for differences: blue below, red above and grey at zero,
// which the colour-blind tell apart. Ref: Moreland, ISVC 2009.
func diverging(n int) colorMap {
	m := make(colorMap, n)
	for i, c := range moreland.SmoothBlueRed().Palette(n).Colors() {
		m[i] = color.RGBAModel.Convert(c).(color.RGBA)
	}
	return m
}

// lineColors are told apart by the colour-blind. Source: Okabe & Ito, Color
// Universal Design (2008).
var lineColors = []color.RGBA{
	{0x00, 0x72, 0xb2, 255}, // blue
	{0xd5, 0x5e, 0x00, 255}, // vermilion
	{0x00, 0x9e, 0x73, 255}, // green
	{0xcc, 0x79, 0xa7, 255}, // purple
	{0xe6, 0x9f, 0x00, 255}, // orange
	{0x56, 0xb4, 0xe9, 255}, // sky blue
	{0x33, 0x33, 0x33, 255}, // near black
}

func lineColor(i int) color.RGBA { return lineColors[i%len(lineColors)] }

// notFinite is the colour of values that have none.
var notFinite = color.RGBA{0xff, 0xff, 0xff, 255}

// scale gives values colours. Values beyond its ends have the colour of the end.
type scale struct {
	low, high float64
	colors    colorMap
}

// fieldScale spans the values of a truth, so that pictures of all models share
// it, and one that diverges does not stretch it.
func fieldScale(truth []field, colors colorMap) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, f := range truth {
		f.each(func(v float64) { low, high = min(low, v), max(high, v) })
	}
	if !(low < high) {
		middle := 0.0
		if low == high {
			middle = low
		}
		pad := max(1, math.Abs(middle)) / 2
		low, high = middle-pad, middle+pad
	}
	return scale{low, high, colors}
}

// differenceScale is symmetric about zero, and at most as wide as the truth's:
// the last frames before a forecast diverges do not hide all others.
func differenceScale(differences []field, truth scale, colors colorMap) scale {
	var limit float64
	for _, f := range differences {
		f.each(func(v float64) {
			if !math.IsNaN(v) {
				limit = max(limit, math.Abs(v))
			}
		})
	}
	limit = min(limit, truth.high-truth.low)
	if limit == 0 {
		limit = 1
	}
	return scale{-limit, limit, colors}
}

// index is the place of a value in the colour map, −1 for what is not finite.
func (s scale) index(v float64) int {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return -1
	}
	n := len(s.colors)
	return min(max(int((v-s.low)/(s.high-s.low)*float64(n)), 0), n-1)
}

func (s scale) color(v float64) color.RGBA {
	if i := s.index(v); i >= 0 {
		return s.colors[i]
	}
	return notFinite
}
