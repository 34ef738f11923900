package main

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// bench is the quickstart, shrunk to some seconds, with two networks, two
// problems and two seeds.
const bench = `name: crash
base:
  file: %q
  with:
    source: {buffer: 512}
    train: {steps: 200, checkpoint: 50}
    rollout: {samples: 4, steps: 10}
scenarios:
  - {name: dt 0.5}
  - {name: dt 1, with: {problem: {dt: 1.0}}}
models:
  - {name: FNO, with: {model: {kind: fno, modes: [8], width: 8}}}
  - {name: ConvNet, with: {model: {kind: convnet, width: 8, depth: 4}}}
seeds: [1, 2]
`

// steady are the files of a bench of which every bit is promised.
var steady = []string{"results.csv", "table.md", "table.csv", "table.tex", "curves.png"}

// benchTrials kills a bench at random instants, starts it again and compares its
// table with that of one that nothing disturbed. Neither the number of cells at
// a time nor that of workers may make a difference.
func benchTrials(program eddy, root string, kills int, seed uint64) (ok bool, err error) {
	config, err := filepath.Abs("configs/quickstart.yaml")
	if err != nil {
		return false, err
	}
	path := filepath.Join(root, "crash.yaml")
	if err := os.WriteFile(path, fmt.Appendf(nil, bench, config), 0o644); err != nil {
		return false, err
	}
	start := func(dir string, jobs, workers int) (*process, error) {
		return program.start("bench", "run", path, "--out", dir, fmt.Sprintf("--jobs=%d", jobs), fmt.Sprintf("--workers=%d", workers))
	}
	whole := filepath.Join(root, "whole")
	p, err := start(whole, 2, 1)
	if err != nil {
		return false, err
	}
	if p.wait() != 0 {
		return false, p.complain("a bench that nothing disturbed")
	}
	took := time.Since(p.start)
	fmt.Printf("a bench that nothing disturbed: %.2f s\n", took.Seconds())
	good := 0
	for i := range kills {
		rng := rand.New(rand.NewPCG(seed+uint64(i), 1))
		dir := filepath.Join(root, fmt.Sprintf("bench-%d", seed+uint64(i)))
		instant := time.Duration(rng.Float64() * 0.8 * float64(took)) // a quiet moment may end it sooner
		p, err := start(dir, 1+rng.IntN(3), 1+rng.IntN(2))
		if err != nil {
			return false, err
		}
		verb := "ended before"
		if !p.endsWithin(instant) {
			_ = p.cmd.Process.Kill() // an error says that it has ended
			p.wait()
			verb = fmt.Sprintf("killed after %.3f s with %d of 8 cells done", instant.Seconds(), recordsIn(dir))
		}
		if p, err = start(dir, 1+rng.IntN(3), 1+rng.IntN(2)); err != nil {
			return false, err
		}
		verdict := "identical"
		if p.wait() != 0 {
			verdict = "FAILED: " + p.complain("after it was started again").Error()
		} else if err := sameTables(whole, dir); err != nil {
			verdict = "FAILED: " + err.Error()
		} else {
			good++
		}
		fmt.Printf("bench seed %d: %s; %s\n", seed+uint64(i), verb, verdict)
	}
	fmt.Printf("benches %d/%d identical\n", good, kills)
	return good == kills, nil
}

// recordsIn is the number of cells of a bench that are complete.
func recordsIn(dir string) int {
	configs, _ := filepath.Glob(filepath.Join(dir, "cells", "*", "config.yaml"))
	n := 0
	for _, path := range configs {
		if exists(filepath.Join(filepath.Dir(path), "record")) {
			n++
		}
	}
	return n
}

// sameTables compares what two benches promise.
func sameTables(want, got string) error {
	for _, name := range steady {
		a, err := os.ReadFile(filepath.Join(want, name))
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(got, name))
		if err != nil {
			return err
		}
		if sha256.Sum256(a) != sha256.Sum256(b) {
			return fmt.Errorf("%s differs from %s on", name, place(name, a, b))
		}
	}
	return nil
}
