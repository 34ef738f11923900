package rollout

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

const (
	greys       = 16  // of the palette are for text, the other 240 for the field
	panelDots   = 280 // about the width of a panel
	captionDots = 34
	mostFrames  = 120 // of an animation; longer forecasts skip
)

// Animation is a GIF of one channel of a sample in two dimensions, truth and
// forecast side by side, at most 120 frames. Its palette is the colour map of
// [Strip], so that colours are exact; a forecast turns white when it diverges.
func Animation(e Ensemble, sample, channel int) ([]byte, error) {
	if err := e.hasPicture(2, sample, channel); err != nil {
		return nil, fmt.Errorf("animation: %w", err)
	}
	points, channels := e.Truth.Grid.Points, len(e.Truth.Channels)
	var truth, forecast []field
	for t, u := range e.shown(sample) {
		truth = append(truth, plane(e.Truth.Frames[sample][t], points, channel, channels))
		forecast = append(forecast, plane(u, points, channel, channels))
	}
	colors := fieldScale(truth, viridis(256-greys))
	every := (len(truth) + mostFrames - 1) / mostFrames
	var movie gif.GIF
	for t := 0; t < len(truth); t += every {
		caption := fmt.Sprintf("t = %.2f", e.Truth.Time(t))
		movie.Image = append(movie.Image, animationFrame(truth[t], forecast[t], colors, []string{"truth", e.Model, caption}))
		movie.Delay = append(movie.Delay, 8) // hundredths of a second
	}
	movie.Delay[len(movie.Delay)-1] = 100
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &movie); err != nil {
		return nil, fmt.Errorf("animation: %w", err)
	}
	return out.Bytes(), nil
}

// animationFrame puts two fields side by side below their captions; the third
// caption is between them.
func animationFrame(left, right field, colors scale, captions []string) *image.Paletted {
	var palette color.Palette
	for _, c := range colors.colors {
		palette = append(palette, c)
	}
	for i := range greys {
		palette = append(palette, color.Gray{uint8(255 * i / (greys - 1))})
	}
	white := uint8(len(palette) - 1)
	width, height, gap := panelSize(left)
	frame := image.NewPaletted(image.Rect(0, 0, 2*width+3*gap, height+captionDots+gap), palette)
	for i := range frame.Pix {
		frame.Pix[i] = white
	}
	for k, f := range []field{left, right} {
		x0 := gap + k*(width+gap)
		for y := range height {
			for x := range width {
				if i := colors.index(f.at(x*f.w/width, f.h-1-y*f.h/height)); i >= 0 {
					frame.SetColorIndex(x0+x, captionDots+y, uint8(i))
				}
			}
		}
	}
	caption(frame, captions, white)
	return frame
}

// panelSize is the size of a field in dots, a whole number of them per value
// unless it has very many, and the gap between two.
func panelSize(f field) (width, height, gap int) {
	width = f.w * ((panelDots + f.w - 1) / f.w)
	width = min(width, 2*panelDots)
	return width, max(1, width*f.h/f.w), 10
}

// caption writes three words at the left, the middle and the right of a
// frame's top.
func caption(frame *image.Paletted, words []string, white uint8) {
	width := frame.Rect.Dx()
	s := newSheet(vg.Length(width)*vg.Inch/dotsPerInch, captionDots*vg.Inch/dotsPerInch)
	for i, word := range words {
		// of the words, the third is the one in the middle
		x := []vg.Length{s.Max.X * 0.27, s.Max.X * 0.73, s.Max.X / 2}[i]
		s.FillText(textStyle(9, text.XCenter, text.YCenter), vg.Point{X: x, Y: s.Max.Y / 2}, word)
	}
	for y := range captionDots {
		for x := range min(width, s.dots.Bounds().Dx()) {
			grey := color.GrayModel.Convert(s.dots.At(x, y)).(color.Gray)
			frame.SetColorIndex(x, y, white-uint8(greys-1)+grey.Y/(256/greys))
		}
	}
}
