package models_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

func init() {
	small["conserving"] = func(m models.Model, s models.Spec) { m.(*models.Conserving).Model = inner(s) }
	small["divergence_free"] = func(m models.Model, s models.Spec) { m.(*models.DivergenceFree).Model = inner(s) }
	small["dirichlet"] = func(m models.Model, s models.Spec) { m.(*models.Dirichlet).Model = inner(s) }
	for _, kind := range []string{"conserving", "divergence_free", "dirichlet"} {
		specs[kind] = flowOn
	}
}

// flowOn is a task of two frames of a vector and a scalar that become the next
// two.
func flowOn(points []int, ends physics.Boundary) models.Spec {
	s := specOn(points, ends)
	dims := len(points)
	frame := slices.Repeat([]models.Scale{{Mean: 2, Std: 3}}, dims+1)
	frame[dims] = models.Scale{Mean: -1, Std: 0.5}
	s.In, s.Out = slices.Repeat(frame, 2), slices.Repeat(frame, 2)
	s.States = &models.States{Channels: dims + 1, Means: make([]bool, dims+1)}
	for axis := range points {
		s.States.Means[axis] = true
		s.States.Components = append(s.States.Components, physics.Component(axis))
		if ends != physics.Periodic {
			at := func(v float64) configs.Of[physics.Condition] {
				return configs.Of[physics.Condition]{Kind: "dirichlet", Value: &physics.Dirichlet{Value: []float64{v}}}
			}
			s.States.Ends = append(s.States.Ends, physics.Ends{Low: at(0.25), High: configs.Of[physics.Condition]{Kind: "outflow", Value: &physics.Outflow{}}})
		}
	}
	s.States.Components = append(s.States.Components, physics.Scalar)
	return s
}

// constrained readies a constraint around a small network, with its units.
func constrained(t *testing.T, m models.Model, s models.Spec, p graph.Precision) (*subject, []float64) {
	t.Helper()
	x, err := ready(t, &models.Normalized{Model: m}, s, p, 1)
	if err != nil {
		t.Fatal(err)
	}
	program := x.apply(t)
	run(t, program)
	return x, program.Output().Values()
}

// TestConstraintsMeetWhatTheySay tries constraints behind the wrappers that hide
// them, in single precision, on two frames at once.
func TestConstraintsMeetWhatTheySay(t *testing.T) {
	s := flowOn([]int{8, 9}, physics.Periodic)
	walls := flowOn([]int{8, 9}, physics.Walls)
	walls.States.Means = nil
	size := s.Grid.Size()
	around := func(kind string, m models.Model) configs.Of[models.Model] {
		return configs.Of[models.Model]{Kind: kind, Value: m}
	}
	t.Run("conserving", func(t *testing.T) {
		m := &models.Conserving{Model: around("divergence_free", &models.DivergenceFree{Model: inner(s)})}
		x, y := constrained(t, m, s, graph.F32)
		state := x.state.Value.Values()
		for b := range batch {
			for c := range 6 {
				var was, is float64
				for i := range size {
					was += state[(b*size+i)*6+3+c%3] / float64(size)
					is += y[(b*size+i)*6+c] / float64(size)
				}
				// A rounding of one value of about 1 is 6e-8, of 72 of them.
				if d := math.Abs(is - was); c%3 < 2 && d > 5e-9 || c%3 == 2 && d < 1e-3 {
					t.Errorf("sample %d, channel %d: the mean goes from %v to %v", b, c, was, is)
				}
			}
		}
		if d := divergence(t, s, y); d > 2e-5 {
			t.Errorf("the divergence is %g, though the constraint inside takes it away", d)
		}
	})
	t.Run("conserving between walls", func(t *testing.T) {
		x, y := constrained(t, &models.Conserving{Model: inner(walls), Channels: []int{2}}, walls, graph.F64)
		state := x.state.Value.Values()
		for b := range batch {
			sum := 0.0
			for i := range size {
				w := 1.0
				for a, j := range walls.Grid.Index(i) {
					if j == 0 || j == walls.Grid.Points[a]-1 {
						w /= 2
					}
				}
				sum += w * (y[(b*size+i)*6+2] - state[(b*size+i)*6+5])
			}
			if math.Abs(sum) > 1e-12 {
				t.Errorf("sample %d: the integral by trapezoids changes by %g", b, sum)
			}
		}
	})
	t.Run("divergence_free", func(t *testing.T) {
		m := &models.DivergenceFree{Model: inner(s)}
		_, y := constrained(t, m, s, graph.F64)
		if d := divergence(t, s, y); d > 1e-12 {
			t.Errorf("the divergence is %g", d)
		}
		_, before := constrained(t, inner(s).Value, s, graph.F64)
		if d := divergence(t, s, before); d < 0.01 {
			t.Errorf("the divergence of the network itself is but %g", d)
		}
		for i, v := range before { // the scalar stays
			if i%3 == 2 && y[i] != v {
				t.Fatalf("value %d of the scalar changes from %v to %v", i, v, y[i])
			}
		}
	})
	t.Run("dirichlet", func(t *testing.T) {
		m := &models.Dirichlet{Model: inner(walls)}
		_, y := constrained(t, &models.Blind{Model: around("dirichlet", m)}, withCond(walls), graph.F32)
		_, before := constrained(t, inner(walls).Value, walls, graph.F32)
		for i := range y {
			index := walls.Grid.Index(i / 6 % size)
			if low := index[0] == 0 || index[1] == 0; low && y[i] != 0.25 || !low && y[i] != before[i] {
				t.Fatalf("point %v: %v, where the network says %v", index, y[i], before[i])
			}
		}
	})
}

func withCond(s models.Spec) models.Spec {
	s.Cond = []models.Scale{{Std: 1}}
	return s
}

// divergence is the largest Fourier divergence of the vectors in an output.
func divergence(t *testing.T, s models.Spec, y []float64) float64 {
	t.Helper()
	shape := append(append([]int{batch}, s.Grid.Points...), len(s.Out))
	symbol := graph.Symbol{Out: 1, In: 6, Fill: func(k [3]int, m []complex128) {
		for a, length := range s.Grid.Extent {
			m[a] = complex(0, 2*math.Pi*float64(k[a])/length)
			m[3+a] = m[a] * 0.5
		}
	}}
	f := graph.Feeds{"y": {Shape: shape, Data: y}}
	x := open(t, "fno", specOn([]int{32}, physics.Periodic), graph.F64, 1)
	p, err := graph.Compile(x.on, f, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.Multiplier(in["y"], symbol) })
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(f); err != nil {
		t.Fatal(err)
	}
	return largest(p.Output().Values())
}

// TestConstraintGradients compares the gradients through a constraint with
// differences.
func TestConstraintGradients(t *testing.T) {
	for kind, ends := range map[string]physics.Boundary{"conserving": physics.Periodic, "divergence_free": physics.Periodic, "dirichlet": physics.Walls} {
		t.Run(kind, func(t *testing.T) {
			s := flowOn([]int{6, 6}, ends)
			x, err := ready(t, &models.Normalized{Model: newModel(t, kind, s)}, s, graph.F64, 1)
			if err != nil {
				t.Fatal(err)
			}
			p, loss := x.train(t), x.loss(t)
			run(t, p)
			const h = 1e-6
			for i, q := range x.params.List {
				for j := 0; j < len(q.Value.F64); j += 1 + len(q.Value.F64)/3 {
					v, grad := q.Value.F64[j], p.Grads[i].F64[j]
					q.Value.F64[j] = v + h
					run(t, loss)
					up := loss.Scalar()
					q.Value.F64[j] = v - h
					run(t, loss)
					down := loss.Scalar()
					q.Value.F64[j] = v
					if d := (up - down) / (2 * h); math.Abs(d-grad) > 1e-7*(1+math.Abs(d)) {
						t.Errorf("%s[%d]: gradient %v, difference %v", q.Name, j, grad, d)
					}
				}
			}
		})
	}
}

func TestConstraintsRefuse(t *testing.T) {
	flow := flowOn([]int{24, 24}, physics.Periodic)
	for _, c := range []struct {
		model models.Model
		spec  models.Spec
		want  string
	}{
		{&models.Conserving{Model: inner(flow)}, specOn([]int{24}, physics.Periodic), "conserving: is about states"},
		{&models.Conserving{Model: inner(flow)}, flowOn([]int{24, 24}, physics.Walls), "name those that stay"},
		{&models.Conserving{Model: inner(flow), Channels: []int{3}}, flow, "channels [3] of a state that has 3"},
		{&models.Conserving{Model: inner(flow), Channels: []int{1, 1}}, flow, "channels [1 1]"},
		{&models.DivergenceFree{Model: inner(flow)}, flowOn([]int{24}, physics.Periodic), "1 components of a vector on a grid of 1 axes"},
		{&models.DivergenceFree{Model: inner(flow)}, flowOn([]int{24, 24}, physics.Walls), "the grid is not periodic"},
		{&models.DivergenceFree{Model: inner(flow), Channels: []int{1}}, flow, "1 components of a vector on a grid of 2 axes"},
		{&models.Dirichlet{Model: inner(flow)}, flow, "no ends with given values"},
		{&models.Dirichlet{Model: inner(flow)}, flowOn([]int{24, 24}, physics.Cells), "no ends with given values"},
	} {
		if _, err := ready(t, c.model, c.spec, graph.F64, 1); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%T: error %v, want %q", c.model, err, c.want)
		}
	}
	s := flow
	s.Out, s.Change = s.Out[:3], make([]models.Scale, 3)
	m := &models.Residual{Model: configs.Of[models.Model]{Kind: "conserving", Value: &models.Conserving{Model: inner(s)}}}
	if _, err := ready(t, m, s, graph.F64, 1); err == nil || !strings.Contains(err.Error(), "put conserving around it") {
		t.Errorf("inside residual: error %v", err)
	}
}
