package train

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("refiner", func() Method { return &Refiner{Refinements: 3, Variance: 4e-7, Change: 0.3, Noise: 1} })
}

// Refiner trains a model to take one step of the solver by denoising, so that it
// has to get the small amplitudes right, too, on which long rollouts depend. The
// change y = (u_{t+1} − u_t)/Change is mixed with noise of a level k that is drawn
// from 0 … Refinements, and the model learns the velocity v of the mixture x,
//
//	loss = mean ( G_θ(u_t, x; k) − v )²,  x = √ᾱ_k y + √(1−ᾱ_k) ε,  v = √ᾱ_k ε − √(1−ᾱ_k) y,
//
// see [diffusion]. At the last level nothing is known of y, so that x = 0 and
// v = −y: an ordinary step. A forecast starts there and refines the change level
// by level, Refinements + 1 passes of the model for each step, with new noise in
// between: it is a draw, and the agreement of several tells how far to trust them.
// Of what the model cannot tell from the truth that noise stays in the forecast;
// with less Noise than a draw has, it follows the mean of the draws instead.
//
// The terms of the loss are the shares of the levels in that mean, level_0 and so
// on, weighed by (σ_k/σ_0)^Emphasis, where σ_k = √(1−ᾱ_k) is the noise's deviation.
// An error of v is one of the change, divided by σ_k: without emphasis, as in the
// paper, low levels have long gradients that are mostly noise, and large scales,
// which the high levels are for, are learned late; with 2 the loss is the error
// of the change, and the low levels, which are for small scales, hardly count.
//
// The model takes x and u_t as channels, after fields that are given and stay,
// and as conditions the level and the equation's parameters where the
// trajectories differ in them. Constraints of the model hold of each forecast
// state; what is trained are changes, of which they know nothing. Good values:
// Refinements 3, Variance 4e-7 (of the noise at level 0, not its deviation),
// Change about the standard deviation of the changes, train.ema 0.995; for less
// than a million updates Emphasis 0.5 to 1, and Noise 0 for the least error.
//
// Ref: Lippe et al., PDE-Refiner (2023), arXiv:2308.05732, §3.
type Refiner struct {
	Refinements int     `range:"[1,100]" doc:"passes of the model beyond the first, in each step"`
	Variance    float64 `range:"(0,1)" doc:"variance of the noise at the lowest level, of a change of unit size"`
	Change      float64 `range:"(0,inf)" doc:"size of the change in a step, in units of the state"`
	Emphasis    float64 `range:"[0,4]" doc:"power of the noise by which the loss of a level counts"`
	Noise       float64 `range:"[0,1]" doc:"share of the noise between levels in the forecast itself; draws have all"`

	task   Task
	levels diffusion
}

// Window implements [Method].
func (r *Refiner) Window() int { return 2 }

// Init implements [Method].
func (r *Refiner) Init(t Task) (models.Spec, error) {
	if !t.Layout.Stepped {
		return models.Spec{}, errors.New("refiner: the samples are pairs and not steps in time; train on them with the method operator")
	}
	for _, l := range t.Losses {
		if _, ok := l.Loss.(*physics.MSE); !ok {
			return models.Spec{}, fmt.Errorf("refiner: loss %s: compares states, but the method learns the velocity of a mixture with noise; want mse", l.Name)
		}
	}
	if len(t.Losses) > 1 {
		return models.Spec{}, fmt.Errorf("refiner: %d terms of the loss, but it is made of one for each level; want loss: [mse]", len(t.Losses))
	}
	r.task, r.levels = t, newDiffusion(r.Refinements, r.Variance)
	t.Balance.Init(r.Terms(), t.Params)
	s, fields := specOf(t.Layout), len(t.Layout.Fields)
	for c := range s.Out {
		s.In, s.Out[c] = slices.Insert(s.In, fields, models.Scale{Std: 1}), models.Scale{Std: 1}
	}
	s.Cond, s.Change = append([]models.Scale{r.level()}, s.Cond...), nil // the output is no state
	s.States = statesOf(t)
	s.States.Apart = true
	return s, nil
}

// Terms implements [Named].
func (r *Refiner) Terms() []string {
	names := make([]string, r.Refinements+1)
	for k := range names {
		names[k] = fmt.Sprintf("level_%d", k)
	}
	return names
}

// level is the scale of a number that is uniform in 0 … Refinements.
func (r *Refiner) level() models.Scale {
	k := float64(r.Refinements)
	return models.Scale{Mean: k / 2, Std: math.Sqrt(k * (k + 2) / 12)}
}

// Draw implements [Method].
func (r *Refiner) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	size := len(b.Frames[0]) / b.Size
	x, v := make([]float64, len(b.Frames[0])), make([]float64, len(b.Frames[0]))
	levels, drawn := make([]int, b.Size), make([]float64, b.Size*(r.Refinements+1))
	for i := range levels {
		k := rng.IntN(r.Refinements + 1)
		levels[i], drawn[i*(r.Refinements+1)+k] = k, 1
		for j := i * size; j < (i+1)*size; j++ {
			y := (b.Frames[1][j] - b.Frames[0][j]) / r.Change
			x[j], v[j] = r.levels.mix(k, y, rng.NormFloat64())
		}
	}
	f := r.feeds(b, x, levels)
	f["v"] = graph.Tensor{Shape: shapeOf(b.Size, r.task.Layout, len(r.task.Layout.Out)), Data: v}
	f["drawn"] = graph.Tensor{Shape: []int{b.Size, r.Refinements + 1}, Data: drawn}
	return f, nil
}

// feeds are the model's inputs: the given fields, the mixture x and the first
// frame u [B, N…, C] side by side, and for each sample its level and its
// parameters [B, P].
func (r *Refiner) feeds(b data.Batch, x []float64, levels []int) graph.Feeds {
	u, l := b.Frames[0], r.task.Layout
	c, f, p := len(l.Out), len(l.Fields), len(l.Parameters)
	state, cond := make([]float64, 0, 2*len(u)+len(b.Fields)), make([]float64, 0, b.Size*(1+p))
	for i := range len(u) / c {
		state = append(state, b.Fields[i*f:(i+1)*f]...)
		state = append(append(state, x[i*c:(i+1)*c]...), u[i*c:(i+1)*c]...)
	}
	for i, k := range levels {
		cond = append(append(cond, float64(k)), b.Parameters[i*p:(i+1)*p]...)
	}
	return graph.Feeds{
		"state": {Shape: shapeOf(b.Size, l, f+2*c), Data: state},
		"cond":  {Shape: []int{b.Size, 1 + p}, Data: cond},
	}
}

// Loss implements [Method].
func (r *Refiner) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	v := in["v"]
	batch, size := v.Shape()[0], v.Shape().TotalSize()/v.Shape()[0]
	e := g.Reshape(g.Combine([]float64{1, -1}, m.Apply(g, models.Input{State: in["state"], Cond: in["cond"]}), v), batch, size)
	squares := g.Affine(g.RowDot(e, e, g.Const("none", []int{1}, []float64{0})), []float64{1 / float64(size)}, []float64{0})
	var terms []*graph.Node
	var shares []float64
	_, least := r.levels.shares(0)
	for k, name := range r.Terms() {
		_, noise := r.levels.shares(k)
		term := g.Mean(g.Mul(squares, g.Select(in["drawn"], k, k+1)))
		g.Report(name, term)
		terms, shares = append(terms, term), append(shares, r.task.Losses[0].Share()*math.Pow(noise/least, r.Emphasis))
	}
	return r.task.Balance.Total(g, shares, terms)
}

// Predictor implements [Method].
func (r *Refiner) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	p := &refinement{method: r, model: m, on: on, passes: map[int]*pass{}}
	_, err := p.pass(1)
	return p, err
}
