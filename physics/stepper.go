package physics

// Stepper advances a state by one time step. Solvers and trained models both
// are Steppers, so whatever runs one runs the other. A state is [N…, C]; dst
// and u have its length and may be the same slice. A Stepper may keep scratch
// space: it serves one goroutine.
type Stepper interface {
	Step(dst, u []float64) error
}

// StepFunc is a function that is a Stepper.
type StepFunc func(dst, u []float64) error

// Step calls f.
func (f StepFunc) Step(dst, u []float64) error { return f(dst, u) }
