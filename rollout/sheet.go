package rollout

import (
	"bytes"
	"fmt"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// dotsPerInch of all pictures. 1100 dots are about the width of a report.
const dotsPerInch = 120

// sheet is a picture in the making: the plot library draws axes and text on
// it, and fields are painted dot by dot, which leaves no seams.
type sheet struct {
	vgdraw.Canvas
	dots draw.Image
}

func newSheet(w, h vg.Length) sheet {
	canvas := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dotsPerInch))
	return sheet{vgdraw.New(canvas), canvas.Image()}
}

// paint fills a rectangle with a field.
func (s sheet) paint(r vg.Rectangle, f field, colors scale) {
	left, right := s.dot(r.Min.X), s.dot(r.Max.X)
	bottom, top := s.dot(r.Min.Y), s.dot(r.Max.Y)
	for y := bottom; y < top; y++ {
		j := (y - bottom) * f.h / (top - bottom)
		for x := left; x < right; x++ {
			i := (x - left) * f.w / (right - left)
			s.dots.Set(x, s.dots.Bounds().Dy()-1-y, colors.color(f.at(i, j)))
		}
	}
	s.outline(r)
}

func (s sheet) dot(l vg.Length) int { return int(math.Round(l.Dots(dotsPerInch))) }

func (s sheet) outline(r vg.Rectangle) {
	s.StrokeLines(vgdraw.LineStyle{Color: color.Black, Width: vg.Points(0.5)}, []vg.Point{
		r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
}

// bar draws a colour bar with ticks and a name on the right of a rectangle,
// where it takes 65 points.
func (s sheet) bar(of vg.Rectangle, colors scale, label string) {
	r := vg.Rectangle{
		Min: vg.Point{X: of.Max.X + vg.Points(9), Y: of.Min.Y},
		Max: vg.Point{X: of.Max.X + vg.Points(20), Y: of.Max.Y},
	}
	n := len(colors.colors)
	step := (colors.high - colors.low) / float64(n)
	s.paint(r, field{1, n, func(_, j int) float64 { return colors.low + (float64(j)+0.5)*step }}, colors)
	style := textStyle(9, text.XLeft, text.YCenter)
	for _, tick := range (ticks{}).Ticks(colors.low, colors.high) {
		y := r.Min.Y + r.Size().Y*vg.Length((tick.Value-colors.low)/(colors.high-colors.low))
		s.StrokeLine2(vgdraw.LineStyle{Color: color.Black, Width: vg.Points(0.5)}, r.Max.X, y, r.Max.X+vg.Points(3), y)
		s.FillText(style, vg.Point{X: r.Max.X + vg.Points(5), Y: y}, tick.Label)
	}
	style = textStyle(10, text.XCenter, text.YTop)
	style.Rotation = math.Pi / 2
	s.FillText(style, vg.Point{X: r.Max.X + vg.Points(33), Y: (r.Min.Y + r.Max.Y) / 2}, label)
}

func (s sheet) png() ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, s.dots); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

// textStyle is the type of all text.
func textStyle(points float64, x text.XAlignment, y text.YAlignment) text.Style {
	return text.Style{
		Color:   color.Black,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(points)},
		XAlign:  x,
		YAlign:  y,
		Handler: plot.DefaultTextHandler,
	}
}

// newPlot is an empty plot in our type.
func newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.Padding = vg.Points(6)
	for _, style := range []*text.Style{&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle} {
		style.Font = textStyle(11, 0, 0).Font
	}
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Tick.Label.Font = textStyle(9, 0, 0).Font
		axis.Tick.Marker = ticks{}
	}
	return p
}
