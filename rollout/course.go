package rollout

import (
	"fmt"
	"iter"

	"eddy/physics"
)

// Course yields the states [N…·C] of a trajectory one after the other, for those
// too long to be kept. A state is valid until the next one; an error ends it.
type Course = iter.Seq2[[]float64, error]

// CourseOf feeds a stepper its own output, without end.
func CourseOf(s physics.Stepper, from Start) Course {
	return func(yield func([]float64, error) bool) {
		u := append([]float64(nil), from.State...)
		for t := 1; ; t++ {
			err := s.Step(u, u)
			if err != nil {
				err = fmt.Errorf("rollout: step %d: %w", t, err)
			}
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

// chunk is how many frames of a course are forecast at once.
const chunk = 100

// Continued forecasts without end, 100 frames at once, each hundred from where
// the last one ended.
func Continued(p Predictor, from Start) Course {
	return func(yield func([]float64, error) bool) {
		for {
			frames, err := p.Predict(from, chunk)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, u := range frames {
				if !yield(u, nil) {
					return
				}
			}
			known := append(append(append([][]float64(nil), from.Past...), from.State), frames...)
			last := len(known) - 1
			from.Past, from.State = known[last-len(from.Past):last], known[last]
		}
	}
}
