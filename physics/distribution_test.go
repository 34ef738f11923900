package physics_test

import (
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Every distribution has quantiles that rise from one end to the other and never leave
// the interval, whatever rounding does.
func TestDistributionQuantiles(t *testing.T) {
	for _, law := range []physics.Distribution{
		&physics.Uniform{Low: -1, High: 3}, &physics.Uniform{Low: 0.1, High: 0.1},
		&physics.LogUniform{Low: 1e-3, High: 10}, &physics.LogUniform{Low: 0.1, High: 0.1},
	} {
		low, high := law.Quantile(0), law.Quantile(1)
		last := low
		for i := range 1001 {
			v := law.Quantile(float64(i) / 1000)
			if v < last || v > high {
				t.Fatalf("%+v: quantile %d is %v, after %v and within %v to %v", law, i, v, last, low, high)
			}
			last = v
		}
	}
	uniform, log := &physics.Uniform{Low: -1, High: 3}, &physics.LogUniform{Low: 1e-3, High: 10}
	if v := uniform.Quantile(0.25); v != 0 {
		t.Errorf("quarter of −1 to 3 is %v, want 0", v)
	}
	if v := log.Quantile(0.5); math.Abs(v/0.1-1) > 1e-14 {
		t.Errorf("middle of 0.001 to 10 is %v, want 0.1", v)
	}
	if log.Quantile(0) != 1e-3 || math.Abs(log.Quantile(1)/10-1) > 1e-14 {
		t.Errorf("ends %v and %v, want 0.001 and 10", log.Quantile(0), log.Quantile(1))
	}
}

func TestDistributionRefuses(t *testing.T) {
	for _, text := range []string{
		"{kind: uniform, low: 2, high: 1}", "{kind: log_uniform, low: 2, high: 1}",
		"log_uniform", "{kind: log_uniform, low: 0, high: 1}", "{kind: normal}",
	} {
		var v struct {
			Law configs.Of[physics.Distribution]
		}
		if configs.Parse("test", []byte("law: "+text), &v) == nil {
			t.Errorf("%s: want an error", text)
		}
	}
}
