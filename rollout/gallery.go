package rollout

import (
	"errors"
	"fmt"

	"eddy/physics"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The most that a gallery shows.
const (
	galleryRows    = 4
	galleryColumns = 5
	gallerySamples = 3
)

// gallery is a picture of many fields: rows that each show one channel, and
// columns. Rows of a channel share their colours.
type gallery struct {
	rows    [][]field
	channel []string // [rows]
	side    []string // [rows] what stands left of a row
	columns []string // titles
	x       string   // name of the abscissa
	extent  [2]float64
	aspect  float64 // height of a field over its width
}

// TrajectoryGallery is a PNG of trajectories as they are, initial states
// included. In one dimension it shows the first samples over time and space, a
// row for each channel; in several some frames of the first samples, in three
// on the plane in the middle of the last axis.
func TrajectoryGallery(y Truth) ([]byte, error) {
	if y.Samples() == 0 || y.Steps() == 0 {
		return nil, errors.New("gallery: no frames")
	}
	channels := min(len(y.Channels), galleryRows)
	states := func(s int) [][]float64 { return append([][]float64{y.Starts[s].State}, y.Frames[s]...) }
	if y.Grid.Dims() == 1 {
		g := gallery{x: "time (time units)", extent: [2]float64{float64(y.Steps()) * y.Dt, y.Grid.Extent[0]}, aspect: 0.75}
		for c := range channels {
			var row []field
			for s := range min(y.Samples(), gallerySamples) {
				row = append(row, spaceTime(states(s), y.Grid.Points[0], c, len(y.Channels)))
			}
			g.add("x", y.Channels[c], row)
		}
		for s := range g.rows[0] {
			g.columns = append(g.columns, fmt.Sprintf("trajectory %d", s))
		}
		return g.png()
	}
	g := planes(y.Grid)
	for s := 0; s == 0 || s < y.Samples() && len(g.rows)+channels <= galleryRows; s++ {
		for c := range channels {
			var row []field
			for _, t := range Spread(y.Steps()+1, galleryColumns) {
				row = append(row, middle(states(s)[t], y.Grid, c, len(y.Channels)))
			}
			g.add(fmt.Sprintf("trajectory %d, y", s), y.Channels[c], row)
		}
	}
	for _, t := range Spread(y.Steps()+1, galleryColumns) {
		title := fmt.Sprintf("t = %.4g", float64(t)*y.Dt)
		if y.Grid.Dims() == 3 {
			title += fmt.Sprintf(", z = %.4g", y.Grid.X(2, y.Grid.Points[2]/2))
		}
		g.columns = append(g.columns, title)
	}
	return g.png()
}

// PairGallery is a PNG of the first samples of what an elliptic equation takes
// as given, the starts of y, whose channels are inputs, and of its
// solutions, in two or three dimensions.
func PairGallery(y Truth, inputs []string) ([]byte, error) {
	switch {
	case y.Grid.Dims() == 1:
		return nil, errors.New("gallery: pairs in one dimension, want two or three")
	case y.Samples() == 0 || y.Steps() == 0:
		return nil, errors.New("gallery: no pairs")
	}
	g := planes(y.Grid)
	show := func(names []string, state func(s int) []float64) {
		for c := range min(len(names), galleryRows/2) {
			var row []field
			for s := range min(y.Samples(), galleryColumns) {
				row = append(row, middle(state(s), y.Grid, c, len(names)))
			}
			g.add("y", names[c], row)
		}
	}
	show(inputs, func(s int) []float64 { return y.Starts[s].State })
	show(y.Channels, func(s int) []float64 { return y.Frames[s][0] })
	for s := range g.rows[0] {
		g.columns = append(g.columns, fmt.Sprintf("pair %d", s))
	}
	return g.png()
}

// planes is a gallery of fields over the first two axes.
func planes(grid physics.Grid) gallery {
	e := grid.Extent
	return gallery{x: "x", extent: [2]float64{e[0], e[1]}, aspect: min(max(e[1]/e[0], 0.2), 3)}
}

// middle is one channel of a state [N…, C] in two dimensions or, in three, on
// the plane in the middle of the last axis.
func middle(u []float64, g physics.Grid, channel, channels int) field {
	points, at := g.Points[:2], channel
	if g.Dims() == 3 {
		at += g.Points[2] / 2 * channels
		channels *= g.Points[2]
	}
	return plane(u, points, at, channels)
}

// Spread chooses at most some numbers from 0 to n−1, evenly, the first and the
// last among them.
func Spread(n, most int) []int {
	var all []int
	for i := range min(n, most) {
		all = append(all, i*(n-1)/max(1, min(n, most)-1))
	}
	return all
}

func (g *gallery) add(side, channel string, row []field) {
	g.rows = append(g.rows, row)
	g.side, g.channel = append(g.side, side), append(g.channel, channel)
}

// png draws the gallery.
func (g gallery) png() ([]byte, error) {
	columns := len(g.columns)
	cell := 8.6 * vg.Inch / vg.Length(max(columns, 3))
	height := cell * vg.Length(g.aspect)
	s := newSheet(cell*vg.Length(columns)+1.7*vg.Inch, vg.Length(len(g.rows))*height+1*vg.Inch)
	plots := make([][]*plot.Plot, len(g.rows))
	for r := range g.rows {
		for k := range columns {
			plots[r] = append(plots[r], g.axes(r, k))
		}
	}
	tiles := draw.Tiles{Rows: len(g.rows), Cols: columns, PadX: vg.Points(14), PadY: vg.Points(8)}
	area := draw.Crop(s.Canvas, vg.Points(6), -vg.Inch, vg.Points(6), -vg.Points(22))
	for r, canvases := range plot.Align(plots, tiles, area) {
		colors := g.scale(g.channel[r])
		var last vg.Rectangle
		for k, c := range canvases {
			last = s.framed(plots[r][k], c, g.rows[r][k], colors)
			if r == 0 {
				top := vg.Point{X: (last.Min.X + last.Max.X) / 2, Y: last.Max.Y + vg.Points(8)}
				s.FillText(textStyle(10, text.XCenter, text.YBottom), top, g.columns[k])
			}
		}
		s.bar(last, colors, g.channel[r])
	}
	return s.png()
}

// scale spans all rows of a channel.
func (g gallery) scale(channel string) scale {
	var all []field
	for r, row := range g.rows {
		if g.channel[r] == channel {
			all = append(all, row...)
		}
	}
	return fieldScale(all, viridis(256))
}

// axes is the plot of a row and a column. Ticks and names stand on the outer
// ones only.
func (g gallery) axes(row, column int) *plot.Plot {
	p := newPlot("", "", "")
	p.X.Max, p.Y.Max = g.extent[0], g.extent[1]
	if row == len(g.rows)-1 {
		p.X.Label.Text = g.x
	} else {
		p.X.Tick.Marker = plot.ConstantTicks(nil)
	}
	if column == 0 {
		p.Y.Label.Text = g.side[row]
	} else {
		p.Y.Tick.Marker = plot.ConstantTicks(nil)
	}
	return p
}
