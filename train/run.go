package train

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"eddy/configs"
	"eddy/data"
	"eddy/internal/bundle"
)

// Run is an experiment in a folder of its own: config.yaml, env.json,
// metrics.csv, checkpoints/last and checkpoints/best, and, when it has ended,
// results.csv, the table, the figures and the report.
type Run struct {
	Dir        string
	Experiment *Experiment

	// OnStep, where set, is told of each training step.
	OnStep func(Step)

	// Note, where set, is told what the run does, one line each.
	Note func(format string, args ...any)

	lock *os.File
}

// ErrStopped says that a run was asked to stop, has saved its state, and can
// be resumed.
var ErrStopped = errors.New("stopped; the state is saved, go on with --resume")

// The folder of a checkpoint.
func (r *Run) last() string { return r.Path("checkpoints", "last") }
func (r *Run) best() string { return r.Path("checkpoints", "best") }

// Path is a path inside the run's folder.
func (r *Run) Path(elem ...string) string {
	return filepath.Join(append([]string{r.Dir}, elem...)...)
}

// NewDir returns the next free folder below root for a run of the given name.
func NewDir(root, name string) (string, error) {
	for n := latest(root, name) + 1; ; n++ {
		dir := filepath.Join(root, name, fmt.Sprintf("%03d", n))
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return "", err
		}
		err := os.Mkdir(dir, 0o755)
		if !errors.Is(err, fs.ErrExist) {
			return dir, err
		}
	}
}

// LatestDir returns the newest run of the given name below root.
func LatestDir(root, name string) (string, error) {
	n := latest(root, name)
	if n == 0 {
		return "", fmt.Errorf("no run of %s below %s", name, root)
	}
	return filepath.Join(root, name, fmt.Sprintf("%03d", n)), nil
}

func latest(root, name string) int {
	highest := 0
	entries, _ := os.ReadDir(filepath.Join(root, name))
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			highest = max(highest, n)
		}
	}
	return highest
}

// Create makes dir the folder of a new run of e. The configuration is written
// last and at once: a folder that has it holds a run, one that does not holds
// none.
func Create(dir string, e *Experiment) (*Run, error) {
	r := &Run{Dir: dir, Experiment: e}
	if err := os.MkdirAll(r.Path("checkpoints"), 0o755); err != nil {
		return nil, err
	}
	if err := r.acquire(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(r.Path("config.yaml")); err == nil {
		r.Close()
		return nil, fmt.Errorf("%s holds a run already; go on with --resume, or choose another folder", dir)
	}
	text, err := configs.Marshal(e)
	if err == nil {
		err = r.writeEnvironment()
	}
	if err == nil {
		err = bundle.WriteFile(r.Path("config.yaml"), text)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Resume takes the run in dir up again. Of the configuration e, only what does
// not change the training so far may differ from the run's own.
func Resume(dir string, e *Experiment) (*Run, error) {
	r := &Run{Dir: dir, Experiment: e}
	text, err := os.ReadFile(r.Path("config.yaml"))
	if err != nil {
		return nil, fmt.Errorf("resume: %s holds no run: %w", dir, err)
	}
	before := Default()
	if err := configs.Parse(r.Path("config.yaml"), text, before); err != nil {
		return nil, err
	}
	if err := compatible(before, e); err != nil {
		return nil, fmt.Errorf("resume: %s: %w", dir, err)
	}
	if err := os.MkdirAll(r.Path("checkpoints"), 0o755); err != nil {
		return nil, err
	}
	return r, r.acquire()
}

// compatible compares two configurations but for what a resumed run may change.
func compatible(before, now *Experiment) error {
	var lines [2][][]byte
	for i, e := range []*Experiment{before, now} {
		c := *e
		c.Workers, c.Rollout = 0, Evaluation{}
		text, err := configs.Marshal(&c)
		if err != nil {
			return err
		}
		lines[i] = bytes.Split(text, []byte("\n"))
	}
	for i := range max(len(lines[0]), len(lines[1])) {
		a, b := line(lines[0], i), line(lines[1], i)
		if a != b {
			return fmt.Errorf("the run has %q, the configuration now %q; only workers and rollout may change", a, b)
		}
	}
	return nil
}

func line(lines [][]byte, i int) string {
	if i >= len(lines) {
		return ""
	}
	return string(bytes.TrimSpace(lines[i]))
}

// Close gives the folder free.
func (r *Run) Close() {
	if r.lock != nil {
		r.lock.Close()
		r.lock = nil
	}
}

func (r *Run) note(format string, args ...any) {
	if r.Note != nil {
		r.Note(format, args...)
	}
}

// environment is env.json: what a reader needs to repeat the run.
type environment struct {
	Build   Build  `json:"build"`
	CPU     string `json:"cpu"`
	Cores   int    `json:"cores"`
	Workers int    `json:"workers"`
	Seed    uint64 `json:"seed"`
	Started string `json:"started"`
}

func (r *Run) environment() environment {
	return environment{
		Build: ThisBuild(), CPU: cpuName(), Cores: cores(), Workers: r.Experiment.Workers,
		Seed: r.Experiment.Seed, Started: time.Now().Format(time.RFC3339),
	}
}

func (r *Run) writeEnvironment() error {
	text, err := json.MarshalIndent(r.environment(), "", "  ")
	if err != nil {
		return err
	}
	return bundle.WriteFile(r.Path("env.json"), append(text, '\n'))
}

// Outcome is what a training left behind beside its checkpoints.
type Outcome struct {
	Seconds float64
	Data    data.Report
}

// Train trains from the last checkpoint, or from the beginning, to the last
// step. Where ctx ends first, it finishes the step, or gives it up if it still
// waits for data, saves and returns [ErrStopped].
func (r *Run) Train(ctx context.Context, s *Session) (o Outcome, err error) {
	t, err := NewTrainer(ctx, s)
	if err != nil {
		return o, err
	}
	defer func() {
		var e error
		if o.Data, e = t.Close(); err == nil {
			err = e
		}
	}()
	before, err := r.restore(t)
	if err != nil {
		return o, err
	}
	log, err := openMetrics(r.Path("metrics.csv"), before.Metrics, termNames(s))
	if err != nil {
		return o, err
	}
	defer func() {
		if e := log.close(); err == nil {
			err = e
		}
	}()
	clock := stopwatch{before: before.Seconds, start: time.Now()}
	err = r.loop(ctx, t, log, &clock)
	o.Seconds = clock.seconds()
	return o, err
}

// stopwatch measures the time of training over all sessions of a run.
type stopwatch struct {
	before float64
	start  time.Time
}

func (c *stopwatch) seconds() float64 { return c.before + time.Since(c.start).Seconds() }

func (r *Run) loop(ctx context.Context, t *Trainer, log *metricsLog, clock *stopwatch) error {
	saved := t.step
	for !t.Done() {
		step, err := t.advance(ctx)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return r.stop(t, log, clock, saved)
		}
		if err != nil {
			return err
		}
		if err := log.write(step); err != nil {
			return err
		}
		if r.OnStep != nil {
			r.OnStep(step)
		}
		if t.due(step.Number) {
			if err := r.keep(t, log, clock, step.Validation); err != nil {
				return err
			}
			saved = t.step
		}
	}
	return nil
}

// stop saves the state after the last step, unless it is saved.
func (r *Run) stop(t *Trainer, log *metricsLog, clock *stopwatch, saved int) error {
	if t.step > saved {
		if err := r.save(r.last(), t, log, clock, math.NaN()); err != nil {
			return err
		}
	}
	return ErrStopped
}

// keep saves a checkpoint, and a second time if it is the best so far. The best
// goes first: a run that dies in between then finds it again, while a last
// checkpoint that knows of it would not look for it any more.
func (r *Run) keep(t *Trainer, log *metricsLog, clock *stopwatch, validation float64) error {
	if validation < t.best {
		t.best = validation
		if err := r.save(r.best(), t, log, clock, validation); err != nil {
			return err
		}
	}
	return r.save(r.last(), t, log, clock, validation)
}

func (r *Run) save(dir string, t *Trainer, log *metricsLog, clock *stopwatch, validation float64) error {
	length, err := log.sync()
	if err != nil {
		return err
	}
	m := marks{Metrics: length, Seconds: clock.seconds(), Build: ThisBuild()}
	if finite(validation) {
		m.Validation = &validation
	}
	files, err := t.checkpoint(m)
	if err != nil {
		return err
	}
	return bundle.Write(dir, files)
}

// restore takes the last checkpoint up, if there is one.
func (r *Run) restore(t *Trainer) (marks, error) {
	files, err := bundle.Read(r.last())
	if errors.Is(err, fs.ErrNotExist) {
		return marks{}, nil
	}
	if err != nil {
		return marks{}, err
	}
	m, err := t.restore(files)
	if err != nil {
		return m, fmt.Errorf("%s: %w", r.last(), err)
	}
	if now := ThisBuild(); m.Build != now {
		r.note("the checkpoint was made by another build (%+v, now %+v): the run goes on, but not to the same bits", m.Build, now)
	}
	r.note("going on after step %d", m.Step)
	return m, nil
}

func termNames(s *Session) []string {
	var names []string
	for _, l := range s.Loss {
		names = append(names, l.Kind)
	}
	return names
}
