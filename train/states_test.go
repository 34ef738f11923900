package train

import (
	"math"
	"slices"
	"testing"

	"eddy/rollout"
)

func init() {
	const network = "model: {kind: convnet, width: 4, depth: 1}}"
	networks["conserving"] = "{kind: conserving, " + network
	networks["divergence_free"] = "{kind: divergence_free, " + network
	networks["dirichlet"] = "{kind: dirichlet, " + network
	others := []string{"spacetime", "pinn"}
	refused["conserving"] = saying("conserving: is about states", others)
	refused["divergence_free"] = saying("divergence_free: is about states", others)
	refused["dirichlet"] = saying("dirichlet: is about states", others)
	for _, method := range append(steps[:len(steps):len(steps)], "refiner") {
		refused["divergence_free"][method] = "want as many and two or more"
		refused["dirichlet"][method] = "no ends with given values"
	}
}

// massDrift is how far the mean of a forecast's last state is from that of its
// first, a wave with a mean of 0.7 that has been so for some frames, by a network
// that has hardly been trained.
func massDrift(t *testing.T, past, steps int, settings ...string) float64 {
	t.Helper()
	s, err := experiment(t, settings...).Open()
	check(t, err)
	defer s.Close()
	takeSteps(t, s, 3)
	p, err := s.Method.Value.Predictor(s.model, s.On)
	check(t, err)
	const n = 16
	u := make([]float64, n)
	for i := range u {
		u[i] = float64(float32(0.7 + math.Sin(2*math.Pi*float64(i)/n)))
	}
	frames, err := p.Predict(rollout.Start{State: u, Past: slices.Repeat([][]float64{u}, past)}, steps)
	check(t, err)
	last := frames[steps-1]
	if slices.ContainsFunc(last, math.IsNaN) {
		t.Error("the forecast is no number")
	}
	mean := func(u []float64) float64 {
		sum := 0.0
		for _, v := range u {
			sum += v / n
		}
		return sum
	}
	return math.Abs(mean(last) - mean(u))
}

// TestConservingKeepsTheMass forecasts 1000 frames, two at once from two before.
// The state is that of a problem whose mean is not zero.
func TestConservingKeepsTheMass(t *testing.T) {
	for _, model := range []string{"{kind: conserving, model: {kind: fno, modes: [4], width: 4, blocks: 1}}", "{kind: fno, modes: [4], width: 4, blocks: 1}"} {
		drift := massDrift(t, 1, 1000, "method={kind: supervised, history: 2, bundle: 2}", "model="+model)
		if conserving := model[:17] == "{kind: conserving"; conserving && drift > 1e-6 || !conserving && drift < 1e-2 {
			t.Errorf("%s: the mass drifts by %g", model, drift)
		}
	}
}
