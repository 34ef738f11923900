package rollout

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

// exponaxCase is what exponax 0.2.0 found for a random forecast of a random
// field, written by scripts/peers/exponax_metrics.py.
type exponaxCase struct {
	Points          []int
	Channels        int
	Extent          float64
	Forecast, Truth []float64 // [C, N…]
	Errors          map[string]float64
	Spectrum        []float64
}

func (c exponaxCase) ensemble() Ensemble {
	g := physics.Grid{Points: c.Points, Extent: slices.Repeat([]float64{c.Extent}, len(c.Points))}
	last := func(u []float64) []float64 {
		out := make([]float64, len(u))
		for i := range out {
			out[i] = u[i%c.Channels*g.Size()+i/c.Channels]
		}
		return out
	}
	return single(g, c.Channels, last(c.Forecast), last(c.Truth))
}

// exponaxMetric is the metric of one of exponax's functions.
func exponaxMetric(t *testing.T, name string) Metric {
	kind, parameters, _ := strings.Cut(strings.TrimSuffix(name, "/exponax"), "/exponax@")
	space, of, ok := strings.Cut(kind, "_")
	if !ok {
		space, of = "", kind
	}
	if kind == "correlation" {
		return &CorrelationExponax{}
	}
	relation := Absolute
	switch of[0] {
	case 'n':
		relation, of = Normalized, of[1:]
	case 's':
		relation, of = Symmetric, of[1:]
	}
	var measure Measure
	if err := measure.UnmarshalText([]byte(of)); err != nil {
		t.Fatal(err)
	}
	switch space {
	case "h1":
		return &H1Exponax{measure, relation}
	case "fourier":
		m := &FourierExponax{Measure: measure, Relation: relation}
		if _, err := fmt.Sscanf(parameters, "%d-%d d%g", &m.Low, &m.High, &m.Derivative); err != nil {
			t.Fatal(err)
		}
		return m
	}
	return &SpatialExponax{measure, relation}
}

func TestExponaxFindsTheSame(t *testing.T) {
	text, err := os.ReadFile("testdata/exponax_metrics.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []exponaxCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	compared, largest := 0, 0.0
	for _, c := range cases {
		e := c.ensemble()
		for name, want := range c.Errors {
			got := exponaxMetric(t, name).Evaluate(e)[0].Values[0]
			off := math.Abs(got-want) / max(1, math.Abs(want))
			if compared, largest = compared+1, max(largest, off); !(off < 1e-6) {
				t.Errorf("%v points, %d channels: %s is %v, in exponax %v", c.Points, c.Channels, name, got, want)
			}
		}
		of := Spectrum(e.Truth.Grid, e.Truth.Frames[0][0], c.Channels)
		for k, want := range c.Spectrum {
			if math.Abs(of[k]-want) > 1e-12 {
				t.Errorf("%v points: energy %v at k = %d, in exponax %v", c.Points, of[k], k, want)
			}
		}
	}
	if largest > 1e-12 || compared != 440 { // both compute in float64; 88 errors of five cases
		t.Errorf("%d errors compared, the largest difference is %.1e", compared, largest)
	}
}
