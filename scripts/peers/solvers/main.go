// Command solvers compares eddy's solvers with exponax, which solves the same
// equations in JAX: the states after 10 steps, or with --speed the
// trajectories per second.
//
//	go run ./scripts/peers/solvers --python venv/bin/python
//
// README.md one folder up says what is compared, and how to install exponax.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
)

type options struct {
	python, dir string
	rounds      int
	seconds     float64
}

func main() {
	var o options
	flag.StringVar(&o.python, "python", "python3", "interpreter that has exponax")
	flag.StringVar(&o.dir, "scripts", "scripts/peers", "folder of exponax_states.py and exponax_speed.py")
	fast := flag.Bool("speed", false, "compare speed instead of states")
	flag.IntVar(&o.rounds, "rounds", 5, "times that every program has its turn")
	flag.Float64Var(&o.seconds, "seconds", 2, "seconds that a program is measured in a turn")
	flag.Parse()
	if err := run(o, *fast); err != nil {
		fmt.Fprintln(os.Stderr, "solvers:", err)
		os.Exit(1)
	}
}

func run(o options, fast bool) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	if o.rounds < 1 {
		return fmt.Errorf("rounds = %d, want 1 or more", o.rounds)
	}
	if err := exec.Command(o.python, "-c", "import exponax").Run(); err != nil {
		return fmt.Errorf("exponax is missing from %s; to have it: pip install exponax==0.2.0 jax==0.10.2", o.python)
	}
	if fast {
		return speed(o, []workload{
			{ksConservative, 50, 100, 2},
			{kolmogorov(64), 16, 50, 1},
			{kolmogorov(128), 8, 20, 1},
		})
	}
	return agree(o, []scenario{burgers, kdv, ks, ksConservative, kolmogorov(64)})
}
