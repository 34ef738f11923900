package graph

import "eddy/internal/kernel"

// Streams are the derivatives that a network carries along beside its value u,
// each of them an array like u:
//
//	u,  then for each direction v:  v·∇u,  (v·∇)²u …  up to its Order.
//
// With directions e_x, second, and e_t they are u, u_x, u_xx, u_t. A mixed
// derivative follows from those along e_x, e_y and e_x + e_y.
type Streams []Direction

// Direction is a vector in the space of a network's inputs.
type Direction struct {
	Along []float64
	Order int // highest derivative that is carried, 1 to 4
}

// Count is the number of streams, u included.
func (s Streams) Count() int {
	n := 1
	for _, d := range s {
		n += d.Order
	}
	return n
}

// orders lists the highest derivative along each direction.
func (s Streams) orders() []int {
	var all []int
	for _, d := range s {
		all = append(all, d.Order)
	}
	return all
}

// constantStreams are the derivatives of the input itself, a row [I] of each
// stream but the first: the directions, and zeros.
func constantStreams[T kernel.Float](s Streams, inputs int) [][]T {
	var rows [][]T
	for _, d := range s {
		v := make([]T, inputs)
		for i, c := range d.Along {
			v[i] = T(c)
		}
		rows = append(rows, v)
		for range d.Order - 1 {
			rows = append(rows, make([]T, inputs))
		}
	}
	return rows
}
