package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// adamReference is Adam with a penalty and with decoupled weight decay, as the
// papers have it.
func adamReference(p, m, v, g []float64, step int, rate, penalty, decay float64) {
	const b1, b2, eps = 0.9, 0.999, 1e-8
	for i := range p {
		g := g[i] + penalty*p[i]
		m[i] = b1*m[i] + (1-b1)*g
		v[i] = b2*v[i] + (1-b2)*g*g
		mHat := m[i] / (1 - math.Pow(b1, float64(step)))
		vHat := v[i] / (1 - math.Pow(b2, float64(step)))
		p[i] -= rate * (mHat/(math.Sqrt(vHat)+eps) + decay*p[i])
	}
}

// twoParams returns parameters of which one is too long for one worker's chunk.
func twoParams(precision graph.Precision) *graph.Params {
	rng := rand.New(rand.NewPCG(1, 1))
	ps := &graph.Params{Precision: precision}
	ps.New("short", []int{7}, graph.Uniform(rng, 1))
	ps.New("long", []int{adamChunk + 100}, graph.Uniform(rng, 1))
	return ps
}

// move moves ps by steps of an optimizer, on gradients that depend on p and on
// the step, at a rate that changes.
func move(o Optimizer, ps *graph.Params, steps, workers int) {
	pool := kernel.NewPool(workers)
	defer pool.Close()
	o.Init(ps.List)
	for step := 1; step <= steps; step++ {
		o.Step(updateAt(ps, step, pool))
	}
}

// updateAt is the update of a step: it goes down Σ x⁴/4 + x sin(i + step) over
// the elements i of each parameter.
func updateAt(ps *graph.Params, step int, pool *kernel.Pool) Update {
	u := Update{Step: step, Rate: rateAt(step), Pool: pool}
	for _, q := range ps.List {
		u.Grads = append(u.Grads, graph.NewArray(ps.Precision, q.Value.Len()))
	}
	u.Evaluate = func() (float64, error) {
		loss := 0.0
		for k, q := range ps.List {
			p := q.Value.Values()
			u.Grads[k].Put(gradientAt(p, step))
			for i, x := range p {
				loss += x*x*x*x/4 + x*math.Sin(float64(i+step))
			}
		}
		return loss, nil
	}
	u.Loss, _ = u.Evaluate()
	return u
}

func gradientAt(p []float64, step int) []float64 {
	g := make([]float64, len(p))
	for i, x := range p {
		g[i] = x*x*x + math.Sin(float64(i+step))
	}
	return g
}

func rateAt(step int) float64 { return 0.01 / float64(step) }

func TestAdamMeetsItsPaper(t *testing.T) {
	const steps = 100
	for _, c := range []struct {
		kind           string
		penalty, decay float64
	}{{"adam", 0, 0}, {"adam", 0.3, 0}, {"adamw", 0, 0.1}} {
		for precision, tolerance := range map[graph.Precision]float64{graph.F64: 1e-12, graph.F32: 1e-5} {
			o, err := configs.New[Optimizer](c.kind)
			if err != nil {
				t.Fatal(err)
			}
			switch o := o.(type) {
			case *Adam:
				o.Penalty = c.penalty
			case *AdamW:
				o.Decay = c.decay
			}
			got := twoParams(precision)
			want := twoParams(precision).List
			move(o, got, steps, 2)
			for i, q := range want {
				p := q.Value.Values()
				m, v := make([]float64, len(p)), make([]float64, len(p))
				for step := 1; step <= steps; step++ {
					adamReference(p, m, v, gradientAt(p, step), step, rateAt(step), c.penalty, c.decay)
				}
				for j, x := range got.List[i].Value.Values() {
					if math.Abs(x-p[j]) > tolerance {
						t.Fatalf("%s in %v, parameter %s[%d]: %v, want %v", c.kind, precision, q.Name, j, x, p[j])
					}
				}
			}
		}
	}
}

// TestOptimizers holds every optimizer to its interface: the bits do not depend
// on the number of workers, and State is all that a step depends on.
func TestOptimizers(t *testing.T) {
	for _, kind := range configs.Kinds[Optimizer]() {
		fresh := func() Optimizer {
			o, err := configs.New[Optimizer](kind)
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		one, many := twoParams(graph.F32), twoParams(graph.F32)
		first, second := fresh(), fresh()
		move(first, one, 5, 1)
		move(second, many, 5, 3)
		sameBits(t, kind+": with other workers", one, many)

		// A third optimizer takes over the state and the parameters.
		third, heir := fresh(), twoParams(graph.F32)
		third.Init(heir.List)
		state := first.State()
		for name, a := range third.State() {
			if copy(a.F32, state[name].F32)+copy(a.F64, state[name].F64) != a.Len() {
				t.Errorf("%s: state %s has another length", kind, name)
			}
		}
		for i, q := range heir.List {
			copy(q.Value.F32, one.List[i].Value.F32)
		}
		pool := kernel.NewPool(1)
		defer pool.Close()
		for i, o := range []Optimizer{first, third} {
			o.Step(updateAt([]*graph.Params{one, heir}[i], 6, pool))
		}
		sameBits(t, kind+": after taking over the state", one, heir)
	}
}

func sameBits(t *testing.T, what string, a, b *graph.Params) {
	t.Helper()
	for i, p := range a.List {
		if !slices.Equal(p.Value.F32, b.List[i].Value.F32) {
			t.Errorf("%s: the parameter %s differs", what, p.Name)
		}
	}
}
