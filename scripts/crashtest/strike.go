package main

import (
	"math/rand/v2"
	"time"
)

// strike is an interruption. It comes at a random instant of the rest of a run,
// or soon after what it aims at has begun, which chance alone would seldom hit.
type strike struct {
	aim   aim
	share float64 // of the rest of the run, or of the usual length of the aim
	twice bool    // a second signal follows; of SIGTERM only
}

type aim int

const (
	anytime  aim = iota
	starting     // reading data, and the first training step
	saving       // a checkpoint, any
	judging      // the final evaluation
	aims
)

// usual is roughly how long the phases last.
var usual = map[aim]time.Duration{
	starting: 400 * time.Millisecond,
	saving:   30 * time.Millisecond,
	judging:  200 * time.Millisecond,
}

func drawStrike(rng *rand.Rand) strike {
	s := strike{share: rng.Float64(), twice: rng.IntN(4) == 0}
	if rng.IntN(2) == 0 {
		s.aim = aim(rng.IntN(int(aims)))
	}
	return s
}

// await waits for the instant to strike a process in dir, whose run takes rest
// longer. It reports whether the process was still there.
func (s strike) await(p *process, dir string, steps int, rest time.Duration) bool {
	if s.aim == anytime {
		return !p.endsWithin(time.Duration(s.share * float64(rest)))
	}
	for s.aim == saving && !saves(dir, p.start) || s.aim == judging && loggedSteps(dir) < steps {
		if p.endsWithin(100 * time.Microsecond) {
			return false
		}
	}
	return !p.endsWithin(time.Duration(s.share * float64(usual[s.aim])))
}
