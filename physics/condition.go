package physics

import (
	"fmt"

	"eddy/configs"
)

// Ends says what happens at the two ends of an axis that is not periodic.
type Ends struct {
	Low  configs.Of[Condition] `doc:"at the end where the coordinate is smallest"`
	High configs.Of[Condition] `doc:"at the other end"`
}

// Condition is what a boundary imposes, put as the state beyond it: solvers
// continue the state by images and need no other rule at the ends.
type Condition interface {
	// Image writes the state [C] at some distance beyond an end. inside is the
	// state at the same distance within, last that of the grid's last point
	// or cell within, gap the distance between inside and its image. normal is
	// the channel of the vector component along the axis, −1 if there is none.
	// On the end itself, where gap = 0, a solver imposes the mean of inside and
	// image.
	Image(beyond, inside, last []float64, gap float64, normal int)
}

func init() {
	configs.Register("dirichlet", func() Condition { return &Dirichlet{Value: []float64{0}} })
	configs.Register("neumann", func() Condition { return &Neumann{Slope: []float64{0}} })
	configs.Register("outflow", func() Condition { return &Outflow{} })
	configs.Register("wall", func() Condition { return &Wall{} })
}

// Dirichlet holds each channel at a value.
type Dirichlet struct {
	Value []float64 `range:"(-inf,inf)" doc:"value of each channel; one value serves all channels"`
}

// Image implements [Condition]: the state is odd around the value.
func (d *Dirichlet) Image(beyond, inside, _ []float64, _ float64, _ int) {
	for c, v := range inside {
		beyond[c] = 2*d.At(c) - v
	}
}

// At is the value of a channel.
func (d *Dirichlet) At(c int) float64 { return of(d.Value, c) }

func (d *Dirichlet) lists() [][]float64 { return [][]float64{d.Value} }

// Neumann holds the derivative of each channel out of the box.
type Neumann struct {
	Slope []float64 `range:"(-inf,inf)" doc:"outward derivative of each channel; one value serves all channels"`
}

// Image implements [Condition]: the state is even, plus the slope.
func (n *Neumann) Image(beyond, inside, _ []float64, gap float64, _ int) {
	for c, v := range inside {
		beyond[c] = v + gap*n.At(c)
	}
}

// At is the slope of a channel.
func (n *Neumann) At(c int) float64 { return of(n.Slope, c) }

func (n *Neumann) lists() [][]float64 { return [][]float64{n.Slope} }

// Outflow lets waves leave: the last state goes on beyond the end.
type Outflow struct{}

// Image implements [Condition].
func (*Outflow) Image(beyond, _, last []float64, _ float64, _ int) { copy(beyond, last) }

// Wall reflects: the vector component along the axis is odd, all else is even.
type Wall struct{}

// Image implements [Condition].
func (*Wall) Image(beyond, inside, _ []float64, _ float64, normal int) {
	copy(beyond, inside)
	if normal >= 0 {
		beyond[normal] = -beyond[normal]
	}
}

// CheckEnds reports conditions that do not fit the grid or the equation: a
// periodic grid has none, any other two for each axis.
func (p Problem) CheckEnds() error {
	want := p.Grid.Dims()
	if p.Grid.Boundary == Periodic {
		want = 0
	}
	if len(p.Ends) != want {
		return fmt.Errorf("ends of %d axes, want %d: the grid has %d axes and is %v", len(p.Ends), want, p.Grid.Dims(), p.Grid.Boundary)
	}
	for axis, ends := range p.Ends {
		for _, end := range []configs.Of[Condition]{ends.Low, ends.High} {
			if end.Value == nil {
				return fmt.Errorf("ends of axis %d: want a condition at low and at high", axis)
			}
			listed, ok := end.Value.(interface{ lists() [][]float64 })
			if !ok {
				continue
			}
			for _, list := range listed.lists() {
				if n := len(list); n != 1 && n != p.Channels() {
					return fmt.Errorf("ends of axis %d: %s has %d values, want 1 or one for each of %d channels", axis, end.Kind, n, p.Channels())
				}
			}
		}
	}
	return nil
}

// of returns the value of a channel from a list that has one for each, or one
// for all.
func of(list []float64, c int) float64 {
	if len(list) == 1 {
		return list[0]
	}
	return list[c]
}
