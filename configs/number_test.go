package configs_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
)

// reaction has numbers in all the places that a section may have them.
type reaction struct {
	Rate   float64 `range:"(0,10]"`
	Order  int
	Speeds [2]float64 `range:"[0,1]"`
	Terms  []term
	Inner  configs.Of[equation]
	Rates  precision
}

type term struct{ Coef float64 }

func (r *reaction) Check() error {
	if r.Speeds[0] > r.Speeds[1] {
		return errors.New("speeds are the wrong way round")
	}
	return nil
}

func someReaction() reaction {
	return reaction{Rate: 1, Speeds: [2]float64{0, 1}, Terms: []term{{2}, {3}}, Inner: configs.Of[equation]{Kind: "burgers", Value: &burgers{Viscosity: 0.5}}}
}

func TestWithSetsOneNumberOfACopy(t *testing.T) {
	known := []string{"rate", "speeds.0", "speeds.1", "terms.0.coef", "terms.1.coef", "inner.viscosity"}
	if got := configs.Numbers(someReaction()); !slices.Equal(got, known) {
		t.Fatalf("numbers %v, want %v", got, known)
	}
	want := someReaction()
	want.Rate, want.Speeds, want.Terms = 0.25, [2]float64{0.25, 0.25}, []term{{0.25}, {0.25}}
	want.Inner.Value = &burgers{Viscosity: 0.25}
	before := someReaction()
	after := before
	for i := range known {
		var err error
		if after, err = configs.With(after, known[len(known)-1-i], 0.25); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(after, want) {
		t.Errorf("got %+v, want %+v", after, want)
	}
	if !reflect.DeepEqual(before, someReaction()) {
		t.Errorf("the original is now %+v", before)
	}
}

func TestWithRefuses(t *testing.T) {
	for _, test := range []struct {
		path  string
		x     float64
		wants string
	}{
		{"rat", 1, "did you mean `rate`?"},
		{"order", 1, "unknown number `order`"},
		{"rates", 1, "unknown number"},
		{"terms.2.coef", 1, "unknown number"},
		{"inner", 1, "inner.viscosity"},
		{"", 1, "unknown number"},
		{"rate", 0, "rate = 0, want a value in (0,10]"},
		{"speeds.1", 2, "speeds.1 = 2, want a value in [0,1]"},
		{"rate", math.NaN(), "rate = NaN"},
		{"terms.0.coef", math.Inf(1), "want a finite number"},
		{"inner.viscosity", -1, "want a value in"},
	} {
		_, err := configs.With(someReaction(), test.path, test.x)
		if err == nil || !strings.Contains(err.Error(), test.wants) {
			t.Errorf("%s = %v: %v, want an error with %q", test.path, test.x, err, test.wants)
		}
	}
	narrow := someReaction()
	narrow.Speeds = [2]float64{0.5, 0.6}
	if _, err := configs.With(narrow, "speeds.0", 0.7); err == nil || !strings.Contains(err.Error(), "wrong way round") {
		t.Errorf("what Check objects to: %v", err)
	}
	if _, err := configs.With(configs.Of[equation]{}, "viscosity", 1); err == nil || !strings.Contains(err.Error(), "there are none") {
		t.Errorf("a section that is not there: %v", err)
	}
}
