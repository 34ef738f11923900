package configs_test

import (
	"fmt"

	"eddy/configs"
)

// root has the sections of a real configuration, with small stand-ins for the
// kinds.
type root struct {
	Name      string
	Seed      uint64
	Workers   int       `range:"[0,1024]"`
	Precision precision `doc:"of the network's numbers"`
	Problem   problem
	Source    configs.Of[source] `doc:"where trajectories come from"`
	Model     configs.Of[model]
	Method    configs.Of[method]
	Loss      []configs.Of[loss]
	Optimizer configs.Of[optimizer]
	Schedule  configs.Of[schedule]
	Train     train
	Rollout   rollout
}

func (r *root) Check() error {
	m, ok := r.Model.Value.(*fno)
	if !ok || len(r.Problem.Grid.Points) == 0 {
		return nil
	}
	if n := r.Problem.Grid.Points[0]; m.Modes > n/2 {
		return configs.At("model.modes", "modes = %d, want at most %d, half the grid's %d points", m.Modes, n/2, n)
	}
	return nil
}

type problem struct {
	Equation configs.Of[equation]
	Grid     struct {
		Points []int     `range:"[4,65536]"`
		Extent []float64 `range:"(0,inf)"`
	}
	DT      float64 `range:"(0,inf)" doc:"time between two states"`
	Solver  configs.Of[solver]
	Initial configs.Of[initial]
	Warmup  int `range:"[0,inf)"`
}

func (p *problem) Check() error {
	if len(p.Grid.Points) != len(p.Grid.Extent) {
		return configs.At("grid.extent", "has %d axes, want %d as in points", len(p.Grid.Extent), len(p.Grid.Points))
	}
	return nil
}

type train struct {
	Steps      int `range:"[1,inf)"`
	Batch      int `range:"[1,65536]"`
	Checkpoint int `range:"[1,inf)"`
	Shuffle    bool
}

func (t *train) Check() error {
	if t.Checkpoint > t.Steps {
		return configs.At("checkpoint", "checkpoint = %d, want at most %d steps", t.Checkpoint, t.Steps)
	}
	return nil
}

type rollout struct {
	Steps, Samples int `range:"[1,100000]"`
	Metrics        []metric
}

func defaults() root {
	r := root{Precision: "float32", Workers: 1}
	r.Train = train{Steps: 1000, Batch: 20, Checkpoint: 100, Shuffle: true}
	r.Rollout = rollout{Steps: 10, Samples: 8, Metrics: []metric{"nrmse"}}
	r.Optimizer = configs.Of[optimizer]{Kind: "adam", Value: blankAdam()}
	return r
}

type precision string

func (precision) Names() []string { return []string{"float32", "float64"} }

func (p *precision) UnmarshalText(text []byte) error { return pick(p, text, p.Names()) }

type metric string

func (metric) Names() []string { return []string{"mse", "nrmse", "spectrum"} }

func (m *metric) UnmarshalText(text []byte) error { return pick(m, text, m.Names()) }

func pick[T ~string](to *T, text []byte, names []string) error {
	for _, name := range names {
		if name == string(text) {
			*to = T(name)
			return nil
		}
	}
	return fmt.Errorf("no such name")
}

type (
	equation  interface{ isEquation() }
	solver    interface{ isSolver() }
	initial   interface{ isInitial() }
	source    interface{ isSource() }
	model     interface{ isModel() }
	method    interface{ isMethod() }
	loss      interface{ isLoss() }
	optimizer interface{ isOptimizer() }
	schedule  interface{ isSchedule() }
)

type ks struct{}

type burgers struct {
	Viscosity float64 `range:"(0,inf)"`
}

type etdrk struct {
	Order    int `range:"[1,4]"`
	Substeps int `range:"[1,10000]"`
}

type fourier struct {
	Cutoff int `range:"[1,1024]"`
}

type online struct {
	Buffer int `range:"[1,1000000]"`
}

// wide has what two networks share.
type wide struct {
	Width int `range:"[1,4096]"`
}

type fno struct {
	wide
	Modes  int `range:"[1,1024]"`
	Blocks int `range:"[1,256]"`
	state  []float64
}

type deeponet struct {
	wide
	Basis int `range:"[1,4096]"`
	Layer []int
	Plan  []float64 `yaml:"-"`
}

// repeat is a kind that contains another of its own family.
type repeat struct {
	Times int `range:"[1,16]"`
	Model configs.Of[model]
}

type supervised struct {
	Unroll int `range:"[1,1000]"`
}

type refiner struct {
	Steps    int     `range:"[1,100]"`
	MinNoise float64 `range:"(0,1)"`
	MaxNoise float64 `range:"(0,1)"`
}

func (m *refiner) Check() error {
	if m.MinNoise > m.MaxNoise {
		return configs.At("min_noise", "min_noise = %v, want at most max_noise = %v", m.MinNoise, m.MaxNoise)
	}
	return nil
}

type mse struct {
	Weight float64 `range:"[0,inf)"`
}

type adam struct {
	Betas [2]float64 `range:"[0,1)"`
	Eps   float32    `range:"(0,1)"`
}

func blankAdam() optimizer { return &adam{[2]float64{0.9, 0.999}, 1e-8} }

type warmupCosine struct {
	Rate   float64 `range:"(0,1]"`
	Warmup int     `range:"[0,inf)"`
}

func (*ks) isEquation()           {}
func (*burgers) isEquation()      {}
func (*etdrk) isSolver()          {}
func (*fourier) isInitial()       {}
func (*online) isSource()         {}
func (*fno) isModel()             {}
func (*deeponet) isModel()        {}
func (*repeat) isModel()          {}
func (*supervised) isMethod()     {}
func (*refiner) isMethod()        {}
func (*mse) isLoss()              {}
func (*adam) isOptimizer()        {}
func (*warmupCosine) isSchedule() {}

func init() {
	configs.Register("ks", func() equation { return &ks{} })
	configs.Register("burgers", func() equation { return &burgers{0.1} })
	configs.Register("etdrk", func() solver { return &etdrk{2, 1} })
	configs.Register("fourier", func() initial { return &fourier{5} })
	configs.Register("online", func() source { return &online{256} })
	configs.Register("fno", func() model { return &fno{wide{32}, 12, 4, nil} })
	configs.Register("deeponet", func() model { return &deeponet{wide: wide{64}, Basis: 32, Layer: []int{64, 64}} })
	configs.Register("repeat", func() model { return &repeat{Times: 2} })
	configs.Register("supervised", func() method { return &supervised{1} })
	configs.Register("refiner", func() method { return &refiner{3, 1e-7, 0.1} })
	configs.Register("mse", func() loss { return &mse{1} })
	configs.Register("adam", blankAdam)
	configs.Register("warmup_cosine", func() schedule { return &warmupCosine{1e-3, 100} })
}
