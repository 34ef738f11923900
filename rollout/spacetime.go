package rollout

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpaceTime is a PNG of one channel of a sample in one dimension: truth,
// forecast and their difference over time and space, side by side. Truth and
// forecast share the truth's scale; the difference, forecast − truth, has its
// own, symmetric about zero. A forecast is left white after it diverged.
func SpaceTime(e Ensemble, sample, channel int) ([]byte, error) {
	if err := e.hasPicture(1, sample, channel); err != nil {
		return nil, fmt.Errorf("space-time picture: %w", err)
	}
	points, channels := e.Truth.Grid.Points[0], len(e.Truth.Channels)
	truth := spaceTime(e.Truth.Frames[sample], points, channel, channels)
	forecast := spaceTime(e.shown(sample), points, channel, channels)
	difference := forecast.minus(truth)
	shared := fieldScale([]field{truth}, viridis(256))
	own := differenceScale([]field{difference}, shared, diverging(255))

	s := newSheet(11*vg.Inch, 3.6*vg.Inch)
	name := e.Truth.Channels[channel]
	bar := vg.Points(84)
	width := (s.Max.X - 2*bar) / 3
	e.panel(s, 0, width, "truth", truth, shared)
	second := e.panel(s, width, 2*width, e.title(sample), forecast, shared)
	third := e.panel(s, 2*width+bar, 3*width+bar, "forecast − truth", difference, own)
	s.bar(second, shared, name)
	s.bar(third, own, "Δ"+name)
	return s.png()
}

// title is the model's name, and where its forecast of a sample ends.
func (e Ensemble) title(sample int) string {
	if t := e.Bounded[sample]; t < e.Truth.Steps() {
		return fmt.Sprintf("%s, diverged at t = %.4g", e.Model, e.Truth.Time(t))
	}
	return e.Model
}

// panel draws a field over time and space between two abscissae of the sheet.
// It returns the place of the field.
func (e Ensemble) panel(s sheet, left, right vg.Length, title string, f field, colors scale) vg.Rectangle {
	p := newPlot(title, "time (time units)", "x")
	half := e.Truth.Dt / 2
	p.X.Min, p.X.Max = e.Truth.Time(0)-half, e.Truth.Time(f.w-1)+half
	p.Y.Min, p.Y.Max = 0, e.Truth.Grid.Extent[0]
	return s.framed(p, draw.Crop(s.Canvas, left, right-s.Max.X, 0, -vg.Points(8)), f, colors)
}

// framed draws a plot and paints a field into it. It returns the
// place of the field.
func (s sheet) framed(p *plot.Plot, c draw.Canvas, f field, colors scale) vg.Rectangle {
	p.X.Padding, p.Y.Padding = 0, 0
	p.Draw(c)
	data := p.DataCanvas(c).Rectangle
	s.paint(data, f, colors)
	return data
}

// hasPicture reports what keeps a channel of a sample from being drawn.
func (e Ensemble) hasPicture(dims, sample, channel int) error {
	if n := e.Truth.Grid.Dims(); n != dims {
		return fmt.Errorf("%d axes, want %d", n, dims)
	}
	if sample < 0 || sample >= e.Truth.Samples() {
		return fmt.Errorf("sample = %d, want one of the %d", sample, e.Truth.Samples())
	}
	if channel < 0 || channel >= len(e.Truth.Channels) {
		return fmt.Errorf("channel = %d, want one of the %d", channel, len(e.Truth.Channels))
	}
	if e.Truth.Steps() == 0 {
		return fmt.Errorf("no frames")
	}
	return nil
}
