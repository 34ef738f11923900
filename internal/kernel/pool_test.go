package kernel

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestPoolOnce(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8} {
		p := NewPool(workers)
		if p.Workers() != workers {
			t.Errorf("Workers() = %d, want %d", p.Workers(), workers)
		}
		for _, n := range []int{0, 1, 2, 3, 7, 8, 100, 1000} {
			for range 20 {
				count := make([]atomic.Int32, n)
				p.For(n, func(i, w int) {
					if w < 0 || w >= workers {
						t.Errorf("worker %d of %d", w, workers)
					}
					count[i].Add(1)
				})
				for i := range count {
					if c := count[i].Load(); c != 1 {
						t.Fatalf("%d workers, n = %d: index %d ran %d times", workers, n, i, c)
					}
				}
			}
		}
		p.Close()
		p.Close()
		ran := 0
		p.For(5, func(i, w int) { ran++ })
		if ran != 5 {
			t.Errorf("a closed pool ran %d of 5", ran)
		}
	}
}

// Shares are even, contiguous and the same each time.
func TestPoolShare(t *testing.T) {
	p := NewPool(3)
	defer p.Close()
	p.share(8)
	for w, want := range []uint64{0 | 3<<32, 3 | 6<<32, 6 | 8<<32} {
		if got := p.shares[w].span.Load(); got != want {
			t.Errorf("share %d is %d to %d", w, got&0xffffffff, got>>32)
		}
		p.shares[w].span.Store(0)
	}
}

// One worker is held up; the other takes what the first has not begun.
func TestPoolSteal(t *testing.T) {
	p := NewPool(2)
	defer p.Close()
	const n = 40
	var done atomic.Int32
	p.For(n, func(i, w int) {
		if i == 0 {
			for limit := time.Now().Add(10 * time.Second); done.Load() < n-1; runtime.Gosched() {
				if time.Now().After(limit) {
					t.Error("nobody took over the share of a busy worker")
					return
				}
			}
		}
		done.Add(1)
	})
}

func TestPoolPanic(t *testing.T) {
	boom := errors.New("boom")
	for _, workers := range []int{1, 2, 4} {
		p := NewPool(workers)
		for at := range 9 {
			func() {
				defer func() {
					if got := recover(); got != boom {
						t.Errorf("%d workers: recovered %v, want %v", workers, got, boom)
					}
				}()
				p.For(9, func(i, w int) {
					if i == at {
						panic(boom)
					}
				})
				t.Errorf("%d workers: For returned after a panic at %d", workers, at)
			}()
			var sum atomic.Int32
			p.For(9, func(i, w int) { sum.Add(int32(i)) })
			if sum.Load() != 36 { // 0+1+…+8
				t.Errorf("after a panic the pool sums to %d", sum.Load())
			}
		}
		p.Close()
	}
}

func TestPoolConcurrent(t *testing.T) {
	p := NewPool(2)
	defer p.Close()
	var wg sync.WaitGroup
	var total atomic.Int64
	for range 4 {
		wg.Go(func() {
			for range 50 {
				p.For(10, func(i, w int) { total.Add(1) })
			}
		})
	}
	wg.Wait()
	if total.Load() != 2000 {
		t.Errorf("%d calls, want 4·50·10", total.Load())
	}
}

// Parked workers wake up again.
func TestPoolPark(t *testing.T) {
	p := NewPool(4)
	defer p.Close()
	for range 5 {
		var ran atomic.Int32
		p.For(4, func(i, w int) {
			ran.Add(1)
			time.Sleep(300 * time.Microsecond) // longer than the caller spins
		})
		if ran.Load() != 4 {
			t.Fatalf("ran %d of 4", ran.Load())
		}
		time.Sleep(2 * time.Millisecond) // longer than a worker spins
	}
}

func TestPoolAllocs(t *testing.T) {
	for _, workers := range []int{1, 2} {
		p := NewPool(workers)
		var sum atomic.Int64
		f := func(i, w int) { sum.Add(1) }
		if a := testing.AllocsPerRun(100, func() { p.For(16, f) }); a != 0 {
			t.Errorf("%d workers: For allocates %v times", workers, a)
		}
		p.Close()
	}
}
