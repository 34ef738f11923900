package solver

import (
	"fmt"

	"eddy/physics"
)

// volumes are those of the points of a grid that are not on a wall, and the
// matrix of −∇·(a∇u) on them, for u = 0 on the walls.
type volumes struct {
	grid   physics.Grid
	points []int // [unknowns] the point of each volume
	matrix stencilMatrix
}

func newVolumes(g physics.Grid) (*volumes, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	if g.Boundary == physics.Periodic {
		return nil, fmt.Errorf("boundary = %v, want a grid that has walls", g.Boundary)
	}
	v := &volumes{grid: g}
	shape := make([]int, g.Dims())
	for axis, n := range g.Points {
		first, end := unknowns(g, axis)
		if shape[axis] = end - first; shape[axis] < 1 {
			return nil, fmt.Errorf("%d points along axis %d, want one at least between the walls", n, axis)
		}
	}
	for i := range g.Size() {
		inside := true
		for axis, j := range g.Index(i) {
			first, end := unknowns(g, axis)
			inside = inside && j >= first && j < end
		}
		if inside {
			v.points = append(v.points, i)
		}
	}
	v.matrix = newStencilMatrix(shape)
	return v, nil
}

// unknowns returns the range of the indices along an axis that are not on a
// wall.
func unknowns(g physics.Grid, axis int) (first, end int) {
	switch n := g.Points[axis]; g.Boundary {
	case physics.Walls:
		return 1, n - 1
	case physics.HalfOpen:
		return 1, n
	default:
		return 0, n
	}
}

func (v *volumes) size() int { return len(v.points) }

// assemble writes the matrix of a [N…].
func (v *volumes) assemble(a []float64) {
	m := &v.matrix
	clear(m.diagonal)
	stride := v.grid.Size()
	for axis, n := range v.grid.Points {
		stride /= n
		h := v.grid.Spacing(axis)
		first, end := unknowns(v.grid, axis)
		for i, p := range v.points {
			j := p / stride % n
			if j == first {
				m.diagonal[i] += v.toWall(a, p, -stride, j > 0, h)
			}
			if j == end-1 {
				m.diagonal[i] += v.toWall(a, p, stride, j+1 < n, h)
				m.links[axis][i] = 0
				continue
			}
			link := harmonic(a[p], a[p+stride]) / (h * h)
			m.links[axis][i] = link
			m.diagonal[i] += link
			m.diagonal[i+m.strides[axis]] += link
		}
	}
}

// toWall is the coefficient between the volume of point p and a wall, which
// is at the next point if the grid goes on there.
func (v *volumes) toWall(a []float64, p, step int, goesOn bool, h float64) float64 {
	switch {
	case v.grid.Boundary == physics.Cells:
		return 2 * a[p] / (h * h)
	case goesOn:
		return harmonic(a[p], a[p+step]) / (h * h)
	default:
		return a[p] / (h * h)
	}
}

func harmonic(a, b float64) float64 { return 2 * a * b / (a + b) }

// scatter writes u [unknowns] to dst [N…], with zeros on the walls.
func (v *volumes) scatter(dst, u []float64) {
	clear(dst)
	for i, p := range v.points {
		dst[p] = u[i]
	}
}
