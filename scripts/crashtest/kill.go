package main

import "time"

// kill ends a process as a power switch would. It reports whether it came in
// time. The last checkpoint must then be readable.
func (t *trial) kill(p *process) (hit bool, err error) {
	when := time.Since(p.start)
	if err := p.cmd.Process.Kill(); err != nil {
		<-p.ended
		return false, nil
	}
	if p.wait() == 0 {
		return false, nil
	}
	saved, err := savedStep(t.dir)
	if err != nil {
		return true, err
	}
	t.tell("killed", p, when, saved)
	return true, nil
}
