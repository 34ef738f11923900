package physics

import (
	"fmt"
	"math/rand/v2"

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
// gets Sign times the value of point From[i].
type Transform struct {
	From []int
	Sign float64
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
// a symmetry of Burgers' equation and of the conservative
// Kuramoto–Sivashinsky equation, in one dimension.
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
// symmetry of problems in two dimensions that know no direction, of scalar
// fields. On a half-open grid the points of the one wall stand for those of
// the other, so it is exact up to what differs between the walls.
type Square struct{}

// Draw implements [Symmetry].
func (*Square) Draw(g Grid, rng *rand.Rand) (Transform, error) {
	if g.Dims() != 2 || g.Points[0] != g.Points[1] || g.Extent[0] != g.Extent[1] {
		return Transform{}, fmt.Errorf("square: is a symmetry of square grids only, not of %v points on %v", g.Points, g.Extent)
	}
	flipX, flipY, swap := rng.IntN(2) == 1, rng.IntN(2) == 1, rng.IntN(2) == 1
	return gather(g, 1, func(index []int) {
		if flipX {
			index[0] = g.mirror(0, index[0])
		}
		if flipY {
			index[1] = g.mirror(1, index[1])
		}
		if swap {
			index[0], index[1] = index[1], index[0]
		}
	}), nil
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
	for b := range batch {
		for _, s := range p.Symmetries {
			t, err := s.Value.Draw(p.Grid, rng)
			if err != nil {
				return err
			}
			for _, f := range frames {
				n := len(f) / batch
				t.apply(f[b*n : (b+1)*n])
			}
		}
	}
	return nil
}

// apply transforms a frame [N…, C] in place.
func (t Transform) apply(u []float64) {
	c := len(u) / len(t.From)
	old := append([]float64(nil), u...)
	for i, from := range t.From {
		for j := range c {
			u[i*c+j] = t.Sign * old[from*c+j]
		}
	}
}
