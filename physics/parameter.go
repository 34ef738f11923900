package physics

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
)

// Parameter is a number of the equation of which every trajectory has a value of
// its own.
type Parameter struct {
	Name string                   `doc:"path of a number of the equation, such as equation.viscosity"`
	Law  configs.Of[Distribution] `doc:"the distribution of its values"`
}

// With returns the problem in which the parameters have the given values.
func (p Problem) With(values []float64) (Problem, error) {
	if len(values) != len(p.Parameters) {
		return p, fmt.Errorf("%d values of %d parameters", len(values), len(p.Parameters))
	}
	for i, q := range p.Parameters {
		var err error
		if p, err = p.with(q.Name, values[i]); err != nil {
			return p, err
		}
	}
	return p, nil
}

// named is what the names of numbers may lead into.
type named struct{ Equation configs.Of[Equation] }

// Number returns the number of the equation with a name.
func (p Problem) Number(name string) (float64, error) {
	return configs.Number(named{p.Equation}, name)
}

// with returns the problem in which the number with a name has the value x.
func (p Problem) with(name string, x float64) (Problem, error) {
	changed, err := configs.With(named{p.Equation}, name, x)
	if err != nil {
		return p, err
	}
	p.Equation = changed.Equation
	return p, nil
}

// Draw returns the problem of a trajectory, whose parameters have values that
// seed, stream and index determine, and these values. A stream is a sequence of
// trajectories whose indices count from 0.
func (p Problem) Draw(seed, stream, index uint64) (Problem, []float64, error) {
	if len(p.Parameters) == 0 {
		return p, nil, nil
	}
	design := p.Design.Value
	if design == nil {
		design = &Independent{}
	}
	// The seed is mixed with a number, so that parameters do not repeat the
	// numbers of initial states.
	const mix = 0x9e3779b97f4a7c15 // 2⁶⁴ over the golden ratio
	values := make([]float64, len(p.Parameters))
	design.Point(values, rand.NewPCG(seed^mix, stream).Uint64(), index)
	for i, q := range p.Parameters {
		values[i] = q.Law.Value.Quantile(values[i])
	}
	drawn, err := p.With(values)
	return drawn, values, err
}

// checkParameters refuses a parameter that the equation does not have, or that
// may get a value it must not have.
func (p Problem) checkParameters() error {
	given := map[string]bool{}
	for i, q := range p.Parameters {
		key := fmt.Sprintf("parameters.%d", i)
		switch {
		case given[q.Name]:
			return configs.At(key, "%s is given twice", q.Name)
		case q.Law.Value == nil:
			return configs.At(key, "%s has no law, want the distribution of its values", q.Name)
		}
		given[q.Name] = true
		for _, end := range []float64{0, 1} {
			if _, err := p.with(q.Name, q.Law.Value.Quantile(end)); err != nil {
				return configs.At(key, "%w", err)
			}
		}
	}
	return nil
}
