package rollout

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const legendRow vg.Length = 16 // height of a row, in points

// missing says in a legend why a line cannot be seen.
func missing(seen, zero bool) string {
	switch {
	case seen:
		return ""
	case zero:
		return " (0)"
	default:
		return " (none)"
	}
}

// inRow is how many labels of a legend stand beside each other: no more than most,
// and all in full.
func inRow(labels []string, width vg.Length, most int) int {
	style, longest := textStyle(10, 0, 0), vg.Length(0)
	for _, label := range labels {
		longest = max(longest, style.Width(label))
	}
	return max(1, min(most, int(width/(longest+vg.Points(36)))))
}

// legendHeight is that of so many labels, n in a row.
func legendHeight(labels, n int) vg.Length {
	return legendRow*vg.Length((labels+n-1)/n) + vg.Points(12)
}

// legend draws the labels of lines at the foot of a sheet, n in a row.
func (s sheet) legend(labels []string, n int, foot vg.Length) {
	cell := s.Max.X / vg.Length(n)
	for i, label := range labels {
		entry := plot.NewLegend()
		entry.Left, entry.Top, entry.YPosition = true, true, draw.PosCenter
		entry.TextStyle.Font = textStyle(10, 0, 0).Font
		entry.Add(label, lineThumb{i})
		entry.Draw(draw.Crop(s.Canvas, cell*vg.Length(i%n)+vg.Points(12), 0, 0, foot-s.Max.Y-legendRow*vg.Length(i/n)))
	}
}

// lineThumb is a line of a legend.
type lineThumb struct{ color int }

// Thumbnail implements [plot.Thumbnailer].
func (l lineThumb) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(lineStyle(l.color), c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}
