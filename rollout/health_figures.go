package rollout

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Figure is a picture that can be drawn, with a name for its file.
type Figure struct {
	Name, Caption string
	Draw          func() ([]byte, error)
}

// Figures are the pictures of a forecast's health.
func (h *Health) Figures() []Figure {
	all := []Figure{
		{"health_error.png", "Error over the whole forecast: median and middle 80 % of the samples.",
			func() ([]byte, error) { return LongScoreFigure([]Curve{{h.Model, h.Scores[0]}}) }},
		{"health_correlation.png", "Correlation with the truth: median and middle 80 % of the samples.",
			func() ([]byte, error) { return LongScoreFigure([]Curve{{h.Model, h.Scores[1]}}) }},
		{"health_spectrum.png", "Energy spectrum, mean over all frames and samples.", h.spectrumFigure},
		{"health_spectra.png", "Energy spectra over time, mean over samples, relative to the truth's mean over time. White: less than 1e-12 of the energy, or diverged.", h.spectraFigure},
		{"health_values.png", "Distribution of the values of " + h.Truth.Channels[0] + " over all points, frames and samples.", h.valuesFigure},
	}
	if len(h.Solver) > 0 {
		all = append(all, Figure{"health_drift.png", "Drift of what the equation conserves, relative to its size at the start, mean over samples.", h.driftFigure})
	}
	switch h.Truth.Grid.Dims() {
	case 1:
		all = append(all,
			Figure{"health_profile.png", "Mean over all frames and samples at each point; bands are one standard deviation wide on each side.", h.profileFigure},
			Figure{"health_spacetime.png", "A test sample in space and time.", func() ([]byte, error) { return SpaceTime(h.Shown, 0, 0) }})
	case 2:
		all = append(all,
			Figure{"health_profile.png", "Mean and standard deviation over all frames and samples at each point.", h.planesFigure},
			Figure{"health_frames.png", "A test sample.", func() ([]byte, error) { return Strip(h.Shown, 0, 0, Spread(h.Shown.Truth.Steps(), 5)) }},
			Figure{"health.gif", "A test sample in motion.", func() ([]byte, error) { return Animation(h.Shown, 0, 0) }})
	}
	return all
}

// spectrumFigure has the mean spectra, both axes logarithmic.
func (h *Health) spectrumFigure() ([]byte, error) {
	f := newCurves("", "waves in the box, k", "energy E(k)", true)
	f.logX = true
	for i, line := range h.lines() {
		var k, e []float64
		var total float64
		spectrum := h.Climate.spectrum(line.group)
		for _, v := range spectrum {
			total += v
		}
		for j, v := range spectrum {
			if j > 0 && v > faintest*total {
				k, e = append(k, float64(j)), append(e, v)
			}
		}
		f.line(line.name, k, e, i)
	}
	return f.png()
}

// lines are the groups that figures of statistics compare.
func (h *Health) lines() []struct {
	name  string
	group []int
} {
	return []struct {
		name  string
		group []int
	}{{"solver", truthBoth}, {h.Model, []int{forecastAll}}}
}

// spectraFigure shows truth and forecast beside each other, as decades above or
// below the truth's mean spectrum.
func (h *Health) spectraFigure() ([]byte, error) {
	truth := h.Climate.spectrum(truthBoth)
	var total float64
	for _, e := range truth {
		total += e
	}
	panel := func(which int) field {
		return field{len(h.spectra[which]), len(truth), func(i, k int) float64 {
			if h.counted[which][i] == 0 || truth[k] <= faintest*total {
				return math.NaN()
			}
			e := h.spectra[which][i][k] / h.counted[which][i]
			return math.Log10(max(e, faintest*total) / truth[k])
		}}
	}
	colors := scale{-2, 2, diverging(255)}
	s := newSheet(11*vg.Inch, 3.6*vg.Inch)
	width := (s.Max.X - vg.Points(70)) / 2
	var last vg.Rectangle
	for i, name := range []string{"solver", h.Model} {
		p := newPlot(name, "time (time units)", "waves in the box, k")
		p.X.Min, p.X.Max = 0, h.Shown.Truth.Time(len(h.spectra[i])-1)
		p.Y.Min, p.Y.Max = -0.5, float64(len(truth))-0.5
		last = s.framed(p, draw.Crop(s.Canvas, vg.Length(i)*(width+vg.Points(4)), vg.Length(i+1)*width-s.Max.X, 0, -vg.Points(8)), panel(i), colors)
	}
	s.bar(last, colors, "decades above the mean")
	return s.png()
}

// valuesFigure has the densities of the first channel's values.
func (h *Health) valuesFigure() ([]byte, error) {
	name := h.Truth.Channels[0]
	f := newCurves("", name, "density of "+name, true)
	for i, line := range h.lines() {
		x, density := h.Climate.values[0].coarse(line.group, 100)
		f.line(line.name, x, density, i)
	}
	return f.png()
}

// driftFigure has the drift of each invariant in forecast and, dashed, truth.
func (h *Health) driftFigure() ([]byte, error) {
	f := newCurves("", "time (time units)", "drift", true)
	for i, score := range h.Solver {
		forecast := h.Scores[2+i]
		name := forecast.Name[len("drift@"):]
		f.line(name+", "+h.Model, forecast.Times, forecast.Values, i)
		f.line(name+", solver", score.Times, score.Values, len(lineColors)+i) // dashed, in the same colour
	}
	return f.png()
}

// profileFigure has mean and deviation of the first channel along the axis.
func (h *Health) profileFigure() ([]byte, error) {
	g, channels := h.Truth.Grid, len(h.Truth.Channels)
	f := newCurves("", "x", "mean of "+h.Truth.Channels[0], false)
	x := make([]float64, g.Points[0])
	for i := range x {
		x[i] = g.X(0, i)
	}
	for i, line := range h.lines() {
		all, within := h.Climate.profiles(line.group)
		middle, deviation := channelOf(all, 0, channels), channelOf(within, 0, channels)
		if math.IsNaN(middle[0]) { // diverged at once
			continue
		}
		low, high := make([]float64, len(x)), make([]float64, len(x))
		for k := range x {
			low[k], high[k] = middle[k]-deviation[k], middle[k]+deviation[k]
		}
		f.band(x, low, high, i)
		f.line(line.name, x, middle, i)
	}
	return f.png()
}

// planesFigure has mean and deviation of the first channel on the plane.
func (h *Health) planesFigure() ([]byte, error) {
	g := planes(h.Truth.Grid)
	name, channels := h.Truth.Channels[0], len(h.Truth.Channels)
	var mean, deviation []field
	for _, line := range h.lines() {
		all, within := h.Climate.profiles(line.group)
		mean = append(mean, plane(all, h.Truth.Grid.Points, 0, channels))
		deviation = append(deviation, plane(within, h.Truth.Grid.Points, 0, channels))
		g.columns = append(g.columns, line.name)
	}
	g.add("y", "mean of "+name, mean)
	g.add("y", "deviation of "+name, deviation)
	return g.png()
}
