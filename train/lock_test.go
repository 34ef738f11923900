package train

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestOneWinner lets many trainers want one folder at once, to begin a run and
// to resume one.
func TestOneWinner(t *testing.T) {
	e := experiment(t)
	for range 20 {
		dir := filepath.Join(t.TempDir(), "run")
		race(t, func() (*Run, error) { return Create(dir, e) })
		race(t, func() (*Run, error) { return Resume(dir, e) })
	}
}

// race opens one folder from eight goroutines, of which one must get it.
func race(t *testing.T, open func() (*Run, error)) {
	t.Helper()
	var mutex sync.Mutex
	var winners []*Run
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			r, err := open()
			mutex.Lock()
			defer mutex.Unlock()
			if err == nil {
				winners = append(winners, r)
			} else if !strings.Contains(err.Error(), "is in use by another process") {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if len(winners) != 1 {
		t.Fatalf("%d trainers got the folder, want 1", len(winners))
	}
	winners[0].Close()
}

// TestLockEnds gives a folder to the next trainer once the first has closed it,
// and not before; what a run has begun cannot be begun again.
func TestLockEnds(t *testing.T) {
	dir, e := t.TempDir(), experiment(t)
	first, err := Create(dir, e)
	check(t, err)
	if _, err := Resume(dir, e); err == nil {
		t.Error("a run in use was resumed")
	}
	first.Close()
	if _, err := Create(dir, e); err == nil || !strings.Contains(err.Error(), "holds a run already") {
		t.Errorf("created twice: %v", err)
	}
	second, err := Resume(dir, e)
	check(t, err)
	second.Close()
}
