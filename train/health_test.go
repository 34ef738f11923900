package train

import (
	"math"
	"testing"

	"eddy/rollout"
)

// What is watched frame by frame is what is judged with all frames in memory,
// past the hundred frames that are forecast at once.
func TestWatchSeesWhatIsJudged(t *testing.T) {
	for _, method := range []string{"supervised", "{kind: supervised, history: 3}"} {
		s, err := experiment(t, "method="+method, "rollout.samples=2", "rollout.metrics=[nrmse, correlation, drift]", "problem.solver={kind: etdrk, substeps: 4}").Open()
		check(t, err)
		defer s.Close()
		takeSteps(t, s, 4)
		const steps = 120
		j, err := s.Judge(t.Context(), steps, Outcome{})
		check(t, err)
		h, err := s.Watch(t.Context(), steps)
		check(t, err)
		judged := map[string]map[float64]float64{}
		for _, row := range j.Rows {
			if row.Model == h.Model && row.Time > 0 {
				if judged[row.Metric] == nil {
					judged[row.Metric] = map[float64]float64{}
				}
				judged[row.Metric][row.Time] = row.Value
			}
		}
		compared := 0
		for _, score := range h.Scores {
			for i, at := range score.Times {
				want, known := judged[score.Name][at]
				if got := score.Values[i]; !known || got != want && !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
					t.Errorf("%s: %s at t = %v is %v, judged as %v", method, score.Name, at, got, want)
				}
				compared++
			}
		}
		if compared < 200 {
			t.Errorf("%s: %d numbers compared", method, compared)
		}
	}
}

func TestWatchNeedsASolver(t *testing.T) {
	s, err := experiment(t).Open()
	check(t, err)
	defer s.Close()
	s.Problem.Solver.Value = nil
	if h, err := s.Watch(t.Context(), 9); h != nil || err != nil {
		t.Errorf("watched %v, error %v", h, err)
	}
}

// A forecast of one frame has an end, though the problem has none, also where
// another method stands around the one that makes it.
func TestWatchLeavesForecastsThatEnd(t *testing.T) {
	for _, method := range []string{"operator", "{kind: noisy, method: operator}"} {
		s, err := experiment(t, "method="+method, "rollout.steps=1").Open()
		check(t, err)
		defer s.Close()
		if h, err := s.Watch(t.Context(), 1); h != nil || err != nil {
			t.Errorf("%s: watched %v, error %v", method, h, err)
		}
	}
}

func TestJudgedFitsIntoMemory(t *testing.T) {
	s, err := experiment(t, "rollout.samples=3").Open()
	check(t, err)
	defer s.Close()
	values := 3 * s.Layout.Grid.Size()
	for steps, want := range map[int]int{5: 5, judgedValues / values: judgedValues / values, 1 << 30: judgedValues / values} {
		if got := s.Judged(steps); got != want {
			t.Errorf("%d of %d frames are judged, want %d", got, steps, want)
		}
	}
	s.Rollout.Samples = judgedValues
	if got := s.Judged(1 << 30); got != s.Rollout.Steps {
		t.Errorf("%d frames are judged, want the configuration's %d", got, s.Rollout.Steps)
	}
}

// The truth knows what its equation conserves.
func TestTruthConserves(t *testing.T) {
	s, err := experiment(t).Open()
	check(t, err)
	defer s.Close()
	j, err := s.Judge(t.Context(), 2, Outcome{})
	check(t, err)
	if n := len(j.Truth.Invariants); n != j.Truth.Samples() || len(j.Truth.Invariants[0]) == 0 {
		t.Errorf("invariants of %d samples", n)
	}
	if scores := (&rollout.Drift{}).Evaluate(j.Surrogate); len(scores) != len(j.Truth.Invariants[0]) {
		t.Errorf("%d drifts", len(scores))
	}
}
