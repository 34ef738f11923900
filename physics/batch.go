package physics

// BatchStepper is a Stepper that advances several states at once faster than
// one after the other. The bits of a state do not depend on its company.
type BatchStepper interface {
	Stepper

	// Width is the number of states that StepAll takes at most.
	Width() int

	// StepAll advances each u[i] to dst[i], as Step does. Where dst[i] is nil,
	// it does nothing. errs[i] is set to the error of state i, nil if there is
	// none; a state with an error leaves the others alone, and its dst[i]
	// means nothing.
	StepAll(dst, u [][]float64, errs []error)
}

// Batch returns s, which then advances several states at once if it can, and
// one after the other if it cannot.
func Batch(s Stepper) BatchStepper {
	if b, ok := s.(BatchStepper); ok {
		return b
	}
	return single{s}
}

// single is a stepper of one state.
type single struct{ Stepper }

// Width is 1.
func (single) Width() int { return 1 }

// StepAll advances the only state.
func (s single) StepAll(dst, u [][]float64, errs []error) {
	for i := range dst {
		if dst[i] != nil {
			errs[i] = s.Step(dst[i], u[i])
		}
	}
}
