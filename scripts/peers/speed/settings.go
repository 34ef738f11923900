package main

import "strings"

var workloads = []string{
	"fno1d_n160", "fno1d_n256", "fno1d_n1024", "fno2d_w32", "fno2d_w64",
	"deeponet_relu", "deeponet_tanh", "pinn_8x20", "pinn_4x128", "unet1d",
}

var kinds = []string{"train", "infer"}

// setting is how a peer is run.
type setting struct {
	threads string
	words   string // joined by +, as the peer's script lists them
}

// peer is a framework to compare with.
type peer struct {
	name    string // of the Python module; the script is name_speed.py
	install string
	all     []string                             // words worth trying
	good    func(workload, kind string) []string // those that have won before
}

var peers = []peer{
	{
		name:    "torch",
		install: "pip install torch==2.15.0",
		all: []string{
			"eager", "eager+jemalloc", "eager+tcmalloc", "eager+jemalloc+intel", "eager+jemalloc+intel+passive",
			"compile+jemalloc+intel", "compile+tune+jemalloc+intel", "eager+jvp+jemalloc+intel", "compile+jvp+jemalloc+intel",
		},
		good: goodTorch,
	},
	{
		name:    "jax",
		install: "pip install jax==0.10.2",
		all: []string{
			"default", "jemalloc", "jemalloc+wide", "jemalloc+fast", "jemalloc+wide+fast",
			"last+jemalloc", "last+jemalloc+wide", "reverse+jemalloc",
		},
		good: goodJAX,
	},
}

// settings lists what to try on a workload: few on every machine, or all, each
// with one thread and with two.
func (p peer) settings(workload, kind string, all bool) []setting {
	words := p.good(workload, kind)
	if all {
		words = p.all
	}
	var list []setting
	for _, w := range words {
		if !applies(w, workload, kind) {
			continue
		}
		for _, threads := range []string{"2", "1"} {
			list = append(list, setting{threads, w})
		}
	}
	return list
}

// applies is false for a setting that this workload does not look at.
func applies(words, workload, kind string) bool {
	pinn := strings.HasPrefix(workload, "pinn") && kind == "train"
	switch {
	case strings.Contains(words, "jvp"), strings.Contains(words, "reverse"):
		return pinn
	case strings.Contains(words, "compile"):
		return !pinn // torch.compile has no second backward pass
	case strings.Contains(words, "last"):
		return strings.HasPrefix(workload, "fno")
	}
	return true
}

// From torch 2.15.0 (MKL 2024.2) on two cores of an AMD Zen 4 that had other
// work, one run each, so only large differences count. Least ms of a training
// step on one thread without the last word of the setting and with it: jemalloc
// fno2d_w32 628, 334; intel deeponet_tanh 121, 85, pinn_4x128 312, 249, fno2d_w32
// 334, 337 (large products run at 105 instead of 80 GFLOP/s). torch.compile was
// no faster than eager anywhere and fails on fno2d's complex numbers; forward mode
// takes twice the time of two backward passes. Spinning threads lose where other
// programs run; whether passive ones lose on an idle machine is not known, so
// both are tried.
func goodTorch(workload, kind string) []string {
	return []string{"eager+jemalloc+intel", "eager+jemalloc+intel+passive"}
}

// From jax 0.10.2 on the same machine: jemalloc fno1d_n256 63, 43. Wide vectors,
// approximate arithmetic and channels last are within the noise. Reverse over
// forward mode beats nested forward modes for the PINN: 215 against 249 (4x128),
// 33 against 38 (8x20).
func goodJAX(workload, kind string) []string {
	if strings.HasPrefix(workload, "pinn") && kind == "train" {
		return []string{"reverse+jemalloc"}
	}
	return []string{"jemalloc"}
}
