package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// carry takes streams through activations: by vector instructions where there
// are first and second derivatives alone.
type carry[T kernel.Float] struct {
	orders []int  // highest derivative along each direction
	second []bool // whether that is 2
	high   bool   // whether any is higher
}

func newCarry[T kernel.Float](orders []int) carry[T] {
	c := carry[T]{orders: orders}
	for _, order := range orders {
		c.second = append(c.second, order > 1)
	}
	c.high = len(orders) > 0 && slices.Max(orders) > 2
	return c
}

func (c *carry[T]) push(act kernel.Activation, a, z []T) {
	if c.high {
		kernel.PushAll(act, c.orders, a, z)
	} else {
		kernel.Push(act, c.second, a, z)
	}
}

func (c *carry[T]) pull(act kernel.Activation, h, a, z []T) {
	if c.high {
		kernel.PullAll(act, c.orders, h, a, z)
	} else {
		kernel.Pull(act, c.second, h, a, z)
	}
}
