package train

import (
	"context"
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// twoTerms are losses of very different sizes.
var twoTerms = []string{"loss=[{kind: mse, weight: 0.5}, {kind: sobolev, order: 4.0, relative: false}]"}

// TestBalances trains with every balance: the weights begin at 1, are in
// metrics.csv, and make the loss of the terms, but for the logarithms of
// weights that are learned.
func TestBalances(t *testing.T) {
	for _, kind := range configs.Kinds[Balance]() {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			attempt(t, dir, false, nil, 1, append([]string{"balance=" + kind, "precision=f64"}, twoTerms...))
			f, err := os.Open(dir + "/metrics.csv")
			check(t, err)
			defer f.Close()
			rows, err := csv.NewReader(f).ReadAll()
			check(t, err)
			want := []string{"step", "loss", "mse", "sobolev", "weight.mse", "weight.sobolev", "rate"}
			if kind == "fixed" {
				want = slices.Delete(want, 4, 6)
			}
			if got := rows[0][:len(want)]; !slices.Equal(got, want) {
				t.Fatalf("columns %v, want %v", got, want)
			}
			moved := false
			for i, row := range rows[1:] {
				var x []float64
				for _, cell := range row[1 : len(want)-1] {
					v, err := strconv.ParseFloat(cell, 64)
					check(t, err)
					x = append(x, v)
				}
				w := []float64{1, 1}
				if kind != "fixed" {
					w = x[3:5]
				}
				if i == 0 && (w[0] != 1 || w[1] != 1) {
					t.Errorf("the weights begin with %v, want 1", w)
				}
				moved = moved || w[0] != 1 || w[1] != 1
				sum := 0.5*w[0]*x[1] + w[1]*x[2]
				if kind == "self_adaptive" {
					sum -= math.Log(w[0]) + math.Log(w[1])
				}
				if math.Abs(sum-x[0]) > 1e-12*math.Abs(x[0]) {
					t.Errorf("step %d: loss %v of terms that make %v", i+1, x[0], sum)
				}
			}
			if still := kind == "fixed" || kind == "softadapt"; moved == still { // softadapt waits for 40 steps
				t.Errorf("the weights have moved: %v", moved)
			}
		})
	}
}

// TestReLoBRaLo balances terms of which one has halved and one stayed.
func TestReLoBRaLo(t *testing.T) {
	b := &ReLoBRaLo{Temperature: 0.5, Memory: 0.75, Lookback: 0}
	b.Init([]string{"a", "b"}, &graph.Params{Precision: graph.F64})
	rng := rand.New(rand.NewPCG(1, 2))
	// All have stayed since the first step: the weights are 1.
	check(t, b.Adapt(Course{Step: 1, Terms: []float64{8, 3}, Rand: rng}))
	near(t, "after the first step", b.values, 1, 1)
	check(t, b.Adapt(Course{Step: 2, Terms: []float64{4, 3}, Rand: rng}))
	// The ratios ½ and 1, over T, are 1 and 2: in both parts 2/(1+e) and 2e/(1+e).
	near(t, "after the second step", b.values, 2/(1+math.E), 2*math.E/(1+math.E))
	b.Lookback = 1 // the weights of before count ¾, those of 2:1, over T, ¼
	check(t, b.Adapt(Course{Step: 3, Terms: []float64{4, 1.5}, Rand: rng}))
	near(t, "after the third step", b.values, (0.75*2+0.25*2*math.E)/(1+math.E), (0.75*2*math.E+0.25*2)/(1+math.E))
}

// TestSoftAdapt compares the means of two steps with those of the two before.
func TestSoftAdapt(t *testing.T) {
	b := &SoftAdapt{Rate: 2, Every: 2}
	b.Init([]string{"a", "b"}, &graph.Params{Precision: graph.F64})
	for i, terms := range [][]float64{{9, 2}, {11, 4}, {6, 3}, {8, 5}} {
		near(t, "before", b.values, 1, 1)
		check(t, b.Adapt(Course{Step: i + 1, Terms: terms}))
	}
	// From 10 to 7 and from 3 to 4: the rates are −3/4 and 1/4, times 2.
	p, q := math.Exp(-1.5), math.Exp(0.5)
	near(t, "after four steps", b.values, 2*p/(p+q), 2*q/(p+q))
}

// TestGradientNorm measures each term alone, and makes gradients equally long.
func TestGradientNorm(t *testing.T) {
	b := &GradientNorm{Every: 10, Memory: 0.5}
	b.Init([]string{"a", "b"}, &graph.Params{Precision: graph.F64})
	b.shares = []float64{4, 1}
	gradients := []float64{0.1, 3} // of the terms without weights
	norm := func() (float64, error) {
		sum := 0.0
		for i, w := range b.values {
			sum += math.Pow(b.shares[i]*w.Value.F64[0]*gradients[i], 2)
		}
		return math.Sqrt(sum), nil
	}
	check(t, b.Adapt(Course{Step: 1, Norm: norm}))
	near(t, "after the first step", b.values, 3.1/2/0.1, 3.1/2/3)
	gradients = []float64{1, 1}
	check(t, b.Adapt(Course{Step: 2, Norm: norm}))
	near(t, "after the second step", b.values, 3.1/2/0.1, 3.1/2/3)
	check(t, b.Adapt(Course{Step: 11, Norm: norm}))
	near(t, "after step 11", b.values, (15.5+1)/2, (3.1/6+1)/2)
	if err := b.Adapt(Course{Step: 21, Norm: func() (float64, error) { return 0, ErrDiverged }}); !errors.Is(err, ErrDiverged) {
		t.Errorf("got %v, want %v", err, ErrDiverged)
	}
}

// TestLearnedBalance: the gradient by −ln w is 1 − weight w ℓ, zero where the
// term counts 1.
func TestLearnedBalance(t *testing.T) {
	ps := &graph.Params{Precision: graph.F64}
	b := &LearnedBalance{}
	b.Init([]string{"a", "b"}, ps)
	pool := kernel.NewPool(1)
	defer pool.Close()
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, ps.List, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		term := func(v float64) *graph.Node { return g.Mean(g.Const("term", []int{1}, []float64{v})) }
		return b.Total(g, []float64{2, 1}, []*graph.Node{term(3), term(0.25)})
	})
	check(t, err)
	b.logs[0].Value.F64[0] = math.Log(6) // w = 1/6
	check(t, p.Run(nil))
	if got, want := p.Scalar(), 1+math.Log(6)+0.25; math.Abs(got-want) > 1e-14 {
		t.Errorf("loss %v, want %v", got, want)
	}
	if a, c := p.Grads[0].F64[0], p.Grads[1].F64[0]; math.Abs(a) > 1e-15 || math.Abs(c-0.75) > 1e-15 {
		t.Errorf("gradients %v and %v, want 0 and 0.75", a, c)
	}
}

// TestBalanceOfAPINN: the terms of a PINN are balanced as others are.
func TestBalanceOfAPINN(t *testing.T) {
	settings := append(slices.Clone(overrides["pinn"]), "method.kind=pinn", "balance={kind: gradient_norm, every: 3}")
	e := experiment(t, settings...)
	s, err := e.Open()
	check(t, err)
	defer s.Close()
	trainer, err := NewTrainer(context.Background(), s)
	check(t, err)
	defer trainer.Close()
	for range 4 {
		step, err := trainer.Next()
		check(t, err)
		names := termNames(s)
		if len(step.Terms) != len(names) {
			t.Fatalf("%d numbers for the columns %v", len(step.Terms), names)
		}
		if w := step.Terms[len(names)/2:]; step.Number > 1 && slices.Max(w) == 1 {
			t.Errorf("step %d: weights %v, want others than 1", step.Number, w)
		}
	}
}

// near wants weights to be what they should.
func near(t *testing.T, when string, got []*graph.Param, want ...float64) {
	t.Helper()
	for i, w := range want {
		if v := got[i].Value.F64[0]; math.Abs(v-w) > 1e-14*w {
			t.Errorf("%s: weight %d is %v, want %v", when, i, v, w)
		}
	}
}
