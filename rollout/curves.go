package rollout

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curves is a figure of lines and bands.
type curves struct {
	plot      *plot.Plot
	legend    plot.Legend
	log, logX bool
	low, high float64  // of what can be drawn
	bands     []func() // drawn below, once the range of the axis is known
	lines     []func() // drawn above
}

func newCurves(title, x, y string, log bool) *curves {
	legend := plot.NewLegend()
	legend.Top, legend.Left = true, true
	legend.Padding = vg.Points(4)
	legend.TextStyle.Font = textStyle(10, 0, 0).Font
	return &curves{plot: newPlot(title, x, y), legend: legend, log: log, low: math.Inf(1), high: math.Inf(-1)}
}

// name labels x = 1, 2, … by names, if there are any.
func (f *curves) name(names []string) {
	if len(names) == 0 {
		return
	}
	var marks plot.ConstantTicks
	for i, n := range names {
		marks = append(marks, plot.Tick{Value: float64(i + 1), Label: n})
	}
	f.plot.X.Tick.Marker = marks
	f.plot.X.Min, f.plot.X.Max = 0.8, float64(len(names))+0.2 // a label has room
}

// drawable tells the values that have a place on the axis, with room above and
// below.
func (f *curves) drawable(y float64) bool {
	return math.Abs(y) < 1e300 && (!f.log || y > 1e-300)
}

// drawn are the values that have a place on the axis.
func (f *curves) drawn(y []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(y), func(v float64) bool { return !f.drawable(v) })
}

// runs returns the stretches of a line between values that cannot be drawn,
// and widens the axis to hold them.
func (f *curves) runs(x, y []float64) []plotter.XYs {
	var runs []plotter.XYs
	open := false
	for i := range y {
		if !f.drawable(y[i]) {
			open = false
			continue
		}
		if !open {
			runs, open = append(runs, nil), true
		}
		last := len(runs) - 1
		runs[last] = append(runs[last], plotter.XY{X: x[i], Y: y[i]})
		f.low, f.high = min(f.low, y[i]), max(f.high, y[i])
	}
	return runs
}

// line draws values over x, with a cross where they go beyond all bounds.
func (f *curves) line(name string, x, y []float64, i int) {
	y = y[:min(len(x), len(y))]
	style := lineStyle(i)
	runs := f.runs(x, y)
	f.lines = append(f.lines, func() {
		for _, run := range runs {
			f.plot.Add(&plotter.Line{XYs: run, LineStyle: style})
			if len(run) == 1 {
				f.glyph(run[0], i, draw.CircleGlyph{})
			}
		}
		if end := lost(y); end > 0 && f.drawable(y[end-1]) {
			f.glyph(plotter.XY{X: x[end-1], Y: y[end-1]}, i, draw.CrossGlyph{})
		}
		f.legend.Add(name, &plotter.Line{LineStyle: style})
	})
}

// lineStyle is dashed once all colours have been used.
func lineStyle(i int) draw.LineStyle {
	s := draw.LineStyle{Color: lineColor(i), Width: vg.Points(1.5)}
	if i >= len(lineColors) {
		s.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
	}
	return s
}

func (f *curves) glyph(at plotter.XY, i int, shape draw.GlyphDrawer) {
	style := draw.GlyphStyle{Color: lineColor(i), Radius: vg.Points(4), Shape: shape}
	f.plot.Add(&plotter.Scatter{XYs: plotter.XYs{at}, GlyphStyle: style})
}

// lost is the index of the first +Inf, 0 if there is none.
func lost(y []float64) int {
	for i, v := range y {
		if math.IsInf(v, 1) {
			return i
		}
	}
	return 0
}

// band shades between low and high. It reaches the top of the figure where
// high is +Inf, and has gaps where there is no low.
func (f *curves) band(x, low, high []float64, i int) {
	shade := lineColor(i)
	fill := color.NRGBA{shade.R, shade.G, shade.B, 50}
	f.runs(x, high)
	end := 0
	for _, lower := range f.runs(x, low) {
		start := end + slices.Index(x[end:], lower[0].X)
		end = start + len(lower)
		above := high[start:end]
		f.bands = append(f.bands, func() {
			outline := slices.Clone(lower)
			for k, at := range slices.Backward(lower) {
				outline = append(outline, plotter.XY{X: at.X, Y: min(above[k], f.plot.Y.Max)})
			}
			f.plot.Add(&plotter.Polygon{XYs: []plotter.XYs{outline}, Color: fill})
		})
	}
}

// png draws the figure alone on a picture.
func (f *curves) png() ([]byte, error) {
	empty := f.compose()
	s := newSheet(8.5*vg.Inch, 4.2*vg.Inch)
	side := min(f.legend.Rectangle(s.Canvas).Size().X+vg.Points(16), s.Max.X/2)
	f.plot.Draw(draw.Crop(s.Canvas, vg.Points(6), -side, vg.Points(6), -vg.Points(10)))
	f.legend.Draw(draw.Crop(s.Canvas, s.Max.X-side+vg.Points(8), 0, 0, -vg.Points(30)))
	if empty {
		s.FillText(textStyle(11, text.XCenter, text.YCenter), s.Center(), "no values to draw")
	}
	return s.png()
}

// compose adds bands, then lines, to the plot. It tells whether there is nothing.
func (f *curves) compose() (empty bool) {
	if empty = f.low > f.high; empty { // nothing has widened the axis
		f.low, f.high, f.plot.X.Min, f.plot.X.Max = 0.1, 1, 0.1, 1
	}
	f.fit()
	f.plot.Add(grid())
	for _, draw := range append(f.bands, f.lines...) {
		low, high := f.plot.Y.Min, f.plot.Y.Max
		draw()
		f.plot.Y.Min, f.plot.Y.Max = low, high
	}
	if x := &f.plot.X; f.logX {
		x.Scale, x.Tick.Marker = plot.LogScale{}, decades{}
		if x.Min == x.Max {
			x.Min, x.Max = x.Min/2, x.Max*2
		}
	}
	return empty
}

// fit chooses the range of the vertical axis.
func (f *curves) fit() {
	y := &f.plot.Y
	if f.log {
		y.Scale, y.Tick.Marker = plot.LogScale{}, decades{}
		y.Min, y.Max = f.low/1.3, f.high*1.3
		return
	}
	pad := 0.05 * max(f.high-f.low, 1e-3*math.Abs(f.high), 1e-12)
	y.Min, y.Max = f.low-pad, f.high+pad
}

// grid is faint.
func grid() *plotter.Grid {
	g := plotter.NewGrid()
	g.Horizontal.Color, g.Vertical.Color = color.Gray{225}, color.Gray{225}
	return g
}
