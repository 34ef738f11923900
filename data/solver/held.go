package solver

import "eddy/physics"

// held is what conditions impose on points that are on the ends of a grid with
// walls: some values there are fixed.
type held struct {
	channels int
	walls    []wall
	fixed    []int // of a state [N…, C]
	image    []float64
}

// wall is an end of an axis.
type wall struct {
	points    []int
	condition physics.Condition
	normal    int
}

func newHeld(p physics.Problem) *held {
	h := &held{channels: p.Channels(), image: make([]float64, p.Channels())}
	if p.Grid.Boundary != physics.Walls {
		return h
	}
	normal := normals(p)
	for axis, ends := range p.Ends {
		low, high := wall{nil, ends.Low.Value, normal[axis]}, wall{nil, ends.High.Value, normal[axis]}
		for i := range p.Grid.Size() {
			switch p.Grid.Index(i)[axis] {
			case 0:
				low.points = append(low.points, i)
			case p.Grid.Points[axis] - 1:
				high.points = append(high.points, i)
			}
		}
		h.walls = append(h.walls, low, high)
	}
	zero, one := make([]float64, p.Size()), make([]float64, p.Size())
	for i := range one {
		one[i] = 1
	}
	h.impose(zero)
	h.impose(one)
	for i := range one {
		if one[i]-zero[i] < 0.5 { // what is free stays 1 apart
			h.fixed = append(h.fixed, i)
		}
	}
	return h
}

// impose makes a state [N…, C] meet the conditions.
func (h *held) impose(u []float64) {
	for _, w := range h.walls {
		for _, p := range w.points {
			at := u[p*h.channels:][:h.channels]
			w.condition.Image(h.image, at, at, 0, w.normal)
			for c, v := range h.image {
				at[c] = (at[c] + v) / 2
			}
		}
	}
}

// hold makes a rate of change one that leaves what is fixed.
func (h *held) hold(rate []float64) {
	for _, i := range h.fixed {
		rate[i] = 0
	}
}
