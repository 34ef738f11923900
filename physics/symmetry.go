package physics

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
)

// Symmetry is a transformation that maps solutions of a problem to solutions.
// Training applies a random one to each sample, which makes the most of few
// data.
type Symmetry interface {
	// Draw chooses a transformation of frames on a grid, or refuses the grid.
	Draw(g Grid, rng *rand.Rand) (Transform, error)
}

// Transform says where the values of a transformed frame come from: point i
// gets Sign times the value of point From[i]. Where axes are mirrored or
// swapped, Turn tells it of each; a nil Turn leaves vectors as they are.
type Transform struct {
	From []int
	Sign float64
	Turn []Turn
}

// Turn is what becomes of an axis: the component of a vector along it is the
// one that was along another axis, mirrored or not.
type Turn struct {
	Axis     int
	Mirrored bool
}

func init() {
	configs.Register[Symmetry]("translation", func() Symmetry { return &Translation{} })
	configs.Register[Symmetry]("odd_reflection", func() Symmetry { return &OddReflection{} })
	configs.Register[Symmetry]("square", func() Symmetry { return &Square{} })
}

// Translation shifts a periodic grid by any number of points along each axis.
// It is a symmetry of every equation whose coefficients do not depend on x.
type Translation struct{}

// Draw implements [Symmetry].
func (*Translation) Draw(g Grid, rng *rand.Rand) (Transform, error) {
	if g.Boundary != Periodic {
		return Transform{}, fmt.Errorf("translation: is a symmetry of periodic grids only")
	}
	shift := make([]int, g.Dims())
	for a, n := range g.Points {
		shift[a] = rng.IntN(n)
	}
	return gather(g, 1, func(index []int) {
		for a, n := range g.Points {
			index[a] = (index[a] + shift[a]) % n
		}
	}), nil
}

// OddReflection turns u(x) to −u(−x) along all axes with probability one half:
// a symmetry of Burgers' equation in any number of dimensions, where it is what
// a reflection in a point does to a vector, and of the conservative
// Kuramoto–Sivashinsky equation.
type OddReflection struct{}

// Draw implements [Symmetry].
func (*OddReflection) Draw(g Grid, rng *rand.Rand) (Transform, error) {
	if rng.IntN(2) == 0 {
		return gather(g, 1, func([]int) {}), nil
	}
	return gather(g, -1, func(index []int) {
		for a := range index {
			index[a] = g.mirror(a, index[a])
		}
	}), nil
}

// Square applies one of the eight rotations and reflections of a square: a
// symmetry of problems in two dimensions that know no direction. Vectors turn
// with it, and pseudoscalars change their sign in reflections, as the equation
// tells by [Oriented]; without an equation all channels are taken for scalars.
// On a half-open grid the points of the one wall stand for those of
// the other, so it is exact up to what differs between the walls.
type Square struct{}

// Draw implements [Symmetry].
func (*Square) Draw(g Grid, rng *rand.Rand) (Transform, error) {
	if g.Dims() != 2 || g.Points[0] != g.Points[1] || g.Extent[0] != g.Extent[1] {
		return Transform{}, fmt.Errorf("square: is a symmetry of square grids only, not of %v points on %v", g.Points, g.Extent)
	}
	turn := []Turn{{0, rng.IntN(2) == 1}, {1, rng.IntN(2) == 1}}
	if rng.IntN(2) == 1 {
		turn[0].Axis, turn[1].Axis = 1, 0
	}
	t := gather(g, 1, func(index []int) {
		for a := range index {
			if turn[a].Mirrored {
				index[a] = g.mirror(a, index[a])
			}
		}
		index[0], index[1] = index[turn[0].Axis], index[turn[1].Axis]
	})
	t.Turn = turn
	return t, nil
}

// mirror is the index of the point at −x, or at the other end of the box.
func (g Grid) mirror(axis, i int) int {
	if g.Boundary == Walls || g.Boundary == Cells {
		return g.Points[axis] - 1 - i
	}
	return (g.Points[axis] - i) % g.Points[axis]
}

// gather tabulates a map of indices.
func gather(g Grid, sign float64, move func(index []int)) Transform {
	t := Transform{From: make([]int, g.Size()), Sign: sign}
	for i := range t.From {
		index := g.Index(i)
		move(index)
		for a, n := range g.Points {
			t.From[i] = t.From[i]*n + index[a]
		}
	}
	return t
}

// Transform applies random symmetries of the problem, the same to all frames
// of a sample, to a batch [T][B·N…·C].
func (p Problem) Transform(frames [][]float64, batch int, rng *rand.Rand) error {
	if len(p.Symmetries) == 0 {
		return nil
	}
	var components []Component
	if e, ok := p.Equation.Value.(Oriented); ok {
		components = e.Components(p.Grid.Dims())
	}
	for b := range batch {
		for _, s := range p.Symmetries {
			t, err := s.Value.Draw(p.Grid, rng)
			if err != nil {
				return err
			}
			for _, f := range frames {
				n := len(f) / batch
				if err := t.apply(f[b*n:(b+1)*n], components); err != nil {
					return fmt.Errorf("%s: %w", s.Kind, err)
				}
			}
		}
	}
	return nil
}

// apply transforms a frame [N…, C] in place.
func (t Transform) apply(u []float64, components []Component) error {
	channels := len(u) / len(t.From)
	from, sign := t.sources(channels, components)
	if from == nil {
		return fmt.Errorf("a frame of %d channels, want the %d of the equation, which are no scalars", channels, len(components))
	}
	old := append([]float64(nil), u...)
	for i, point := range t.From {
		for c := range channels {
			u[i*channels+c] = sign[c] * old[point*channels+from[c]]
		}
	}
	return nil
}

// sources returns the channel that each channel comes from, and its sign; nil
// if the channels are not those of the components.
func (t Transform) sources(channels int, components []Component) (from []int, sign []float64) {
	for c := range channels {
		from, sign = append(from, c), append(sign, t.Sign)
	}
	if t.Turn == nil || components == nil {
		return from, sign
	}
	if channels != len(components) {
		return nil, nil
	}
	for c, component := range components {
		switch {
		case component >= 0:
			from[c] = slices.Index(components, Component(t.Turn[component].Axis))
			if t.Turn[component].Mirrored {
				sign[c] = -sign[c]
			}
		case component == Pseudoscalar && t.reflects():
			sign[c] = -sign[c]
		}
	}
	return from, sign
}

// reflects tells whether right hands become left ones.
func (t Transform) reflects() bool {
	odd := false
	for a, turn := range t.Turn {
		odd = odd != turn.Mirrored
		for _, other := range t.Turn[:a] {
			odd = odd != (other.Axis > turn.Axis)
		}
	}
	return odd
}
