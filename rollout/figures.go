package rollout

// Series is a line of a figure.
type Series struct {
	Name string
	X, Y []float64
}

// LossFigure is a PNG of losses over training steps, on a logarithmic axis.
// What has no logarithm is left out, and a step that is off by orders of
// magnitude goes beyond the axis.
func LossFigure(series []Series) ([]byte, error) {
	f := newCurves("", "training step", "loss", true)
	axis := newSpan()
	for i, s := range series {
		f.line(s.Name, s.X, s.Y, i)
		axis.line(f.drawn(s.Y))
	}
	axis.figure(f)
	axis.limit()
	f.low, f.high = axis.low, axis.high
	return f.png()
}

// Curve is a score over time of one model.
type Curve struct {
	Model string
	Score Score
}

// ScoreFigure is a PNG of a score over time: for each model the median over
// samples, and as a band the middle 80 % of them. A cross ends the line where
// half of the samples have diverged. A score without samples is one line.
func ScoreFigure(curves []Curve) ([]byte, error) {
	if len(curves) == 0 {
		return newCurves("", "time", "", false).png()
	}
	return scoreCurves(curves).png()
}

// LongScoreFigure is a [ScoreFigure] with a logarithmic axis of time, for
// forecasts so long that all that happens early is lost otherwise.
func LongScoreFigure(curves []Curve) ([]byte, error) {
	f := scoreCurves(curves)
	f.logX = true
	return f.png()
}

func scoreCurves(all []Curve) *curves {
	name := all[0].Score.Name
	d, _ := Define(name)
	f := newCurves("median and middle 80 % of samples", "time (time units)", name, !d.Larger)
	if all[0].Score.Samples == nil {
		f.plot.Title.Text = ""
	}
	for i, c := range all {
		if c.Score.Samples == nil {
			f.line(c.Model, c.Score.Times, c.Score.Values, i)
			continue
		}
		low, middle, high := make([]float64, len(c.Score.Times)), make([]float64, len(c.Score.Times)), make([]float64, len(c.Score.Times))
		for t, samples := range c.Score.Samples {
			low[t], middle[t], high[t] = quantile(samples, 0.1), median(samples), quantile(samples, 0.9)
		}
		f.band(c.Score.Times, low, high, i)
		f.line(c.Model, c.Score.Times, middle, i)
	}
	return f
}
