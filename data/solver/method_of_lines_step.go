package solver

import (
	"fmt"
	"math"

	"eddy/physics"
)

// methodOfLines is a [physics.Stepper] that has all its memory, and the [ODE]
// that it solves.
type methodOfLines struct {
	MethodOfLines
	dt          float64 // of a substep
	differences *differences
	held        *held
	sensitivity *sensitivity
	spectrum    *Spectrum   // where it is the same for all states
	u           []float64   // [N…, C]
	scratch     [][]float64 // [Scratch][N…, C]
}

func newMethodOfLines(settings MethodOfLines, p physics.Problem, d *differences) *methodOfLines {
	m := &methodOfLines{
		MethodOfLines: settings, dt: p.Dt / float64(settings.Substeps),
		differences: d, held: newHeld(p), sensitivity: newSensitivity(d),
		u: make([]float64, p.Size()),
	}
	for range settings.Integrator.Value.Scratch() {
		m.scratch = append(m.scratch, make([]float64, p.Size()))
	}
	if d.linear {
		s := m.Spectrum(m.u)
		m.spectrum = &s
	}
	return m
}

// Rate implements [ODE].
func (m *methodOfLines) Rate(dst, u []float64) {
	m.differences.evaluate(dst, u)
	m.held.hold(dst)
}

// Spectrum implements [ODE].
func (m *methodOfLines) Spectrum(u []float64) Spectrum {
	if m.spectrum != nil {
		return *m.spectrum
	}
	m.differences.evaluate(m.scratch[0], u)
	return m.sensitivity.spectrum()
}

// Step advances u by Substeps steps.
func (m *methodOfLines) Step(dst, u []float64) error {
	if len(u) != len(m.u) || len(dst) != len(m.u) {
		return fmt.Errorf("method_of_lines: states of %d and %d numbers, want %d", len(dst), len(u), len(m.u))
	}
	copy(m.u, u)
	m.held.impose(m.u)
	for i := range m.Substeps {
		if err := m.Integrator.Value.Step(m.u, m.dt, m, m.scratch); err != nil {
			return fmt.Errorf("method_of_lines: substep %d: %w", i+1, err)
		}
	}
	largest := 0.0
	for i, v := range m.u {
		dst[i] = v
		largest = max(largest, math.Abs(v)) // NaN if any is
	}
	if !(largest <= m.Bound) {
		return fmt.Errorf("method_of_lines: blow-up: max|u| = %.3g after a frame, beyond the bound %.3g; more substeps may help", largest, m.Bound)
	}
	return nil
}
