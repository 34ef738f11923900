package rollout

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Strip is a PNG of one channel of a sample in two dimensions: a row each of
// truth, forecast and difference, a column for each of some frames, counted
// from 0. Colours are those of [SpaceTime].
func Strip(e Ensemble, sample, channel int, frames []int) ([]byte, error) {
	if err := e.hasPicture(2, sample, channel); err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	rows, err := e.stripRows(sample, channel, frames)
	if err != nil {
		return nil, fmt.Errorf("strip: %w", err)
	}
	shared := fieldScale(rows[0], viridis(256))
	own := differenceScale(rows[2], shared, diverging(255))
	extent := e.Truth.Grid.Extent
	cell := vg.Length(8.6) * vg.Inch / vg.Length(max(len(frames), 3))
	height := cell * vg.Length(min(max(extent[1]/extent[0], 0.2), 3))
	s := newSheet(cell*vg.Length(len(frames))+1.7*vg.Inch, 3*height+1.2*vg.Inch)

	plots := make([][]*plot.Plot, len(rows))
	for r := range rows {
		for k := range frames {
			plots[r] = append(plots[r], e.stripCell(r, k))
		}
	}
	tiles := draw.Tiles{Rows: len(rows), Cols: len(frames), PadX: vg.Points(14), PadY: vg.Points(6)}
	area := draw.Crop(s.Canvas, vg.Points(6), -vg.Inch, vg.Points(6), -vg.Points(22))
	var last [3]vg.Rectangle
	for r, canvases := range plot.Align(plots, tiles, area) {
		colors := shared
		if r == 2 {
			colors = own
		}
		for k, c := range canvases {
			last[r] = s.framed(plots[r][k], c, rows[r][k], colors)
			if r == 0 {
				top := vg.Point{X: (last[r].Min.X + last[r].Max.X) / 2, Y: last[r].Max.Y + vg.Points(8)}
				s.FillText(textStyle(10, text.XCenter, text.YBottom), top, fmt.Sprintf("t = %.4g", e.Truth.Time(frames[k])))
			}
		}
	}
	name := e.Truth.Channels[channel]
	s.bar(vg.Rectangle{Min: last[1].Min, Max: last[0].Max}, shared, name)
	s.bar(last[2], own, "Δ"+name)
	return s.png()
}

// stripRows are the fields of truth, forecast and difference at some frames.
func (e Ensemble) stripRows(sample, channel int, frames []int) (rows [3][]field, err error) {
	if len(frames) == 0 {
		return rows, fmt.Errorf("no frames chosen")
	}
	points, channels := e.Truth.Grid.Points, len(e.Truth.Channels)
	shown := e.shown(sample)
	for _, t := range frames {
		if t < 0 || t >= e.Truth.Steps() {
			return rows, fmt.Errorf("frame = %d, want one of the %d", t, e.Truth.Steps())
		}
		truth := plane(e.Truth.Frames[sample][t], points, channel, channels)
		forecast := plane(shown[t], points, channel, channels)
		rows[0] = append(rows[0], truth)
		rows[1] = append(rows[1], forecast)
		rows[2] = append(rows[2], forecast.minus(truth))
	}
	return rows, nil
}

// stripCell is the plot of a row and a column. Ticks and names stand on the
// outer cells only.
func (e Ensemble) stripCell(row, column int) *plot.Plot {
	p := newPlot("", "", "")
	p.X.Max, p.Y.Max = e.Truth.Grid.Extent[0], e.Truth.Grid.Extent[1]
	if row == 2 {
		p.X.Label.Text = "x"
	} else {
		p.X.Tick.Marker = plot.ConstantTicks(nil)
	}
	if column == 0 {
		p.Y.Label.Text = []string{"truth", e.Model, "difference"}[row] + ", y"
	} else {
		p.Y.Tick.Marker = plot.ConstantTicks(nil)
	}
	return p
}
