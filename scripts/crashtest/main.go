// Crashtest proves that a training may die at any instant: it kills eddy again
// and again, resumes it, and compares every bit with a run that was left alone.
//
//	go run ./scripts/crashtest
//	go run ./scripts/crashtest --kills 1 --seed 17     what trial 17 does, again
//	go run ./scripts/crashtest --sigterm               stops instead of kills
//	go run ./scripts/crashtest --bench --kills 10      kills benches, compares tables
//
// It must be started in the module's root. Training must not depend on the
// number of workers either, nor let two processes into one folder.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	kills := flag.Int("kills", 20, "trials with each source of data")
	seed := flag.Uint64("seed", 1, "of the first trial; each further one has the next")
	benches := flag.Bool("bench", false, "kill benches instead of trainings")
	sigterm := flag.Bool("sigterm", false, "ask the process to stop (SIGTERM) instead of killing it")
	flag.Parse()
	test := func(program eddy, root string) (bool, error) {
		return trainings(program, root, *kills, *seed, *sigterm)
	}
	if *benches {
		test = func(program eddy, root string) (bool, error) { return benchTrials(program, root, *kills, *seed) }
	}
	ok, err := run(test)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run does a test in a temporary folder, which it leaves behind where something
// differed.
func run(test func(program eddy, root string) (bool, error)) (ok bool, err error) {
	root, err := os.MkdirTemp("", "crashtest-")
	if err != nil {
		return false, err
	}
	defer func() {
		if ok {
			err = os.RemoveAll(root)
		} else {
			fmt.Println("the runs are kept in", root)
		}
	}()
	program, err := build(root)
	if err != nil {
		return false, err
	}
	return test(program, root)
}

// trainings interrupts trainings of all families.
func trainings(program eddy, root string, kills int, seed uint64, sigterm bool) (ok bool, err error) {
	ok = true
	same, single := "identical", "one wins, undisturbed"
	var counts []string
	for _, f := range families {
		refs, equal, err := f.references(program, root)
		if err != nil {
			return false, err
		}
		if !equal {
			ok, same = false, "DIFFER"
		}
		good := 0
		for i := range kills {
			t := newTrial(seed+uint64(i), program, refs, filepath.Join(root, f.name))
			if t.run(f.name, sigterm) {
				good++
			}
		}
		counts = append(counts, fmt.Sprintf("%s %d/%d identical", f.name, good, kills))
		ok = ok && good == kills
		if err := race(program, refs[0], root); err != nil {
			fmt.Println(err)
			ok, single = false, "FAILED"
		}
	}
	fmt.Println("two processes on one folder:", single)
	fmt.Printf("%s, workers 1/2/4 %s\n", strings.Join(counts, ", "), same)
	return ok, nil
}
