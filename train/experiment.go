package train

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"eddy/configs"
	"eddy/data"
	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

// Experiment is the whole of a run: a YAML file of configs, as Go.
type Experiment struct {
	Name      string                     `doc:"names the run folder; letters, digits, dot, dash and underscore"`
	Seed      uint64                     `doc:"of everything random"`
	Workers   int                        `range:"[0,1024]" doc:"goroutines that compute; 0 for one per core. Results do not depend on it"`
	Precision graph.Precision            `doc:"of the network's numbers"`
	Problem   physics.Problem            `doc:"what is forecast"`
	Source    configs.Of[data.Source]    `doc:"where training data come from"`
	Model     configs.Of[models.Model]   `doc:"the network"`
	Method    configs.Of[Method]         `doc:"how the network is trained and forecasts"`
	Loss      []configs.Of[physics.Loss] `doc:"terms of the loss"`
	Balance   configs.Of[Balance]        `doc:"how much each term of the loss counts while training goes on"`
	Optimizer configs.Of[Optimizer]      `doc:"how parameters move"`
	Schedule  configs.Of[Schedule]       `doc:"the learning rate"`
	Train     Budget                     `doc:"how long training goes"`
	Rollout   Evaluation                 `doc:"how the trained model is judged"`
}

// Budget is the length of a training.
type Budget struct {
	Steps      int     `range:"[1,1000000000]" doc:"updates of the parameters"`
	Batch      int     `range:"[1,1000000]" doc:"samples per update"`
	Checkpoint int     `range:"[1,1000000000]" doc:"updates between checkpoints, at which the model is also validated"`
	Clip       float64 `range:"(0,inf)" doc:"largest norm of the gradient of all parameters together; longer ones are shortened to it"`
	EMA        float64 `range:"[0,1)" doc:"memory of the running mean of the parameters, which is what forecasts use; 0 for the parameters themselves"`
}

// Evaluation is what the trained model is judged by.
type Evaluation struct {
	Steps   int                          `range:"[1,1000000]" doc:"frames of a forecast"`
	Samples int                          `range:"[1,1000000]" doc:"test trajectories"`
	Metrics []configs.Of[rollout.Metric] `doc:"columns of the table"`
}

// Default returns an experiment with every default that does not depend on the
// problem.
func Default() *Experiment {
	return &Experiment{
		Method:    kind[Method]("supervised"),
		Loss:      []configs.Of[physics.Loss]{kind[physics.Loss]("mse")},
		Balance:   kind[Balance]("fixed"),
		Optimizer: kind[Optimizer]("adam"),
		Schedule:  kind[Schedule]("warmup_cosine"),
		Train:     Budget{Steps: 1000, Batch: 32, Checkpoint: 500, Clip: 1e3},
		Rollout: Evaluation{Steps: 100, Samples: 20, Metrics: []configs.Of[rollout.Metric]{
			kind[rollout.Metric]("nrmse"), kind[rollout.Metric]("rel_l2"),
		}},
	}
}

// kind returns a registered kind with its defaults.
func kind[T any](name string) configs.Of[T] {
	v, err := configs.New[T](name)
	if err != nil {
		panic(err)
	}
	return configs.Of[T]{Kind: name, Value: v}
}

// Check reports what is missing, and settings that contradict each other.
func (e *Experiment) Check() error {
	switch {
	case !validName(e.Name):
		return configs.At("name", "%q, want 1 to 64 letters, digits, dots, dashes or underscores that begin with a letter or digit", e.Name)
	case e.Source.Value == nil:
		return configs.At("source", "missing, want one of %v", configs.Kinds[data.Source]())
	case e.Model.Value == nil:
		return configs.At("model", "missing, want one of %v", configs.Kinds[models.Model]())
	case len(e.Loss) == 0:
		return configs.At("loss", "no term, want one or more")
	case len(e.Rollout.Metrics) == 0:
		return configs.At("rollout", "no metrics, want one or more")
	case e.Problem.Dt == 0:
		return configs.At("problem", "no dt")
	case len(e.Problem.Grid.Points) == 0:
		return configs.At("problem", "no grid")
	}
	return nil
}

func validName(s string) bool {
	if len(s) < 1 || len(s) > 64 || s[0] == '.' || s[0] == '-' || s[0] == '_' {
		return false
	}
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// Session is an experiment made ready: the model has its parameters, and every
// part has accepted every other.
type Session struct {
	*Experiment
	Layout data.Layout
	Params *graph.Params
	On     graph.Machine

	model *models.Normalized
}

// Open readies the experiment. Close the session to end its workers.
func (e *Experiment) Open() (*Session, error) {
	s := &Session{
		Experiment: e,
		Params:     &graph.Params{Precision: e.Precision},
		On:         graph.Machine{Precision: e.Precision, Pool: kernel.NewPool(e.Workers)},
	}
	if err := s.prepare(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the session's workers.
func (s *Session) Close() { s.On.Pool.Close() }

func (s *Session) prepare() error {
	var err error
	if s.Layout, err = s.Source.Value.Describe(s.request()); err != nil {
		return err
	}
	losses := newLosses(s.Loss)
	if err := losses.init(s.Problem, s.Layout); err != nil {
		return err
	}
	spec, err := s.Method.Value.Init(Task{
		Problem: s.Problem, Layout: s.Layout, Losses: losses, Balance: s.Balance.Value,
		Frames: s.Rollout.Steps, Seed: s.Seed, Params: s.Params,
	})
	if err != nil {
		return err
	}
	// Better now than after the training: is there a truth to judge it by?
	if _, err := s.Source.Value.Trials(context.Background(), s.request(), data.Test, 1, s.past()+s.Rollout.Steps); err != nil {
		return fmt.Errorf("rollout: steps = %d: %w", s.Rollout.Steps, err)
	}
	if _, ok := s.Method.Value.(Named); !ok {
		s.Balance.Value.Init(losses.names(), s.Params)
	}
	s.model = &models.Normalized{Model: s.Model.Value}
	if err := s.model.Init(spec, s.Params, random(s.Seed, forWeights, 0)); err != nil {
		var f *configs.FieldError
		if errors.As(err, &f) {
			return fmt.Errorf("model.%s: %w", f.Field, err)
		}
		return err
	}
	if b, ok := s.Method.Value.(Bound); ok {
		if err := b.Bind(s.model, s.On); err != nil {
			return err
		}
	}
	return s.checkDraws()
}

// checkDraws refuses metrics that compare draws of a forecast where the method
// draws none.
func (s *Session) checkDraws() error {
	n := rollout.DrawsFor(s.metrics())
	if n == 0 {
		return nil
	}
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		return err
	}
	if _, ok := p.(rollout.Stochastic); !ok {
		return fmt.Errorf("rollout: a metric compares %d draws of each forecast, but forecasts of the method %s are not drawn", n, s.Method.Kind)
	}
	return nil
}

// request is what the experiment asks of its source.
func (e *Experiment) request() data.Request {
	workers := e.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return data.Request{
		Problem: e.Problem, Window: e.window(), Batch: e.Train.Batch,
		Seed: subseed(e.Seed, forData), Workers: workers,
	}
}

// window is the number of frames of a training sample. Where nothing in the loss
// compares, these are the ones that a forecast starts from.
func (e *Experiment) window() int {
	window := e.Method.Value.Window()
	for _, l := range e.Loss {
		if _, compares := l.Value.(physics.Comparison); compares {
			return window
		}
	}
	if r, ok := e.Method.Value.(Remembering); ok {
		return min(window, r.Past()+1)
	}
	return min(window, 1)
}
