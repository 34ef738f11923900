package train

import (
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// average is the exponential running mean of the parameters,
//
//	mean ← w · mean + (1 − w) · p  with  w = min( memory, (1+t)/(10+t) )
//
// in step t: the early steps, far from the goal, are forgotten sooner. It is
// empty where memory is 0.
type average struct {
	memory float64
	params []*graph.Param
	mean   []graph.Array
}

func newAverage(memory float64, params []*graph.Param) *average {
	a := &average{memory: memory}
	if memory == 0 {
		return a
	}
	a.params = params
	for _, p := range params {
		m := like(p.Value)
		copy(m.F32, p.Value.F32)
		copy(m.F64, p.Value.F64)
		a.mean = append(a.mean, m)
	}
	return a
}

func (a *average) update(step int) {
	w := min(a.memory, float64(1+step)/float64(10+step))
	for i, p := range a.params {
		kernel.Lerp(a.mean[i].F32, p.Value.F32, float32(w))
		kernel.Lerp(a.mean[i].F64, p.Value.F64, w)
	}
}

// swap exchanges parameters and mean: between two calls, forecasts use the
// mean.
func (a *average) swap() {
	for i, p := range a.params {
		for j, v := range p.Value.F32 {
			p.Value.F32[j], a.mean[i].F32[j] = a.mean[i].F32[j], v
		}
		for j, v := range p.Value.F64 {
			p.Value.F64[j], a.mean[i].F64[j] = a.mean[i].F64[j], v
		}
	}
}

// state names the mean's arrays for a checkpoint.
func (a *average) state() map[string]graph.Array {
	s := map[string]graph.Array{}
	for i, p := range a.params {
		s["average."+p.Name] = a.mean[i]
	}
	return s
}
