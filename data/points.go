package data

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Source]("points", func() Source { return &Points{} }) }

// Points is one instance of a problem, for methods that learn its solution from
// the equation alone, at points that they choose themselves. Its batches are
// empty. The instance is the first trajectory that the problem's initial states
// and the seed give, or the first of a file [S, T, N…] or [S, T, N…, C],
//
//	{kind: points, reference: data/testdata/burgers_shock.npz, frames: u}
//
// where the problem needs neither a solver nor initial states. Training sees
// its first frame alone, the others judge the forecast; none chooses
// checkpoints. For inverse problems it also sees Observations values: those of
// random grid points and frames of the first Length, with noise.
type Points struct {
	Reference    string  `doc:"file of the true solution, .npz or .npy; the solver computes it if not given"`
	Frames       string  `doc:"name of its array in an .npz file"`
	Observations int     `range:"[0,10000000]" doc:"points where the solution is known to training, with noise"`
	Length       int     `range:"[0,1000000]" doc:"frames after the first that observations are from"`
	Noise        float64 `range:"[0,100]" doc:"deviation of the noise of observations, as a share of that of the solution"`
}

// Check reports settings that contradict each other.
func (p *Points) Check() error {
	switch {
	case p.Observations > 0 && p.Length == 0:
		return configs.At("length", "is not given, want the frames that %d observations are from", p.Observations)
	case p.Reference == "" && p.Frames != "":
		return configs.At("frames", "frames = %q of no file, want a reference", p.Frames)
	}
	return nil
}

// Instance is the one solution that a source of no samples stands for.
type Instance struct {
	Initial      []float64 // [N…·C]
	Observations []Observation
}

// Observation is what is known of a solution at a point.
type Observation struct {
	Place  []float64 // coordinates and time
	Values []float64 // [C]
}

// accept checks a request against the settings.
func (p *Points) accept(r Request) error {
	if err := p.Check(); err != nil {
		return fmt.Errorf("points: %w", err)
	}
	q := r.Problem
	switch {
	case r.Window != 0:
		return fmt.Errorf("points: has no samples, but the method needs windows of %d frames", r.Window)
	case r.Batch != 1:
		return fmt.Errorf("points: train.batch = %d, want 1: there is one solution, and the method says at how many points it learns", r.Batch)
	case isSteady(q):
		return fmt.Errorf("points: %s has no time", q.Equation.Kind)
	case len(q.Parameters) > 0:
		return errors.New("points: parameters are drawn for every trajectory, but there is one: set them in the equation")
	case len(q.Symmetries) > 0:
		return errors.New("points: there are no samples for symmetries to transform")
	case p.Reference == "" && (q.Equation.Value == nil || q.Solver.Value == nil || q.Initial.Value == nil):
		return errors.New("points: without a reference, the problem needs an equation, a solver and a distribution of initial states")
	}
	return nil
}

// solution returns the first frames of the instance.
func (p *Points) solution(ctx context.Context, r Request, frames int) (Trajectory, error) {
	if err := p.accept(r); err != nil {
		return Trajectory{}, err
	}
	if p.Reference == "" {
		const bound = 1e6
		all, err := (&Online{Bound: bound}).compute(ctx, r, firstTraining, 1, frames)
		if err != nil {
			return Trajectory{}, fmt.Errorf("points: %w", err)
		}
		return all[0], nil
	}
	d, err := openTrajectories(p.Reference, p.Frames, 1, r.Problem.Grid)
	if err != nil {
		return Trajectory{}, fmt.Errorf("points: %w", err)
	}
	if frames > d.frames {
		return Trajectory{}, fmt.Errorf("points: %d frames after the first, but %s has %d", frames-1, d.parts[0].Name, d.frames-1)
	}
	if want := r.Problem.Channels(); want > 0 && want != d.parts[0].channels {
		return Trajectory{}, fmt.Errorf("points: %s has %d channels, but the equation %d", d.parts[0].Name, d.parts[0].channels, want)
	}
	err = d.scan(func(Trajectory, [32]byte) {}) // refuses values that are not finite
	if err != nil {
		return Trajectory{}, fmt.Errorf("points: %w", err)
	}
	return d.trajectory(0, frames)
}

// Describe returns the instance. Nothing is known of the solution's size, so
// the channels have mean 0 and deviation 1.
func (p *Points) Describe(r Request) (Layout, error) {
	t, err := p.solution(context.Background(), r, p.Length+1)
	if err != nil {
		return Layout{}, err
	}
	channels := len(t.Frames[0]) / r.Problem.Grid.Size()
	l := Layout{Grid: r.Problem.Grid, Stepped: true, Instance: &Instance{Initial: t.Frames[0]}}
	for _, name := range names("u", channels) {
		l.Out = append(l.Out, Channel{Name: name, Std: 1})
	}
	l.In = l.Out
	l.Instance.Observations = p.observe(r, t, channels)
	return l, nil
}

// observe draws observations of a trajectory.
func (p *Points) observe(r Request, t Trajectory, channels int) []Observation {
	stats := newMoments(channels)
	for _, u := range t.Frames {
		stats.add(u)
	}
	scale := stats.channels(names("u", channels))
	rng := rand.New(rand.NewPCG(r.Seed, firstDraw))
	g := r.Problem.Grid
	all := make([]Observation, p.Observations)
	for i := range all {
		point, frame := rng.IntN(g.Size()), rng.IntN(len(t.Frames))
		for axis, j := range g.Index(point) {
			all[i].Place = append(all[i].Place, g.X(axis, j))
		}
		all[i].Place = append(all[i].Place, float64(frame)*r.Problem.Dt)
		for c := range channels {
			v := t.Frames[frame][point*channels+c] + p.Noise*scale[c].Std*rng.NormFloat64()
			all[i].Values = append(all[i].Values, v)
		}
	}
	return all
}

// Trials returns the instance to report on, and nothing to choose checkpoints
// by.
func (p *Points) Trials(ctx context.Context, r Request, s Split, _, frames int) ([]Trajectory, error) {
	if s == Validation {
		return nil, p.accept(r)
	}
	t, err := p.solution(ctx, r, frames+1)
	if err != nil {
		return nil, err
	}
	return []Trajectory{t}, nil
}

// Open returns a stream of empty batches.
func (p *Points) Open(ctx context.Context, r Request) (Stream, error) {
	return &pointStream{ctx}, p.accept(r)
}

// String names the file of the truth; it is empty where the solver makes it.
func (p *Points) String() string { return p.Reference }

// pointStream has nothing to yield and nothing to remember.
type pointStream struct{ ctx context.Context }

func (s *pointStream) Next(int) (Batch, error)     { return Batch{Size: 1}, s.ctx.Err() }
func (s *pointStream) Snapshot() (Snapshot, error) { return Snapshot{}, nil }
func (s *pointStream) Restore(Snapshot) error      { return nil }
func (s *pointStream) Close() (Report, error)      { return Report{}, nil }
