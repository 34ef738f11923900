package physics

import "eddy/models/graph"

// Scheme says how the frames of a solution of u_t = F(u) follow each other, and
// so what the residual of a forecast is.
type Scheme interface {
	// Residual returns the residual of a forecast, in units of u_t and for some
	// of its frames, one field for each channel.
	Residual(m Motion) []Field

	// Needs is the number of frames that the scheme needs beyond the first.
	Needs() int
}

// Motion is a forecast as fields, whose samples are its frames.
type Motion struct {
	Equation Evolution
	Dims     int
	U        []Field // all frames, the given one first
	Steps    int     // frames beyond the first
	Dt       float64

	nodes nodes
}

// Along takes sums of frames: n frames for each forecast, that the taps make of
// all.
func (m Motion) Along(fs []Field, n int, taps []graph.Tap) []Field {
	return m.nodes.along(fs, m.Steps+1, n, taps)
}

// Tendency is F(u) = L u + N(u) of fields such as U.
func (m Motion) Tendency(u []Field) []Field { return Tendency(m.Equation, m.Dims, u) }

// less returns a − b, channel by channel.
func less(a, b []Field) []Field {
	d := make([]Field, len(a))
	for c := range a {
		d[c] = a[c].Add(b[c].Scale(-1))
	}
	return d
}

// steps are taps that work alike on each of n frames and those after it.
func steps(n int, weights ...float64) []graph.Tap {
	var taps []graph.Tap
	for i := range n {
		for j, w := range weights {
			if w != 0 {
				taps = append(taps, graph.Tap{To: i, From: i + j, Weight: w})
			}
		}
	}
	return taps
}
