package train

import (
	"fmt"
	"os"

	"eddy/configs"
	"eddy/internal/bundle"
)

// OpenTrained opens the folder of a run for judging it, with overrides of its
// configuration: on another grid, for instance, where the model allows it.
func OpenTrained(dir string, overrides ...string) (*Run, error) {
	path := (&Run{Dir: dir}).Path("config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s holds no run: %w", dir, err)
	}
	e := Default()
	if err := configs.Parse(path, text, e, overrides...); err != nil {
		return nil, err
	}
	return &Run{Dir: dir, Experiment: e}, nil
}

// Restore takes the weights of the run's last checkpoint into the session.
func (r *Run) Restore(s *Session) (Outcome, error) {
	files, err := bundle.Read(r.last())
	if err != nil {
		return Outcome{}, err
	}
	m, err := readMarks(files)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Seconds: m.Seconds}, s.Load(r.last())
}

// In is the run with another folder, for what is made of the trained model
// later.
func (r *Run) In(dir string) *Run {
	return &Run{Dir: dir, Experiment: r.Experiment, Note: r.Note}
}
