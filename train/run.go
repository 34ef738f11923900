package train

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"eddy/configs"
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
