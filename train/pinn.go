package train

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("pinn", func() Method {
		return &PINN{
			Points:    PointCounts{Residual: 4096, Initial: 256, Boundary: 128},
			Weights:   PointWeights{Residual: 1, Initial: 1, Boundary: 1, Data: 1},
			Sampler:   configs.Of[Sampler]{Kind: "latin_hypercube", Value: &LatinHypercube{}},
			Weighting: configs.Of[Weighting]{Kind: "equal", Value: &Equal{}},
			Refresh:   1,
		}
	})
}

// PINN trains a network u_θ(x, t) to be the solution of one problem, without
// any data, by what the problem says of it:
//
//	loss = w_r mean |u_t − L u − N(u)|² + w_i mean |u(x, 0) − u₀|²
//	     + w_b mean |condition at the ends|² + w_d mean |u − observation|²,
//
// with derivatives by Taylor streams, at points in space and time up to the
// last frame that the forecast is judged by. Terms that the model meets by
// itself, and those without points, are left out. Where there are observations,
// numbers of the equation may be unknown and are learned with the network, from
// the values that the configuration has for a start:
//
//	unknown: [equation.viscosity]
//
// The forecast is that of the one solution, whatever state it is asked from.
//
// Good values: Points 4096 to 20000 for the residual, Refresh 100 to 1000 under
// Adam, then L-BFGS in f64; models that meet initial and boundary conditions
// exactly need no weights.
//
// Ref: Raissi, Perdikaris & Karniadakis, J. Comput. Phys. 378 (2019) 686.
type PINN struct {
	Points    PointCounts           `doc:"at how many points each term is trained"`
	Weights   PointWeights          `doc:"factors of the terms"`
	Sampler   configs.Of[Sampler]   `doc:"where the points of the residual are"`
	Weighting configs.Of[Weighting] `doc:"how much each point counts"`
	Refresh   int                   `range:"[0,100000000]" doc:"steps until points are drawn anew; 0 to keep those of the first step"`
	Unknown   []string              `doc:"numbers of the equation that are learned, such as equation.viscosity"`

	task    Task
	extent  []float64 // of space and time
	law     *law
	terms   []pointTerm
	model   models.Differentiable
	on      graph.Machine
	program *graph.Program // of the squares of the residual
}

// PointCounts are the numbers of points of a PINN's terms.
type PointCounts struct {
	Residual int `range:"[1,10000000]" doc:"in space and time"`
	Initial  int `range:"[1,10000000]" doc:"points of the grid, at the beginning"`
	Boundary int `range:"[1,10000000]" doc:"at each end of each axis"`
}

// PointWeights are the factors of a PINN's terms.
type PointWeights struct {
	Residual float64 `range:"(0,inf)" doc:"of the equation"`
	Initial  float64 `range:"[0,inf)" doc:"of the initial state; 0 where it is not known"`
	Boundary float64 `range:"[0,inf)" doc:"of the conditions at the ends; 0 where they are not known"`
	Data     float64 `range:"[0,inf)" doc:"of the observations"`
}

// Window implements [Method]: there are no samples.
func (*PINN) Window() int { return 0 }

// Keeps implements [Keeping].
func (p *PINN) Keeps(step int) bool {
	return step > 1 && (p.Refresh == 0 || (step-1)%p.Refresh != 0)
}

// Init implements [Method].
func (p *PINN) Init(t Task) (models.Spec, error) {
	none := models.Spec{}
	known := t.Layout.Instance
	switch {
	case known == nil:
		return none, errors.New("pinn: learns one solution, but the source has samples of many; train on the source points")
	case len(t.Losses) != 1 || t.Losses[0].Name != "mse" || t.Losses[0].Share() != 1:
		return none, errors.New("pinn: the loss is made of mean squares of its own, want loss: [mse], and weights in method.weights")
	case len(p.Unknown) > 0 && (len(known.Observations) == 0 || p.Weights.Data == 0):
		return none, fmt.Errorf("pinn: %v unknown, but nothing is observed: want source.observations, and a weight for data", p.Unknown)
	}
	if err := t.Problem.CheckEnds(); err != nil {
		return none, fmt.Errorf("pinn: %w", err)
	}
	p.task = t
	var err error
	if p.law, err = newLaw(t.Problem, p.Unknown, t.Params); err != nil {
		return none, err
	}
	horizon := float64(t.Frames) * t.Problem.Dt
	for _, o := range known.Observations {
		if at := o.Place[len(o.Place)-1]; at > horizon*(1+1e-9) {
			return none, fmt.Errorf("pinn: an observation is at time %g, but the forecast ends at %g: want a larger rollout.steps or a smaller source.length", at, horizon)
		}
	}
	g := t.Layout.Grid
	p.extent = append(append([]float64{}, g.Extent...), horizon)
	solution := &models.Solution{Extent: p.extent, Initial: known.Initial, Ends: t.Problem.Ends}
	if c, ok := t.Problem.Equation.Value.(physics.Confined); ok {
		solution.Least = c.Least(g.Dims())
	}
	return models.Spec{Grid: g, Periodic: periodic(g), Out: scales(t.Layout.Out), Coords: len(p.extent), Solution: solution}, nil
}

// Bind implements [Bound].
func (p *PINN) Bind(m models.Model, on graph.Machine) error {
	var err error
	if p.model, err = models.AsDifferentiable(m); err != nil {
		return fmt.Errorf("pinn: %w", err)
	}
	p.on = on
	if p.terms, err = p.collect(); err != nil {
		return err
	}
	var points []PointTerm
	var names []string
	for _, t := range p.terms {
		points, names = append(points, PointTerm{t.name, t.points, t.columns}), append(names, t.name)
	}
	p.task.Balance.Init(names, p.task.Params)
	return p.Weighting.Value.Init(points, p.Refresh == 0, p.task.Params)
}

// Draw implements [Method].
func (p *PINN) Draw(_ data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	f := graph.Feeds{}
	for _, t := range p.terms {
		if err := t.draw(f, rng); err != nil {
			return nil, fmt.Errorf("pinn: %s: %w", t.name, err)
		}
	}
	return f, nil
}

// Loss implements [Method].
func (p *PINN) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	d, err := models.AsDifferentiable(m)
	if err != nil {
		graph.Fail("pinn", nil, "%w", err)
	}
	var weights []float64
	var means []*graph.Node
	for _, t := range p.terms {
		mean := p.Weighting.Value.Mean(g, t.name, t.errors(g, d, in))
		g.Report(t.name, mean)
		weights, means = append(weights, t.weight), append(means, mean)
	}
	for _, u := range p.law.unknown {
		g.Report(u.name, g.Combine([]float64{u.start}, g.Mean(g.Param(u.factor))))
	}
	return p.task.Balance.Total(g, weights, means)
}

// Terms implements [Named]: the terms, and the numbers that are sought.
func (p *PINN) Terms() []string {
	var names []string
	for _, t := range p.terms {
		names = append(names, t.name)
	}
	return append(names, p.Unknown...)
}

// Found implements [Finding].
func (p *PINN) Found() []Number {
	var found []Number
	for _, u := range p.law.unknown {
		found = append(found, Number{u.name, u.start * u.factor.Value.Values()[0]})
	}
	return found
}

// Predictor implements [Method].
func (p *PINN) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	grid := p.task.Layout.Grid
	frame := func(t float64) graph.Feeds {
		var x []float64
		for i := range grid.Size() {
			x = append(append(x, place(grid, i)...), t)
		}
		return graph.Feeds{"x": {Shape: []int{grid.Size(), len(p.extent)}, Data: x}}
	}
	program, err := graph.Compile(on, frame(0), nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return m.Apply(g, models.Input{Points: in["x"]})
	})
	if err != nil {
		return nil, err
	}
	return rollout.PredictFunc(func(_ rollout.Start, n int) ([][]float64, error) {
		frames := make([][]float64, n)
		for k := range frames {
			if err := program.Run(frame(float64(k+1) * p.task.Problem.Dt)); err != nil {
				return nil, err
			}
			frames[k] = program.Output().Values()
		}
		return frames, nil
	}), nil
}

// place is where point i of a grid is.
func place(g physics.Grid, i int) []float64 {
	x := make([]float64, g.Dims())
	for a, j := range g.Index(i) {
		x[a] = g.X(a, j)
	}
	return x
}
