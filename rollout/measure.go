package rollout

import (
	"fmt"
	"math"
	"slices"
)

// Measure is how exponax makes one number of the values of a channel: (V/N Σ
// |u|^p)^q with p = q = 1 (mae), p = 2 and q = 1 (mse), or q = ½ (rmse).
type Measure int

// The measures of exponax.
const (
	MAE Measure = iota
	MSE
	RMSE
)

var measureNames = []string{"mae", "mse", "rmse"}

func (m Measure) String() string { return measureNames[m] }

// Names lists the measures as a configuration spells them.
func (Measure) Names() []string { return measureNames }

// MarshalText implements encoding.TextMarshaler.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Measure) UnmarshalText(text []byte) error {
	i := slices.Index(measureNames, string(text))
	if i < 0 {
		return fmt.Errorf("measure = %q, want one of %v", text, measureNames)
	}
	*m = Measure(i)
	return nil
}

// inner is |u|^p, given |u|.
func (m Measure) inner(u float64) float64 {
	if m == MAE {
		return u
	}
	return u * u
}

// outer is x^q.
func (m Measure) outer(x float64) float64 {
	if m == RMSE {
		return math.Sqrt(x)
	}
	return x
}

// Relation is what exponax divides an error by: by nothing (absolute), by the
// same number of the truth (normalized), or by half the sum of those of truth and
// forecast (symmetric).
type Relation int

// The relations of exponax.
const (
	Normalized Relation = iota
	Absolute
	Symmetric
)

var relationNames = []string{"normalized", "absolute", "symmetric"}

func (r Relation) String() string { return relationNames[r] }

// Names lists the relations as a configuration spells them.
func (Relation) Names() []string { return relationNames }

// MarshalText implements encoding.TextMarshaler.
func (r Relation) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Relation) UnmarshalText(text []byte) error {
	i := slices.Index(relationNames, string(text))
	if i < 0 {
		return fmt.Errorf("relation = %q, want one of %v", text, relationNames)
	}
	*r = Relation(i)
	return nil
}

// of relates an error to the sizes of forecast and truth.
func (r Relation) of(err, forecast, truth float64) float64 {
	switch r {
	case Absolute:
		return err
	case Symmetric:
		return ratio(2*err, forecast+truth)
	}
	return ratio(err, truth)
}

// prefix is what exponax puts before the name of a measure.
func (r Relation) prefix() string { return []string{"n", "", "s"}[r] }

// text is the formula of one channel, for the notes of a table.
func (r Relation) text(size string) string {
	return []string{size + "(p−y) / " + size + "(y)", size + "(p−y)", "2 " + size + "(p−y) / (" + size + "(p) + " + size + "(y))"}[r]
}
