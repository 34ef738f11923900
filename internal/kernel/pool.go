package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// spin is how long a worker looks for new work, and a caller for the end of
// its work, before it parks. Waking a parked goroutine costs 50 to 100 µs, as
// much as many a kernel; a training step has dozens of joins.
const spin = 100 * time.Microsecond

// Pool splits loops over a fixed number of workers. The calling goroutine is
// worker 0; the others are goroutines that live until Close.
//
// Which worker runs an index is not fixed, so f must write only what belongs to
// its index (or to scratch of its worker that it fills itself): then results do
// not depend on the number of workers.
type Pool struct {
	busy    sync.Mutex // one loop at a time
	shares  []share    // one a worker
	f       func(i, worker int)
	left    atomic.Int64 // indices not finished
	job     atomic.Uint64
	closed  atomic.Bool
	caller  sleeper
	workers []sleeper
	exited  sync.WaitGroup

	failed atomic.Bool // an f panicked; the remaining indices are skipped
	cause  any
}

// share is the part of a loop that one worker takes first: the indices from
// the low half to the high half of span. It has a cache line of its own.
type share struct {
	span atomic.Uint64
	_    [120]byte
}

// NewPool starts a pool; workers <= 0 means GOMAXPROCS.
func NewPool(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pool{shares: make([]share, workers), workers: make([]sleeper, workers), caller: newSleeper()}
	for w := 1; w < workers; w++ {
		p.workers[w] = newSleeper()
		p.exited.Add(1)
		go p.serve(w)
	}
	return p
}

// Workers is the number of workers, the caller's goroutine included.
func (p *Pool) Workers() int { return len(p.shares) }

// Close ends the workers. Loops after it run on the calling goroutine alone.
func (p *Pool) Close() {
	p.busy.Lock()
	defer p.busy.Unlock()
	if p.closed.Swap(true) {
		return
	}
	for w := 1; w < len(p.workers); w++ {
		p.workers[w].wake()
	}
	p.exited.Wait()
}

// For runs f(i, worker) once for each i in [0,n) and returns when all are done.
// Each worker starts with its own contiguous share, the same in each call with
// this n, and then takes what others have not begun. A panic in f is raised
// again here, after the calls under way have ended; the rest are left out.
//
// Calls from several goroutines take turns. f must not call For on the same
// Pool: it would wait for itself.
func (p *Pool) For(n int, f func(i, worker int)) {
	if n <= 0 {
		return
	}
	p.busy.Lock()
	defer p.busy.Unlock()
	if n == 1 || len(p.shares) == 1 || p.closed.Load() {
		for i := range n {
			f(i, 0)
		}
		return
	}
	p.f = f
	p.left.Store(int64(n))
	p.share(n)
	p.job.Add(1)
	for w := 1; w < min(n, len(p.workers)); w++ {
		p.workers[w].wake()
	}
	p.run(0)
	p.caller.wait(func() bool { return p.left.Load() == 0 })
	p.f = nil
	if p.failed.Load() {
		cause := p.cause
		p.cause = nil
		p.failed.Store(false)
		panic(cause)
	}
}

// share deals n indices out: as even as can be, the first workers get one more.
func (p *Pool) share(n int) {
	each, more := n/len(p.shares), n%len(p.shares)
	low := 0
	for w := range p.shares {
		high := low + each
		if w < more {
			high++
		}
		p.shares[w].span.Store(uint64(low) | uint64(high)<<32)
		low = high
	}
}

// serve is the life of worker w.
func (p *Pool) serve(w int) {
	defer p.exited.Done()
	for seen := uint64(0); ; {
		p.workers[w].wait(func() bool { return p.job.Load() != seen || p.closed.Load() })
		if p.closed.Load() {
			return
		}
		seen = p.job.Load()
		p.run(w)
	}
}

// run works on w's own share and then on the others'. A worker that comes late
// finds them empty, or those of the next loop, which it may join as well.
func (p *Pool) run(w int) {
	for d := range p.shares {
		s := &p.shares[(w+d)%len(p.shares)]
		for {
			span := s.span.Load()
			low, high := span&0xffffffff, span>>32
			if low == high {
				break
			}
			if s.span.CompareAndSwap(span, span+1) {
				p.call(int(low), w)
			}
		}
	}
}

// call runs one index. An index that has been claimed keeps the loop, and so
// p.f, from ending before it is done.
func (p *Pool) call(i, w int) {
	defer p.done()
	if !p.failed.Load() {
		p.f(i, w)
	}
}

func (p *Pool) done() {
	if cause := recover(); cause != nil && !p.failed.Swap(true) {
		p.cause = cause
	}
	if p.left.Add(-1) == 0 {
		p.caller.wake()
	}
}

// sleeper is a place to wait for a condition: first awake, then parked.
type sleeper struct {
	parked *atomic.Bool
	signal chan struct{}
}

func newSleeper() sleeper { return sleeper{new(atomic.Bool), make(chan struct{}, 1)} }

// wake ends the sleep of a waiter that has parked. The condition must have been
// made true before.
func (s sleeper) wake() {
	if s.parked.CompareAndSwap(true, false) {
		s.signal <- struct{}{}
	}
}

// wait returns once ready reports true.
func (s sleeper) wait(ready func() bool) {
	for {
		for begin, n := time.Now(), 1; ; n++ {
			if ready() {
				return
			}
			if n%16 == 0 {
				runtime.Gosched() // others may need the core more
				if time.Since(begin) > spin {
					break
				}
			}
		}
		s.parked.Store(true)
		if ready() && s.parked.CompareAndSwap(true, false) {
			return
		}
		<-s.signal
	}
}
