package train

import (
	"context"
	"errors"
	"fmt"
	"math"

	"eddy/data"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Trainer moves the parameters of a session. It knows no method: a step is
// draw, run, check, clip, move.
type Trainer struct {
	Session *Session

	step    int // that have been taken
	program *graph.Program
	average *average
	stream  data.Stream
	feeds   graph.Feeds       // the numbers of the last step
	fresh   bool              // the program has been run for them and for the parameters as they are
	best    float64           // validation error of the best checkpoint
	held    []data.Trajectory // validation samples, once they are needed
}

// Step is what a training step found.
type Step struct {
	Number     int
	Loss       float64
	Rate       float64
	GradNorm   float64
	Terms      []float64 // of the loss, in the order of the configuration
	Validation float64   // NaN except at checkpoints
}

// ErrDiverged says that a number of the training is not finite.
var ErrDiverged = errors.New("training diverged")

// NewTrainer readies the training of a session, from its beginning.
func NewTrainer(ctx context.Context, s *Session) (*Trainer, error) {
	stream, err := s.Source.Value.Open(ctx, s.request())
	if err != nil {
		return nil, err
	}
	s.Optimizer.Value.Init(s.Params.List)
	return &Trainer{
		Session: s, stream: stream, best: math.Inf(1),
		average: newAverage(s.Train.EMA, s.Params.List),
	}, nil
}

// Close ends the stream of data and reports what it did.
func (t *Trainer) Close() (data.Report, error) { return t.stream.Close() }

// Done reports whether all steps have been taken.
func (t *Trainer) Done() bool { return t.step >= t.Session.Train.Steps }

// due reports whether a step is one after which the model is validated and a
// checkpoint made.
func (t *Trainer) due(step int) bool {
	budget := t.Session.Train
	return step%budget.Checkpoint == 0 || step >= budget.Steps
}

// advance takes one training step, and validates where that is due. Where ctx
// ends while it waits for data, it returns the error of ctx and has changed
// nothing.
func (t *Trainer) advance(ctx context.Context) (Step, error) {
	due := t.due(t.step + 1)
	if due {
		if err := t.hold(ctx); err != nil {
			return Step{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return Step{}, err
	}
	step, err := t.Next()
	if err == nil && due {
		step.Validation, err = t.validate()
	}
	return step, err
}

// Next takes one training step. On error the parameters may have been moved
// but the run must not go on.
func (t *Trainer) Next() (Step, error) {
	s := t.Session
	n := t.step + 1
	where := func(err error) error { return fmt.Errorf("train: step %d: %w", n, err) }
	if err := t.draw(n); err != nil {
		return Step{}, where(err)
	}
	if err := t.compile(t.feeds); err != nil {
		return Step{}, where(err)
	}
	if !t.fresh {
		if _, err := t.evaluate(); err != nil {
			return Step{}, where(err)
		}
	}
	r := Step{Number: n, Loss: t.program.Scalar(), Rate: s.Schedule.Value.At(n, s.Train.Steps), Validation: math.NaN()}
	_, r.Terms = t.program.Reports()
	limit := s.Train.Clip
	o, searching := s.Optimizer.Value.(Searching)
	if searching = searching && o.Searches(n); searching {
		limit = math.Inf(1)
	}
	var err error
	if r.GradNorm, err = clip(t.program.Grads, limit); err != nil || !finite(r.Loss) {
		return Step{}, where(fmt.Errorf("%w: the loss is %v, the norm of the gradient %v", ErrDiverged, r.Loss, r.GradNorm))
	}
	u := Update{Step: n, Rate: r.Rate, Loss: r.Loss, Grads: t.program.Grads, Evaluate: t.evaluate, Pool: s.On.Pool}
	if err := s.Optimizer.Value.Step(u); err != nil {
		return Step{}, where(err)
	}
	t.fresh = searching
	for _, p := range s.Params.List {
		if !p.Value.Finite() {
			return Step{}, where(fmt.Errorf("%w: the parameter %s is not finite after the step", ErrDiverged, p.Name))
		}
	}
	t.average.update(n)
	t.step = n
	if searching {
		return r, nil
	}
	if err := t.adapt(r); err != nil {
		return Step{}, where(err)
	}
	return r, nil
}

// draw sets the numbers of step n.
func (t *Trainer) draw(n int) error {
	if t.keeps(n) {
		return nil
	}
	b, err := t.stream.Next(n)
	if err != nil {
		return err
	}
	s := t.Session
	if err := s.Problem.Transform(b.Frames, b.Size, random(s.Seed, forSymmetries, n)); err != nil {
		return err
	}
	t.fresh = false
	t.feeds, err = s.Method.Value.Draw(b, random(s.Seed, forDraws, n))
	return err
}

// keeps tells whether step n learns from the numbers of the step before.
func (t *Trainer) keeps(n int) bool {
	method, ok := t.Session.Method.Value.(Keeping)
	optimizer, search := t.Session.Optimizer.Value.(Searching)
	return n > 1 && (ok && method.Keeps(n) || search && optimizer.Keeps(n))
}

// evaluate computes the loss, and its gradients as the optimizer is to go down
// them.
func (t *Trainer) evaluate() (float64, error) {
	if err := t.program.Run(t.feeds); err != nil {
		return 0, err
	}
	for i, p := range t.Session.Params.List {
		if g := t.program.Grads[i]; p.Ascends {
			kernel.Scale(g.F32, -1, g.F32)
			kernel.Scale(g.F64, -1, g.F64)
		}
	}
	return t.program.Scalar(), nil
}

// compile builds the training program at the first step, whose feeds give the
// shapes.
func (t *Trainer) compile(like graph.Feeds) (err error) {
	if t.program == nil {
		s := t.Session
		t.program, err = graph.Compile(s.On, like, s.Params.List, func(g *graph.Graph, in graph.Nodes) *graph.Node {
			return s.Method.Value.Loss(g, s.model, in)
		})
	}
	return err
}

// clip shortens the gradient of all parameters to a norm of at most limit, and
// returns the norm it had.
func clip(grads []graph.Array, limit float64) (float64, error) {
	sum := 0.0
	for _, g := range grads {
		sum += float64(kernel.SumSquares(g.F32)) + kernel.SumSquares(g.F64)
	}
	norm := math.Sqrt(sum)
	if !finite(norm) {
		return norm, ErrDiverged
	}
	if norm > limit {
		for _, g := range grads {
			kernel.Scale(g.F32, float32(limit/norm), g.F32)
			kernel.Scale(g.F64, limit/norm, g.F64)
		}
	}
	return norm, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
