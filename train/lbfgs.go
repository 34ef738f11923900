package train

import (
	"eddy/configs"
	"eddy/models/graph"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

func init() {
	configs.Register[Optimizer]("lbfgs", func() Optimizer { return &LBFGS{Memory: 50, Evaluations: 20} })
}

// LBFGS goes along −H g, where g is the gradient and H an estimate of the
// inverse of the Hessian matrix, from the last Memory steps, as far as the
// search of Moré & Thuente says: to where the strong Wolfe conditions hold. A
// search that fails leaves the parameters as they are and forgets the steps.
//
// All steps are of one batch, or Refresh of them, after which the past is
// forgotten. Parameters that ascend stay as they are. The schedule's rate is
// not used. Good values: Memory 50, some hundreds for PINNs of a thousand
// parameters, precision f64, after some thousand steps of Adam, see [Sequence].
//
// Ref: Nocedal & Wright, Numerical Optimization (2006), algorithms 7.4, 7.5;
// package optimize of gonum computes.
type LBFGS struct {
	Memory      int `range:"[1,1000]" doc:"steps that the curvature is estimated from"`
	Evaluations int `range:"[1,1000]" doc:"evaluations of the loss in a step at most"`
	Refresh     int `range:"[0,100000000]" doc:"steps on the numbers of one batch; 0 for all"`

	params []*graph.Param
	size   int
	ring   graph.Array // [Memory+1, 2, size]: positions and gradients of the last steps
	known  graph.Array // [1]: how many steps have been put into the ring
	model  *optimize.LBFGS
}

// Init implements [Optimizer].
func (o *LBFGS) Init(params []*graph.Param) {
	o.params = params
	for _, p := range params {
		if !p.Ascends {
			o.size += p.Value.Len()
		}
	}
	o.ring = graph.NewArray(graph.F64, 2*(o.Memory+1)*o.size)
	o.known = graph.NewArray(graph.F64, 1)
}

// State implements [Optimizer].
func (o *LBFGS) State() map[string]graph.Array {
	return map[string]graph.Array{"steps": o.ring, "known": o.known}
}

// Searches implements [Searching].
func (o *LBFGS) Searches(int) bool { return true }

// Keeps implements [Searching].
func (o *LBFGS) Keeps(step int) bool {
	return step > 1 && (o.Refresh == 0 || (step-1)%o.Refresh != 0)
}

// Step implements [Optimizer].
func (o *LBFGS) Step(u Update) error {
	if !o.Keeps(u.Step) {
		o.forget()
	}
	x := o.place()
	found, err := o.search(u, x, o.direction(x, o.gather(u.Grads)))
	if err != nil || found {
		return err
	}
	o.put(x)
	o.forget()
	_, err = u.Evaluate()
	return err
}

func (o *LBFGS) forget() { o.known.F64[0], o.model = 0, nil }

// entry is the position of a step, or with i = 1 its gradient.
func (o *LBFGS) entry(step, i int) []float64 {
	return o.ring.F64[(2*(step%(o.Memory+1))+i)*o.size:][:o.size]
}

// direction takes a step's position and gradient in, and returns where to go.
// What the model of the curvature knows is made again from the ring where a
// checkpoint has been restored.
func (o *LBFGS) direction(x, g []float64) []float64 {
	n := int(o.known.F64[0])
	copy(o.entry(n, 0), x)
	copy(o.entry(n, 1), g)
	o.known.F64[0]++
	first, d := n, make([]float64, o.size)
	if o.model == nil {
		o.model = &optimize.LBFGS{Store: o.Memory}
		first = max(0, n-o.Memory)
		floats.Scale(o.model.InitDirection(o.location(first), d), d)
		first++
	}
	for i := first; i <= n; i++ {
		floats.Scale(o.model.NextDirection(o.location(i), d), d)
	}
	return d
}

func (o *LBFGS) location(step int) *optimize.Location {
	return &optimize.Location{X: o.entry(step, 0), Gradient: o.entry(step, 1)}
}

// search moves the parameters along d, and tells whether it found a good place.
func (o *LBFGS) search(u Update, x, d []float64) (bool, error) {
	slope := floats.Dot(o.gather(u.Grads), d)
	if !(slope < 0) {
		return false, nil
	}
	line := &optimize.MoreThuente{DecreaseFactor: 1e-4}
	line.Init(u.Loss, slope, 1)
	step, trial := 1.0, make([]float64, o.size)
	for range o.Evaluations {
		o.put(floats.AddScaledTo(trial, x, step, d))
		loss, err := u.Evaluate()
		if err != nil {
			return false, err
		}
		slope := floats.Dot(o.gather(u.Grads), d)
		if !finite(loss) || !finite(slope) {
			return false, nil
		}
		op, next, err := line.Iterate(loss, slope)
		if err != nil {
			return false, nil // no better place along this line
		}
		if op == optimize.MajorIteration {
			return true, nil
		}
		step = next
	}
	return false, nil
}

// place returns the positions of the parameters, one after the other.
func (o *LBFGS) place() []float64 {
	var values []graph.Array
	for _, p := range o.params {
		values = append(values, p.Value)
	}
	return o.gather(values)
}

// gather joins an array for each parameter.
func (o *LBFGS) gather(arrays []graph.Array) []float64 {
	x := make([]float64, 0, o.size)
	for i, p := range o.params {
		if !p.Ascends {
			x = append(x, arrays[i].Values()...)
		}
	}
	return x
}

// put moves the parameters to x.
func (o *LBFGS) put(x []float64) {
	for _, p := range o.params {
		if !p.Ascends {
			n := p.Value.Len()
			p.Value.Put(x[:n])
			x = x[n:]
		}
	}
}
