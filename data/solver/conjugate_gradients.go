package solver

import (
	"fmt"
	"math"
)

// conjugateGradients solves A u = b for symmetric positive definite A.
//
// Ref: Hestenes & Stiefel, J. Res. Nat. Bur. Stand. 49 (1952) 409; Saad,
// Iterative Methods for Sparse Linear Systems, 2003, algorithm 9.1.
type conjugateGradients struct {
	tolerance  float64 // of |b − A u| / |b|
	iterations int     // the most that are tried
	factors    incompleteCholesky
	r, z, p, q []float64
}

func newConjugateGradients(size int, tolerance float64, iterations int) *conjugateGradients {
	return &conjugateGradients{
		tolerance: tolerance, iterations: iterations,
		factors: incompleteCholesky{inverse: make([]float64, size)},
		r:       make([]float64, size), z: make([]float64, size), p: make([]float64, size), q: make([]float64, size),
	}
}

// solve writes the solution to u. Its residual is the one that the iteration
// carries along, which the true one follows down to rounding, about
// 1e-16 |A| |u|.
func (c *conjugateGradients) solve(u []float64, a *stencilMatrix, b []float64) error {
	c.factors.factorise(a)
	clear(u)
	clear(c.p)
	copy(c.r, b)
	limit := c.tolerance * math.Sqrt(dot(b, b))
	before := 1.0
	for range c.iterations {
		if math.Sqrt(dot(c.r, c.r)) <= limit {
			return nil
		}
		c.factors.solve(c.z, c.r)
		now := dot(c.r, c.z)
		for i, z := range c.z {
			c.p[i] = z + now/before*c.p[i]
		}
		before = now
		a.multiply(c.q, c.p)
		alpha := now / dot(c.p, c.q)
		for i, p := range c.p {
			u[i] += alpha * p
			c.r[i] -= alpha * c.q[i]
		}
	}
	if rest := math.Sqrt(dot(c.r, c.r)); !(rest <= limit) {
		return fmt.Errorf("a residual of %.1e after %d iterations, want %.1e", rest, c.iterations, limit)
	}
	return nil
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
