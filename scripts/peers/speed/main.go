// Command speed times eddy, PyTorch and JAX on the same training steps, in
// turn, and prints how much longer the others take.
//
//	go run ./scripts/peers/speed --python venv/bin/python --rounds 5 fno1d_n256
//
// README.md one folder up says what is measured.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	var o options
	flag.StringVar(&o.python, "python", "python3", "interpreter that has torch and jax")
	flag.StringVar(&o.eddy, "eddy", "", "program to time; built from the source if absent")
	flag.StringVar(&o.dir, "scripts", "scripts/peers", "folder of torch_speed.py and jax_speed.py")
	flag.StringVar(&o.csv, "csv", "", "also write the figures to this file")
	flag.IntVar(&o.rounds, "rounds", 5, "times that every program has its turn")
	flag.Float64Var(&o.seconds, "seconds", 3, "seconds that a peer is measured in a turn")
	flag.BoolVar(&o.all, "all", false, "try every setting, not only those known to be good")
	flag.BoolVar(&o.check, "check", false, "compare the peers' losses and gradients instead of times")
	flag.Parse()
	if err := run(o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

type options struct {
	python, eddy, dir, csv string
	rounds                 int
	seconds                float64
	all, check             bool
}

func run(o options, names []string) error {
	for _, n := range names {
		if !slices.Contains(workloads, n) {
			return fmt.Errorf("no workload %q; there are %s", n, strings.Join(workloads, ", "))
		}
	}
	if len(names) == 0 {
		names = workloads
	}
	var found []peer
	for _, p := range peers {
		if err := exec.Command(o.python, "-c", "import "+p.name).Run(); err != nil {
			fmt.Fprintf(os.Stderr, "%s is missing from %s, so it is left out; to have it: %s\n", p.name, o.python, p.install)
			continue
		}
		found = append(found, p)
	}
	if o.check {
		return check(o, found, names)
	}
	if o.eddy == "" {
		dir, err := os.MkdirTemp("", "peers")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.eddy = filepath.Join(dir, "eddy")
		if out, err := exec.Command("go", "build", "-o", o.eddy, "./scripts/eddy").CombinedOutput(); err != nil {
			return fmt.Errorf("build eddy: %w\n%s", err, out)
		}
	}
	all := results{}
	for _, name := range names {
		for round := range o.rounds {
			fmt.Fprintf(os.Stderr, "%s, round %d of %d\n", name, round+1, o.rounds)
			if err := measure(o, found, name, all); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%s, %d processors, %s\n\n", cpu(), runtime.NumCPU(), runtime.Version())
	printTable(os.Stdout, all, names, found)
	if o.csv == "" {
		return nil
	}
	return writeCSV(o.csv, all)
}

// measure gives every program one turn on a workload.
func measure(o options, found []peer, name string, all results) error {
	if err := timeEddy(o, name, all); err != nil {
		return err
	}
	for _, p := range found {
		for _, kind := range kinds {
			for _, s := range p.settings(name, kind, o.all) {
				if err := timePeer(o, p, name, kind, s, all); err != nil {
					fmt.Fprintln(os.Stderr, err) // one setting that fails leaves the others
				}
			}
		}
	}
	return nil
}

// cpu is the name of the processor where Linux tells it.
func cpu() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
