package configs_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"eddy/configs"
)

// roundTrip checks that Parse reads back what Marshal wrote.
func roundTrip(t *testing.T, r *root) {
	t.Helper()
	text, err := configs.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back := defaults()
	if err := configs.Parse("back.yaml", text, &back); err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	if !reflect.DeepEqual(r, &back) {
		t.Errorf("got %+v, want %+v from\n%s", back, *r, text)
	}
}

func TestMarshal(t *testing.T) {
	r := defaults()
	if err := configs.Parse("x", valid(t), &r); err != nil {
		t.Fatal(err)
	}
	want := strings.TrimLeft(`
name: ks_fno
seed: 0
workers: 2
precision: float32
problem:
  equation:
    kind: ks
  grid:
    points: [64]
    extent: [22.0]
  dt: 0.1
  solver:
    kind: etdrk
    order: 2
    substeps: 1
  initial:
    kind: fourier
    cutoff: 5
  warmup: 100
source:
  kind: online
  buffer: 256
model:
  kind: fno
  width: 32
  modes: 12
  blocks: 4
method:
  kind: supervised
  unroll: 1
loss:
  - kind: mse
    weight: 1.0
optimizer:
  kind: adam
  betas: [0.9, 0.999]
  eps: 1.0e-08
schedule:
  kind: warmup_cosine
  rate: 0.001
  warmup: 100
train:
  steps: 1000
  batch: 20
  checkpoint: 200
  shuffle: true
rollout:
  steps: 50
  samples: 20
  metrics: [nrmse]
`, "\n")
	text, err := configs.Marshal(r)
	if err != nil || string(text) != want {
		t.Errorf("%v\n%s", err, text)
	}
	roundTrip(t, &r)
}

// Every kind of every family, and values of all sizes, come back as they were.
func TestMarshalRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		r := defaults()
		r.Name = word(rng)
		r.Seed = rng.Uint64()
		r.Precision = pickOne[precision](rng, "float32", "float64")
		for range 1 + rng.IntN(40) {
			r.Problem.Grid.Points = append(r.Problem.Grid.Points, 2048+rng.IntN(10))
			r.Problem.Grid.Extent = append(r.Problem.Grid.Extent, positive(rng))
		}
		r.Problem.DT = positive(rng)
		r.Problem.Equation = random[equation](t, rng)
		r.Problem.Initial = random[initial](t, rng)
		r.Source = random[source](t, rng)
		r.Model = random[model](t, rng)
		if m, ok := r.Model.Value.(*repeat); ok {
			m.Model = random[model](t, rng)
		}
		r.Method = random[method](t, rng)
		r.Optimizer = random[optimizer](t, rng)
		r.Optimizer.Value.(*adam).Betas[0] = rng.Float64()
		r.Optimizer.Value.(*adam).Eps = rng.Float32()/2 + 0.1
		for range rng.IntN(4) {
			l := random[loss](t, rng)
			l.Value.(*mse).Weight = positive(rng)
			r.Loss = append(r.Loss, l)
		}
		r.Schedule = random[schedule](t, rng)
		roundTrip(t, &r)
	}
}

func random[T any](t *testing.T, rng *rand.Rand) configs.Of[T] {
	kind := pickOne(rng, configs.Kinds[T]()...)
	value, err := configs.New[T](kind)
	if err != nil {
		t.Fatal(err)
	}
	return configs.Of[T]{Kind: kind, Value: value}
}

func pickOne[S ~string](rng *rand.Rand, from ...S) S { return from[rng.IntN(len(from))] }

func positive(rng *rand.Rand) float64 {
	for {
		if x := math.Float64frombits(rng.Uint64() &^ (1 << 63)); x > 0 && x <= math.MaxFloat64 {
			return x
		}
	}
}

func word(rng *rand.Rand) string {
	parts := []string{"ks", "no", "true", "null", "~", "12", "1e3", ".inf", " ", ": ", "#", " #", "- ", "[", "}", ",", "&a", "*", "!",
		"'", `"`, `\`, "\n", "\t", "é", "日本", "🌊", "%", "@", "`", "0x1", "=", "<<", "---", "...", "\u00a0"}
	var s string
	for range rng.IntN(4) {
		s += pickOne(rng, parts...)
	}
	return s
}

// nested are lists of what is not a scalar.
type nested struct {
	Matrix [][]float64
	Pairs  []struct {
		Key   string
		Sizes []int
	}
	Nothing struct{}
	Grids   [][]struct{ Size int }
}

func TestMarshalNested(t *testing.T) {
	text := "matrix: [[1, 2], [], [3]]\npairs: [{key: a, sizes: [1]}, {sizes: [2, 3]}]\ngrids: [[{size: 1}, {size: 2}], [{size: 3}]]\n"
	var v, back nested
	if err := configs.Parse("x", []byte(text), &v); err != nil {
		t.Fatal(err)
	}
	out, err := configs.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimLeft(`
matrix: [[1.0, 2.0], [], [3.0]]
pairs:
  - key: a
    sizes: [1]
  - key: ""
    sizes: [2, 3]
nothing: {}
grids:
  - - size: 1
    - size: 2
  - - size: 3
`, "\n")
	if string(out) != want {
		t.Errorf("got\n%s", out)
	}
	if err := configs.Parse("x", out, &back); err != nil || !reflect.DeepEqual(v, back) {
		t.Errorf("got %+v, %v", back, err)
	}
}

func TestMarshalRefuses(t *testing.T) {
	for _, v := range []any{
		numbers{F: math.NaN()}, numbers{F32: float32(math.Inf(1))}, numbers{S: "\xff"}, numbers{S: "\x00"}, 3, nil,
		struct{ C configs.Of[model] }{configs.Of[model]{Value: &fno{}}},
	} {
		if text, err := configs.Marshal(v); err == nil {
			t.Errorf("%+v: got %s", v, text)
		}
	}
}
