package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// reference is an experiment with what it leaves when nothing disturbs it.
type reference struct {
	experiment
	dir      string
	steps    int
	duration time.Duration
}

// references trains each experiment of the family undisturbed, with 1, 2 and 4
// workers. It reports whether their number made no difference.
func (f family) references(e eddy, root string) (refs []reference, equal bool, err error) {
	equal = true
	for _, x := range f.experiments {
		ref := reference{experiment: x}
		for _, workers := range []int{1, 2, 4} {
			dir := filepath.Join(root, f.name, fmt.Sprintf("%s-%d-workers", x.name, workers))
			p, err := e.train(x, dir, workers)
			if err != nil {
				return nil, false, err
			}
			if p.wait() != 0 {
				return nil, false, p.complain("a run that nothing disturbed")
			}
			took := time.Since(p.start)
			if ref.duration = max(ref.duration, took); ref.dir == "" {
				ref.dir = dir
			}
			verdict := "identical"
			if err := differences(ref.dir, dir); err != nil {
				equal, verdict = false, err.Error()
			}
			fmt.Printf("%s %s, %d workers: %.2f s, %s\n", f.name, x.name, workers, took.Seconds(), verdict)
			if dir != ref.dir && verdict == "identical" {
				if err := os.RemoveAll(dir); err != nil {
					return nil, false, err
				}
			}
		}
		if ref.steps, err = savedStep(ref.dir); err != nil {
			return nil, false, err
		}
		refs = append(refs, ref)
	}
	return refs, equal, nil
}
