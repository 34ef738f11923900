package physics

import (
	"fmt"

	"eddy/models/graph"
)

// images continues the channels of a state beyond the ends of an axis, as the
// conditions there say: a matrix and a summand.
type images struct {
	channels, axis int
	grid           Grid
	ends           Ends
	normal         int // channel of the vector component along the axis, −1 if there is none
}

// newImages reads the conditions at the ends of an axis.
func newImages(p Problem, axis int) (images, error) {
	m := images{p.Channels(), axis, p.Grid, p.Ends[axis], -1}
	if e, ok := p.Equation.Value.(Oriented); ok {
		for c, component := range e.Components(p.Grid.Dims()) {
			if int(component) == axis {
				m.normal = c
			}
		}
	}
	if p.Grid.Boundary == HalfOpen {
		for c := range m.channels {
			if a, _, _ := m.image(m.ends.High.Value, c, 0); a != 0 && a != -1 {
				return m, fmt.Errorf("ends of axis %d: %s at the upper end, where a half-open grid has no point: want dirichlet or outflow there, or a grid with walls", axis, m.ends.High.Kind)
			}
		}
	}
	return m, nil
}

// image is what a condition makes of a channel: beyond = a inside + b last + c.
func (m images) image(condition Condition, channel int, gap float64) (a, b, c float64) {
	at := func(inside, last float64) float64 {
		in, at, beyond := make([]float64, m.channels), make([]float64, m.channels), make([]float64, m.channels)
		for i := range in {
			in[i], at[i] = inside, last
		}
		condition.Image(beyond, in, at, gap, m.normal)
		return beyond[channel]
	}
	c = at(0, 0)
	return at(1, 0) - c, at(0, 1) - c, c
}

// beyond are the taps and the summands of a channel with halo more points at
// each end. Points on an end itself get what the condition imposes on them.
func (m images) beyond(channel, halo int) ([]graph.Tap, []float64) {
	n, h := m.grid.Points[m.axis], m.grid.Spacing(m.axis)
	var taps []graph.Tap
	shift := make([]float64, n+2*halo)
	for i := range n {
		if m.imposed(channel, i) {
			a, b, c := m.image(m.at(i).Value, channel, 0)
			taps = append(taps, graph.Tap{To: halo + i, From: i, Weight: (1 + a + b) / 2})
			shift[halo+i] = c / 2
			continue
		}
		taps = append(taps, graph.Tap{To: halo + i, From: i, Weight: 1})
	}
	low, high := 0, 0 // how far from the grid's last point its image is mirrored, beyond the neighbour
	switch m.grid.Boundary {
	case Walls:
		low, high = 1, 1
	case HalfOpen:
		low = 1
	}
	for j := range halo {
		a, b, c := m.image(m.ends.Low.Value, channel, float64(2*j+1+low)*h)
		taps = append(taps, graph.Tap{To: halo - 1 - j, From: j + low, Weight: a}, graph.Tap{To: halo - 1 - j, From: 0, Weight: b})
		shift[halo-1-j] = c
		at := halo + n + j
		a, b, c = m.image(m.ends.High.Value, channel, float64(2*j+1+high)*h)
		if m.grid.Boundary == HalfOpen && a != 0 {
			if shift[at] = c / 2; j > 0 { // beyond the wall, on which u = c/2
				taps = append(taps, graph.Tap{To: at, From: n - j, Weight: a})
				shift[at] = c
			}
			continue
		}
		taps = append(taps, graph.Tap{To: at, From: max(0, n-1-j-high), Weight: a}, graph.Tap{To: at, From: n - 1, Weight: b})
		shift[at] = c
	}
	return dropZeros(taps), shift
}

// at is the condition at the end that point i is on.
func (m images) at(i int) (end struct{ Value Condition }) {
	if end.Value = m.ends.Low.Value; i > 0 {
		end.Value = m.ends.High.Value
	}
	return end
}

// imposed tells whether the value of a channel at point i is not free, since
// the point is on an end where a condition sets it.
func (m images) imposed(channel, i int) bool {
	onEnd := i == 0 && m.grid.Boundary != Cells || i == m.grid.Points[m.axis]-1 && m.grid.Boundary == Walls
	if !onEnd {
		return false
	}
	a, b, c := m.image(m.at(i).Value, channel, 0)
	return a+b != 1 || c != 0
}

func dropZeros(taps []graph.Tap) []graph.Tap {
	var some []graph.Tap
	for _, t := range taps {
		if t.Weight != 0 {
			some = append(some, t)
		}
	}
	return some
}
