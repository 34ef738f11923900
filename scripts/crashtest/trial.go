package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// trial is one run that is interrupted at random instants, and resumed until
// it has come to its end.
type trial struct {
	seed    uint64
	program eddy
	ref     reference
	dir     string
	strikes []strike
	workers []int // before each strike, and of the last resumption
	story   []string
}

// again is the probability that a run is interrupted once more.
const again = 1. / 3

// newTrial draws a trial of one of the experiments from a seed.
func newTrial(seed uint64, program eddy, refs []reference, root string) *trial {
	rng := rand.New(rand.NewPCG(seed, 0))
	t := &trial{seed: seed, program: program, ref: refs[rng.IntN(len(refs))]}
	t.dir = filepath.Join(root, fmt.Sprintf("trial-%d", seed))
	for len(t.strikes) == 0 || rng.Float64() < again {
		t.strikes = append(t.strikes, drawStrike(rng))
	}
	for range len(t.strikes) + 1 {
		t.workers = append(t.workers, []int{1, 2, 4}[rng.IntN(3)])
	}
	return t
}

// run does the trial, prints a line on it and reports whether it made no
// difference.
func (t *trial) run(family string, sigterm bool) bool {
	err := t.interrupt(sigterm)
	if err == nil {
		err = t.finish()
	}
	verdict := "identical"
	if err != nil {
		verdict = "FAILED: " + err.Error()
	} else if err = os.RemoveAll(t.dir); err != nil {
		verdict = err.Error()
	}
	fmt.Printf("%s seed %d, %s: %s; %s\n", family, t.seed, t.ref.name, strings.Join(t.story, "; "), verdict)
	return err == nil
}

// interrupt does all strikes. One that comes too late does nothing, but the
// first must hit: it is repeated earlier.
func (t *trial) interrupt(sigterm bool) error {
	for i := 0; i < len(t.strikes); i++ {
		s := &t.strikes[i]
		saved, err := savedStep(t.dir)
		if err != nil {
			return err
		}
		p, err := t.program.train(t.ref.experiment, t.dir, t.workers[i])
		if err != nil {
			return err
		}
		rest := 1 - float64(saved)/float64(t.ref.steps)
		hit := s.await(p, t.dir, t.ref.steps, time.Duration(rest*float64(t.ref.duration)))
		if hit && sigterm {
			hit, err = t.terminate(p, s)
		} else if hit {
			hit, err = t.kill(p)
		}
		if err != nil {
			return err
		}
		if !hit && p.cmd.ProcessState.ExitCode() != 0 {
			return p.complain("before it was interrupted")
		}
		if !hit && i == 0 {
			if err := os.RemoveAll(t.dir); err != nil {
				return err
			}
			s.share, s.aim = s.share/2, anytime
			i--
		}
	}
	return nil
}

// finish resumes the run until its end, and compares.
func (t *trial) finish() error {
	p, err := t.program.train(t.ref.experiment, t.dir, t.workers[len(t.strikes)])
	if err != nil {
		return err
	}
	if p.wait() != 0 {
		return p.complain("after it was resumed")
	}
	return differences(t.ref.dir, t.dir)
}

// tell adds an interruption to the trial's story.
func (t *trial) tell(verb string, p *process, when time.Duration, saved int) {
	t.story = append(t.story, fmt.Sprintf("%s after %.3f s while %s, goes on after step %d of %d",
		verb, when.Seconds(), phase(t.dir, p.start, saved, t.ref.steps), saved, t.ref.steps))
}
