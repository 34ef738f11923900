package physics

import (
	"fmt"
	"math"
	"slices"

	"eddy/configs"
)

// Grid is a uniform grid on a box of one to three axes. Values on it are
// stored as [N…, C]: the axes in order, then the channels, the last index
// running fastest.
type Grid struct {
	Points   []int     `range:"[2,65536]" doc:"points along each axis"`
	Extent   []float64 `range:"(0,inf)" doc:"length of the box along each axis"`
	Boundary Boundary  `doc:"what happens at the ends of each axis"`
}

// Boundary says how a grid ends. Periodic grids leave out the end point, which
// is the first one again. Grids with walls have a point on each wall; half-open
// ones have points on the first wall of each axis only, and the other wall is
// one spacing beyond the last point, as sub-sampling leaves it. Grids of cells
// have walls, too, and points at the centres of equal cells between them.
type Boundary int

const (
	Periodic Boundary = iota
	Walls
	HalfOpen
	Cells
)

var boundaryNames = []string{"periodic", "walls", "half_open", "cells"}

func (b Boundary) String() string { return boundaryNames[b] }

// Names lists the boundaries as a configuration spells them.
func (Boundary) Names() []string { return boundaryNames }

// MarshalText implements encoding.TextMarshaler.
func (b Boundary) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *Boundary) UnmarshalText(text []byte) error {
	i := slices.Index(boundaryNames, string(text))
	if i < 0 {
		return fmt.Errorf("boundary = %q, want one of %v", text, boundaryNames)
	}
	*b = Boundary(i)
	return nil
}

// Check reports a grid that is no grid.
func (g Grid) Check() error {
	if n := len(g.Points); n < 1 || n > 3 {
		return configs.At("points", "%d axes, want 1 to 3", n)
	}
	if len(g.Extent) != len(g.Points) {
		return configs.At("extent", "%d lengths for the %d axes of points", len(g.Extent), len(g.Points))
	}
	return nil
}

// Dims is the number of axes.
func (g Grid) Dims() int { return len(g.Points) }

// Size is the number of grid points.
func (g Grid) Size() int {
	n := 1
	for _, p := range g.Points {
		n *= p
	}
	return n
}

// Spacing is the distance between neighbours along an axis.
func (g Grid) Spacing(axis int) float64 {
	if g.Boundary == Walls {
		return g.Extent[axis] / float64(g.Points[axis]-1)
	}
	return g.Extent[axis] / float64(g.Points[axis])
}

// X is the coordinate of point i along an axis.
func (g Grid) X(axis, i int) float64 {
	if g.Boundary == Cells {
		return (float64(i) + 0.5) * g.Spacing(axis)
	}
	return float64(i) * g.Spacing(axis)
}

// K is the wavenumber of Fourier mode j along an axis of a periodic grid;
// modes above half the points are the negative ones.
func (g Grid) K(axis, j int) float64 {
	if n := g.Points[axis]; 2*j > n {
		j -= n
	}
	return 2 * math.Pi * float64(j) / g.Extent[axis]
}

// Finer returns the grid with half the spacing. Every second point of it is one
// of g, or every cell of g is two of it along each axis.
func (g Grid) Finer() Grid {
	fine := Grid{Points: make([]int, len(g.Points)), Extent: g.Extent, Boundary: g.Boundary}
	for a, n := range g.Points {
		if fine.Points[a] = 2 * n; g.Boundary == Walls {
			fine.Points[a]--
		}
	}
	return fine
}

// Coarser returns the grid of which g is the finer one, if there is one.
func (g Grid) Coarser() (Grid, bool) {
	coarse := Grid{Points: make([]int, len(g.Points)), Extent: g.Extent, Boundary: g.Boundary}
	for a, n := range g.Points {
		if coarse.Points[a] = (n + 1) / 2; coarse.Points[a] < 2 {
			return g, false
		}
	}
	return coarse, slices.Equal(coarse.Finer().Points, g.Points)
}

// Index returns the indices along the axes of point i of the flat order.
func (g Grid) Index(i int) []int {
	index := make([]int, len(g.Points))
	for a := len(index) - 1; a >= 0; a-- {
		index[a], i = i%g.Points[a], i/g.Points[a]
	}
	return index
}
