package npy

import (
	"bytes"
	"fmt"
	"slices"

	"eddy/physics"
)

// Sampled takes every k-th point of an array [leading…, M…, …] along each of the
// axes M… of a grid like g, and reads those into memory.
func (a *Array) Sampled(k, leading int, g physics.Grid) (*Array, error) {
	end := leading + g.Dims()
	if len(a.Shape) < end {
		return a, nil // is refused as it is
	}
	few := &Array{Name: fmt.Sprintf("%s, every %d points,", a.Name, k), Shape: slices.Clone(a.Shape), elements: a.elements}
	for axis := leading; axis < end; axis++ {
		n, err := pointsOf(a.Shape[axis], k, g.Boundary)
		if err != nil {
			return nil, fmt.Errorf("%s has the shape %v: every = %d: %w", a.Name, a.Shape, k, err)
		}
		few.Shape[axis] = n
	}
	strides := make([]int, len(a.Shape)) // of the points that are taken, in bytes
	size := a.elements.size
	for axis := len(a.Shape) - 1; axis >= 0; axis-- {
		strides[axis] = size
		if size *= a.Shape[axis]; axis >= leading && axis < end {
			strides[axis] *= k
		}
	}
	kept, err := a.gather(nil, few.Shape[:end], strides, strides[end-1]/k, a.offset)
	few.data = bytes.NewReader(kept)
	return few, err
}

// pointsOf is the number of points of a grid of which m are a refinement by k:
// k·n along an axis, or k·(n − 1) + 1 where both its ends are points.
func pointsOf(m, k int, b physics.Boundary) (int, error) {
	switch {
	case b == physics.Cells:
		return 0, fmt.Errorf("means over cells cannot be sampled")
	case b == physics.Walls && m > 0 && (m-1)%k == 0:
		return (m-1)/k + 1, nil
	case b != physics.Walls && m%k == 0:
		return m / k, nil
	}
	return 0, fmt.Errorf("does not divide a grid of %d points, %v", m, b)
}

// gather appends the parts of some bytes at all places of a shape.
func (a *Array) gather(to []byte, shape, strides []int, part int, from int64) ([]byte, error) {
	if len(shape) == 0 {
		at := len(to)
		to = append(to, make([]byte, part)...)
		if n, err := a.data.ReadAt(to[at:], from); n < part {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		return to, nil
	}
	for i := range shape[0] {
		var err error
		if to, err = a.gather(to, shape[1:], strides[1:], part, from+int64(i*strides[0])); err != nil {
			return nil, err
		}
	}
	return to, nil
}
