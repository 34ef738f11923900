package rollout

import (
	"math"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Panel is one plot of a figure of many.
type Panel struct {
	Title string
	Ticks []string // names of x = 1, 2, …, where x is no number
	Bands []Band
}

// Band is a line with what it may as well be, over x.
type Band struct {
	Name              string
	X                 []float64
	Low, Middle, High []float64
}

// The panels of a figure: at most so many in a row, each so large.
const (
	panelsInRow = 3
	panelWidth  = 3.3 * vg.Inch
	panelHeight = 2.5 * vg.Inch
)

// Multiples is a PNG of small panels with one vertical axis for all. A name has
// one colour in all panels, and one place in the legend below.
func Multiples(panels []Panel, x, y string, log bool) ([]byte, error) {
	var names []string
	index := map[string]int{}
	figures := make([]*curves, len(panels))
	axis := newSpan()
	seen, zero := map[string]bool{}, map[string]bool{} // lines with a place on the axis, and those that are 0 somewhere
	for p, panel := range panels {
		f := newCurves(panel.Title, x, "", log)
		f.name(panel.Ticks)
		for _, b := range panel.Bands {
			if _, known := index[b.Name]; !known {
				index[b.Name] = len(names)
				names = append(names, b.Name)
			}
			f.band(b.X, b.Low, b.High, index[b.Name])
			f.line(b.Name, b.X, b.Middle, index[b.Name])
			drawn := f.drawn(b.Middle)
			seen[b.Name] = seen[b.Name] || len(drawn) > 0
			zero[b.Name] = zero[b.Name] || slices.Contains(b.Middle, 0)
			axis.line(drawn)
		}
		axis.figure(f)
		figures[p] = f
	}
	if log {
		axis.limit()
	}
	rows := max(1, (len(panels)+panelsInRow-1)/panelsInRow)
	columns := max(1, (len(panels)+rows-1)/rows) // as many in each row, nearly
	margin := vg.Points(24)
	width := margin + panelWidth*vg.Length(columns)
	labels := slices.Clone(names)
	for i, name := range names {
		labels[i] += missing(seen[name], log && zero[name])
	}
	n := inRow(labels, width, 2*columns)
	foot := legendHeight(len(labels), n)
	s := newSheet(width, panelHeight*vg.Length(rows)+foot)
	style := textStyle(11, text.XCenter, text.YTop)
	style.Rotation = math.Pi / 2
	for p, f := range figures {
		f.low, f.high = axis.low, axis.high
		f.compose()
		left, top := margin+panelWidth*vg.Length(p%columns), panelHeight*vg.Length(p/columns)
		f.plot.Draw(draw.Crop(s.Canvas, left, left+panelWidth-s.Max.X-vg.Points(10),
			s.Max.Y-top-panelHeight+vg.Points(6), -top-vg.Points(6)))
		if p%columns == 0 {
			s.FillText(style, vg.Point{X: vg.Points(6), Y: s.Max.Y - top - panelHeight/2}, y)
		}
	}
	s.legend(labels, n, foot)
	return s.png()
}
