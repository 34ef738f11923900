package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// race lets two processes begin one run, and two resume one, at the same time:
// one must win and train as if it were alone, and the other say why it did not.
func race(e eddy, ref reference, root string) error {
	dir := filepath.Join(root, "race-"+ref.name)
	if err := duel(e, ref, dir); err != nil {
		return fmt.Errorf("two processes that begin one run: %w", err)
	}
	dir += "-resumed"
	p, err := e.train(ref.experiment, dir, 1)
	if err != nil {
		return err
	}
	for saved := 0; saved == 0 && !p.endsWithin(0); {
		if saved, err = savedStep(dir); err != nil {
			return err
		}
	}
	_ = p.cmd.Process.Kill() // an error says that it has ended
	<-p.ended
	if err := duel(e, ref, dir); err != nil {
		return fmt.Errorf("two processes that resume one run: %w", err)
	}
	return nil
}

// duel starts two processes on one folder.
func duel(e eddy, ref reference, dir string) error {
	var both [2]*process
	for i := range both {
		var err error
		if both[i], err = e.train(ref.experiment, dir, 1); err != nil {
			return err
		}
	}
	winner, loser := both[0], both[1]
	if winner.wait() != 0 {
		winner, loser = loser, winner
	}
	if winner.wait() != 0 || loser.wait() == 0 {
		return fmt.Errorf("want one winner, got %v and %v", winner.cmd.ProcessState, loser.cmd.ProcessState)
	}
	if said := loser.output.String(); !strings.Contains(said, "in use by another process") {
		return loser.complain("the loser")
	}
	return differences(ref.dir, dir)
}
