package main

import (
	"fmt"
	"syscall"
	"time"
)

// What is promised of a process that is asked to stop.
const (
	exitStopped = 75
	stopLimit   = 5 * time.Second
)

// secondSignal is how long after the first signal the second one is sent.
const secondSignal = 5 * time.Millisecond

// terminate asks a process to stop, and reports whether it came in time. The
// process must save all its steps and say by its exit code that it can be
// resumed; two signals may end it before. So may one while it has not said
// anything, as it may not listen yet.
func (t *trial) terminate(p *process, s *strike) (hit bool, err error) {
	when := time.Since(p.start)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		<-p.ended
		return false, nil
	}
	if s.twice && !p.endsWithin(secondSignal) {
		_ = p.cmd.Process.Signal(syscall.SIGTERM) // an error says that it has ended
	}
	if !p.endsWithin(stopLimit) {
		p.wait()
		return true, p.complain(fmt.Sprintf("asked to stop after %v, still there %v later", when, stopLimit))
	}
	needed := time.Since(p.start) - when
	saved, err := savedStep(t.dir)
	if err != nil {
		return true, err
	}
	verb := fmt.Sprintf("stopped within %.3f s", needed.Seconds())
	switch code := p.cmd.ProcessState.ExitCode(); {
	case code == 0:
		return false, nil
	case code == -1 && (s.twice || p.output.Len() == 0):
		verb = fmt.Sprintf("ended by a signal within %.3f s", needed.Seconds())
	case code != exitStopped:
		return true, p.complain(fmt.Sprintf("asked to stop after %v, want the exit code %d", when, exitStopped))
	case loggedSteps(t.dir) != saved:
		return true, fmt.Errorf("asked to stop after %v, %d steps were done and %d saved", when, loggedSteps(t.dir), saved)
	}
	t.tell(verb, p, when, saved)
	return true, nil
}
