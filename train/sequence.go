package train

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Optimizer]("sequence", func() Optimizer {
		return &Sequence{First: kind[Optimizer]("adam"), Steps: 1000, Then: kind[Optimizer]("lbfgs")}
	})
}

// Sequence takes Steps with one optimizer and all others with another, as Adam
// and then L-BFGS, which together bring PINNs further than either alone. Good
// values: half of the time for each.
//
// Ref: Lu et al., DeepXDE, SIAM Review 63 (2021), arXiv:1907.04502, §2.
type Sequence struct {
	First configs.Of[Optimizer] `doc:"optimizer of the first steps"`
	Steps int                   `range:"[1,1000000000]" doc:"steps that it takes"`
	Then  configs.Of[Optimizer] `doc:"optimizer of all later steps"`
}

// Check reports an optimizer that is missing.
func (s *Sequence) Check() error {
	switch {
	case s.First.Value == nil:
		return configs.At("first", "missing, want one of %v", configs.Kinds[Optimizer]())
	case s.Then.Value == nil:
		return configs.At("then", "missing, want one of %v", configs.Kinds[Optimizer]())
	}
	return nil
}

// Init implements [Optimizer].
func (s *Sequence) Init(params []*graph.Param) {
	s.First.Value.Init(params)
	s.Then.Value.Init(params)
}

// at returns the optimizer of a step, and how it counts the step.
func (s *Sequence) at(step int) (Optimizer, int) {
	if step <= s.Steps {
		return s.First.Value, step
	}
	return s.Then.Value, step - s.Steps
}

// Step implements [Optimizer].
func (s *Sequence) Step(u Update) error {
	o, step := s.at(u.Step)
	u.Step = step
	return o.Step(u)
}

// Searches implements [Searching].
func (s *Sequence) Searches(step int) bool {
	o, step := s.at(step)
	searching, ok := o.(Searching)
	return ok && searching.Searches(step)
}

// Keeps implements [Searching].
func (s *Sequence) Keeps(step int) bool {
	o, step := s.at(step)
	searching, ok := o.(Searching)
	return ok && searching.Keeps(step)
}

// State implements [Optimizer].
func (s *Sequence) State() map[string]graph.Array {
	all := map[string]graph.Array{}
	for name, a := range s.First.Value.State() {
		all["first."+name] = a
	}
	for name, a := range s.Then.Value.State() {
		all["then."+name] = a
	}
	return all
}
