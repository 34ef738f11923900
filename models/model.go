// Package models holds the networks. A network is a struct whose exported
// fields are its settings; see [Model].
//
// To add a network, copy fno.go.
package models

import (
	"math"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// Model is a parametric operator u = G_θ(a): a is a state on a grid.
type Model interface {
	// Init checks the spec and draws the parameters into ps. It refuses what
	// the model cannot do.
	Init(s Spec, ps *graph.Params, rng *rand.Rand) error

	// Apply adds the model to a graph. It is called any number of times after
	// Init, for any batch size, and on any grid that the model's operations
	// allow.
	Apply(g *graph.Graph, in Input) *graph.Node
}

// Spec is what a method asks of a model. A zero field is absent.
type Spec struct {
	Grid     physics.Grid
	Periodic []bool // per axis of the grid: whether its ends meet
	In       int    // channels of Input.State
	Out      int    // channels of the output
}

// Input holds a model's inputs. Those that its Spec lacks are nil.
type Input struct {
	State *graph.Node // [B, N…, In]
}

// dense is an affine map of the last axis.
type dense struct{ w, b *graph.Param }

// newDense adds a layer with weights and biases from U(−1/√in, 1/√in), as is
// usual in PyTorch.
func newDense(ps *graph.Params, rng *rand.Rand, name string, in, out int) dense {
	r := 1 / math.Sqrt(float64(in))
	return dense{
		w: ps.New(name+".weight", []int{in, out}, graph.Uniform(rng, r)),
		b: ps.New(name+".bias", []int{out}, graph.Uniform(rng, r)),
	}
}

func (d dense) apply(g *graph.Graph, act kernel.Activation, x *graph.Node) *graph.Node {
	return g.Dense(act, x, g.Param(d.w), g.Param(d.b))
}
