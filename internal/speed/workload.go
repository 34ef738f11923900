// Package speed times training steps and inference on standard networks, and
// what the machine can do at most. The networks are those of the papers, so
// that other frameworks can be timed on the same work.
package speed

import (
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/train"
)

// Workload is a network with its batch.
type Workload struct {
	Name  string
	FLOP  FLOP
	build func(ps *graph.Params, rng *rand.Rand) (network, error)
}

// FLOP counts the floating-point operations of the cheapest algorithm known
// here: of products and transforms, not of activations and sums.
type FLOP struct {
	Train float64 // of forward and backward pass
	Infer float64 // of the forward pass on one sample
}

// network is what a workload trains.
type network struct {
	train, infer graph.Feeds // numbers of a batch and of one sample
	loss         func(g *graph.Graph, in graph.Nodes) *graph.Node
	apply        func(g *graph.Graph, in graph.Nodes) *graph.Node
}

// All lists the workloads.
func All() []Workload {
	return []Workload{
		fno("fno1d_n160", 64, 16, 160), fno("fno1d_n256", 64, 16, 256), fno("fno1d_n1024", 64, 16, 1024),
		fno("fno2d_w32", 32, 12, 64, 64), fno("fno2d_w64", 64, 12, 64, 64),
		deepONet("deeponet_relu", kernel.ReLU), deepONet("deeponet_tanh", kernel.Tanh),
		pinn("pinn_8x20", 8, 20), pinn("pinn_4x128", 4, 128),
		unet1D(),
	}
}

// Job is a workload made ready on a machine.
type Job struct {
	Bytes int // of the training graph's arrays

	net     network
	train   *graph.Program
	infer   *graph.Program
	adam    train.Optimizer
	pool    *kernel.Pool
	stepped int
}

// Open builds a workload in single precision.
func (w Workload) Open(on graph.Machine) (*Job, error) {
	rng := rand.New(rand.NewPCG(1, 1))
	ps := &graph.Params{Precision: on.Precision}
	net, err := w.build(ps, rng)
	if err != nil {
		return nil, err
	}
	j := &Job{net: net, pool: on.Pool, adam: train.NewAdam()}
	j.adam.Init(ps.List)
	if j.train, err = graph.Compile(on, net.train, ps.List, net.loss); err != nil {
		return nil, err
	}
	j.infer, err = graph.Compile(on, net.infer, nil, net.apply)
	j.Bytes = j.train.Bytes()
	return j, err
}

// Train takes a training step: forward, backward, Adam.
func (j *Job) Train() error {
	if err := j.train.Run(j.net.train); err != nil {
		return err
	}
	j.stepped++
	return j.adam.Step(train.Update{Step: j.stepped, Rate: 1e-3, Grads: j.train.Grads, Pool: j.pool})
}

// Infer applies the network to one sample.
func (j *Job) Infer() error { return j.infer.Run(j.net.infer) }

// normal is an array of standard normal numbers.
func normal(rng *rand.Rand, shape ...int) graph.Tensor {
	t := graph.Tensor{Shape: shape, Data: make([]float64, product(shape))}
	for i := range t.Data {
		t.Data[i] = rng.NormFloat64()
	}
	return t
}

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}
