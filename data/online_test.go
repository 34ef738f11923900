package data

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/solver"
	"eddy/physics"
)

// open starts a stream that is closed with the test.
func open(t *testing.T, o Source, r Request) Stream {
	t.Helper()
	s, err := o.Open(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Every bit is independent of the number of workers and of how long each step
// of the solver takes, also with trajectories that fail. A synctest bubble has
// its own clock, so the delays cost nothing; and it fails if a goroutine is
// left.
func TestOnlineIndependentOfTiming(t *testing.T) {
	for _, policy := range configs.Kinds[Policy]() {
		var want []string
		var counts onlineCounts
		for _, workers := range []int{1, 2, 4, 0} {
			for _, delay := range []time.Duration{0, time.Second} {
				synctest.Test(t, func(t *testing.T) {
					r := fakeRequest(&fakeSolver{delay: delay, fault: poison(0.03)})
					r.Workers = workers
					s := open(t, fakeOnline(t, policy), r)
					got := digests(t, s, 0, 300)
					if want == nil {
						want, counts = got, s.(*onlineStream).counts
					}
					if !slices.Equal(got, want) || s.(*onlineStream).counts != counts {
						t.Errorf("%s: %d workers, delays up to %v: batches or counts differ from those of 1 worker", policy, workers, delay)
					}
				})
			}
		}
		if counts.failed == 0 || counts.rejected == 0 {
			t.Errorf("%s: %+v, want failures, or the test tests nothing", policy, counts)
		}
	}
}

func TestOnlineSeedMatters(t *testing.T) {
	r := fakeRequest(&fakeSolver{})
	a := digests(t, open(t, fakeOnline(t, "reservoir"), r), 0, 1)
	r.Seed++
	if b := digests(t, open(t, fakeOnline(t, "reservoir"), r), 0, 1); a[0] == b[0] {
		t.Error("another seed gives the same batch")
	}
}

// A stream restored from a snapshot goes on bit for bit, whatever the number of
// workers.
func TestOnlineResume(t *testing.T) {
	for _, policy := range configs.Kinds[Policy]() {
		r := fakeRequest(&fakeSolver{fault: poison(0.03)})
		o := fakeOnline(t, policy)
		whole := open(t, o, r)
		want := digests(t, whole, 0, 300)
		for i, stop := range []int{0, 1, 2, 3, 17, 50, 99} {
			first := open(t, o, r)
			digests(t, first, 0, stop)
			snapshot, err := first.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			if stop%2 == 0 { // the snapshot is a copy: the stream may go on
				digests(t, first, stop, stop+5)
			}
			r.Workers = 1 + i%4
			second := open(t, o, r)
			digests(t, second, 0, i) // whatever it did before is forgotten
			if err := second.Restore(snapshot); err != nil {
				t.Fatal(err)
			}
			if again, _ := second.Snapshot(); !reflect.DeepEqual(again, snapshot) {
				t.Errorf("%s: restored at step %d, the snapshot differs", policy, stop)
			}
			if got := digests(t, second, stop, stop+200); !slices.Equal(got, want[stop:stop+200]) {
				t.Errorf("%s: restored at step %d, the batches differ", policy, stop)
			}
		}
	}
}

// A step that is interrupted leaves no trace in the snapshot.
func TestOnlineInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, r := fakeOnline(t, "reservoir"), fakeRequest(&fakeSolver{delay: time.Second, fault: poison(0.03)})
		want := digests(t, open(t, o, r), 0, 250)
		for i := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Second)
			s, err := o.Open(ctx, r)
			if err != nil {
				t.Fatal(err)
			}
			step := 0
			for ; err == nil; step++ {
				_, err = s.Next(step)
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
			snapshot, err := s.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			s.Close()
			cancel()
			again := open(t, o, r)
			if err := again.Restore(snapshot); err != nil {
				t.Fatal(err)
			}
			if got := digests(t, again, step-1, step+30); !slices.Equal(got, want[step-1:step+30]) {
				t.Errorf("interrupted in step %d: the batches differ", step-1)
			}
		}
	})
}

// Cancelled or closed at any instant, all goroutines end: the bubble would
// report those that do not.
func TestOnlineEnds(t *testing.T) {
	for i := range 60 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			s, err := fakeOnline(t, "firo").Open(ctx, fakeRequest(&fakeSolver{delay: time.Second}))
			if err != nil {
				t.Fatal(err)
			}
			digests(t, s, 0, i%4)
			time.Sleep(rand.N(5 * time.Second))
			if i%2 == 0 {
				cancel()
				synctest.Wait()
				if _, err := s.Next(i % 4); err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			}
			for range 2 {
				if _, err := s.Close(); err != nil {
					t.Error(err)
				}
			}
			cancel()
		})
	}
}

// The solvers are never more than Queue trajectories ahead of the stream.
func TestOnlineBackPressure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		solver := &fakeSolver{}
		o, r := fakeOnline(t, "fifo"), fakeRequest(solver)
		r.Workers = 8
		s := open(t, o, r)
		for step := range 100 {
			synctest.Wait() // all workers wait for room
			computed := int(solver.steps.Load()) / (o.Length - 1)
			if fetched := int(s.(*onlineStream).queue.head); computed != fetched+o.Queue {
				t.Fatalf("step %d: %d trajectories computed, %d fetched, want %d more", step, computed, fetched, o.Queue)
			}
			digests(t, s, step, step+1)
		}
	})
}

// What is in memory is the buffer and the queue, not what passed through.
func TestOnlineMemoryIsBounded(t *testing.T) {
	r := fakeRequest(&fakeSolver{})
	r.Problem.Grid.Points = []int{500} // 8 kB a state of 2 channels
	r.Batch = 40
	o := fakeOnline(t, "reservoir")
	o.Reuse = 1
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	before := heap()
	s := open(t, o, r)
	for step := range 500 {
		if _, err := s.Next(step); err != nil {
			t.Fatal(err)
		}
	}
	// 500 batches · 40 samples · 8 kB = 160 MB passed through. Buffer: 40 samples
	// of 2 frames; queue: 3 trajectories of 9 frames, 1 each with 2 workers, 2
	// being fetched; batch: 40 samples. Together (80 + 63 + 80)·8 kB = 1.8 MB.
	if grown := heap() - before; grown > 4 {
		t.Errorf("heap grew by %.1f MB, want less than 4", grown)
	}
	runtime.KeepAlive(s)
}

// No sample of a simulation that fails enters, and failures are counted.
func TestOnlinePoison(t *testing.T) {
	const steps = 200
	r := fakeRequest(&fakeSolver{fault: poison(0.05)})
	s := open(t, fakeOnline(t, "reservoir"), r)
	for step := range steps {
		b, err := s.Next(step)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range b.Frames {
			for _, v := range u {
				if !(v >= 0 && v <= 1) { // where the logistic map stays
					t.Fatalf("step %d: %g entered", step, v)
				}
			}
		}
	}
	report, err := s.Close()
	if err != nil || report.Failed == 0 || report.Rejected == 0 || report.Rejected%8 != 0 {
		t.Errorf("%+v, %v: want failures, and 8 samples for each rejected trajectory of 9 frames", report, err)
	}
}

func TestOnlineGivesUp(t *testing.T) {
	r := fakeRequest(&fakeSolver{fault: func(u []float64) error { return errPoison }})
	r.Problem.Warmup = 3
	s := open(t, fakeOnline(t, "reservoir"), r)
	for range 2 {
		_, err := s.Next(0)
		if !errors.Is(err, errPoison) || !strings.Contains(err.Error(), "100 simulations in a row") {
			t.Fatalf("%v, want the reason", err)
		}
	}
	if report, _ := s.Close(); report.Failed != patience || report.Produced != 0 {
		t.Errorf("%+v", report)
	}
	if _, err := fakeOnline(t, "reservoir").Describe(r); !errors.Is(err, errPoison) {
		t.Error(err)
	}
}

// Warmup frames are dropped, and the initial state is that of PCG(seed, index).
func TestSimulation(t *testing.T) {
	r := fakeRequest(&fakeSolver{})
	r.Problem.Warmup = 4
	solver, _ := r.Problem.Solver.Value.Stepper(r.Problem)
	outcome := simulation{r.Problem, 5, 1e6, 3}.run(t.Context(), physics.Batch(solver), 9, 1)[0]
	got, err := outcome.Trajectory, outcome.err
	if err != nil {
		t.Fatal(err)
	}
	u := make([]float64, 6)
	if err := (fakeInitial{}).Draw(u, r.Problem.Grid, rand.New(rand.NewPCG(5, 9))); err != nil {
		t.Fatal(err)
	}
	var want [][]float64
	for k := range 7 {
		if k >= 4 {
			want = append(want, slices.Clone(u))
		}
		solver.Step(u, u)
	}
	if !reflect.DeepEqual(got, Trajectory{Index: 9, Frames: want}) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Exactly one sample enters per reuse draws, after the first fill.
func TestOnlineReuse(t *testing.T) {
	for _, reuse := range []float64{1, 1.7, 3, 40} {
		o := fakeOnline(t, "reservoir")
		o.Reuse = reuse
		s := open(t, o, fakeRequest(&fakeSolver{})).(*onlineStream)
		for step := range 500 {
			digests(t, s, step, step+1)
			entered := 20 + int(float64(5*step)/reuse) // threshold ½ of 40; batch 5
			// At reuse 1 some wait: drawing with replacement sees fewer than it draws.
			if s.counts.produced != entered && (reuse > 1 || s.counts.produced > entered) {
				t.Fatalf("reuse %g, step %d: %d samples entered, want %d", reuse, step, s.counts.produced, entered)
			}
		}
		r, _ := s.Close()
		// The first fill makes the mean smaller while training is short.
		want := 2500 / (20 + 2500/reuse)
		if mean := float64(r.Draws) / float64(r.Used); math.Abs(mean/want-1) > 0.1 {
			t.Errorf("reuse %g: each sample was drawn %g times, want about %g", reuse, mean, want)
		}
		if r.Occupancy < 0.5 || r.Occupancy > 1 || (r.Deferred > 0) != (reuse == 1) {
			t.Errorf("reuse %g: %+v", reuse, r)
		}
	}
}

// Every sample is accounted for: what entered was drawn or is in the buffer, no
// sample left undrawn, and FIFO and FIRO draw each once.
func TestOnlineAccounts(t *testing.T) {
	for _, policy := range configs.Kinds[Policy]() {
		for seed := range uint64(20) {
			rng := rand.New(rand.NewPCG(seed, 0))
			o, r := fakeOnline(t, policy), fakeRequest(&fakeSolver{})
			r.Seed, r.Batch, r.Window = seed, 1+rng.IntN(8), 1+rng.IntN(3)
			o.Buffer = r.Batch + rng.IntN(20)
			o.Threshold = rng.Float64()
			if !o.Policy.Value.Once() {
				o.Reuse = 1 + 3*rng.Float64()
			}
			s := open(t, o, r).(*onlineStream)
			drawn := map[float64]int{} // by the first value, which no two samples share
			size := r.Problem.Size()
			for step := range 200 {
				b, err := s.Next(step)
				if err != nil {
					t.Fatal(err)
				}
				for i := range b.Size {
					drawn[b.Frames[0][i*size]]++
				}
			}
			report, _ := s.Close()
			unseen := len(s.buffer.Samples) - s.buffer.Seen
			if report.Produced != report.Used+unseen || report.Used != len(drawn) || report.Draws != 200*r.Batch {
				t.Errorf("%s, seed %d: %+v, but %d samples drawn and %d in the buffer undrawn", policy, seed, report, len(drawn), unseen)
			}
			for _, sample := range s.buffer.Samples[s.buffer.Seen:] {
				if drawn[sample.Frames[0][0]] != 0 {
					t.Errorf("%s, seed %d: a sample drawn before counts as undrawn", policy, seed)
				}
			}
			for _, n := range drawn {
				if n != 1 && o.Policy.Value.Once() {
					t.Errorf("%s, seed %d: a sample was drawn %d times", policy, seed, n)
				}
			}
		}
	}
}

// With FIFO the samples come in the order of time, trajectory by trajectory.
func TestFIFOOrder(t *testing.T) {
	o, r := fakeOnline(t, "fifo"), fakeRequest(&fakeSolver{})
	want, err := o.compute(t.Context(), r, firstTraining, 10, o.Length)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, o, r)
	for step := range 16 { // 16 batches of 5 samples are 10 trajectories of 8
		b, err := s.Next(step)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			n := 5*step + i
			for w := range 2 {
				if !slices.Equal(b.Frames[w][6*i:6*i+6], want[n/8].Frames[n%8+w]) {
					t.Fatalf("step %d: sample %d is not window %d of trajectory %d", step, i, n%8, n/8)
				}
			}
		}
	}
}

func TestOnlineTrials(t *testing.T) {
	o := fakeOnline(t, "reservoir")
	seen := map[float64]bool{}
	for _, split := range []Split{Validation, Test} {
		var want []Trajectory
		for _, workers := range []int{1, 2, 4} {
			r := fakeRequest(&fakeSolver{fault: poison(0.03)})
			r.Workers = workers
			got, err := o.Trials(t.Context(), r, split, 20, 6)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("split %d: %d workers give other trials", split, workers)
			}
		}
		if first := want[0].Index &^ (1<<62 - 1); want[19].Index-first <= 19 {
			t.Errorf("split %d: none of the trials was replaced, or the test tests nothing", split)
		}
		for _, trial := range want {
			if len(trial.Frames) != 7 || seen[trial.Frames[0][0]] {
				t.Errorf("split %d: trial %d has %d frames or occurred before", split, trial.Index, len(trial.Frames))
			}
			seen[trial.Frames[0][0]] = true
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.Trials(ctx, fakeRequest(&fakeSolver{}), Test, 3, 5); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestOnlineDescribe(t *testing.T) {
	o, r := fakeOnline(t, "reservoir"), fakeRequest(&fakeSolver{})
	layout, err := o.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := o.compute(t.Context(), r, firstTraining, described, o.Length)
	var n, sum, squares float64
	for _, trajectory := range first {
		for _, u := range trajectory.Frames {
			for i := 1; i < len(u); i += 2 {
				n, sum, squares = n+1, sum+u[i], squares+u[i]*u[i]
			}
		}
	}
	mean := sum / n
	want := Channel{"u1", mean, math.Sqrt(squares/n - mean*mean)}
	got := layout.Out[1]
	if got.Name != want.Name || math.Abs(got.Mean-want.Mean) > 1e-12 || math.Abs(got.Std-want.Std) > 1e-12 {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !layout.Stepped || len(layout.In) != 2 {
		t.Errorf("%+v", layout)
	}
}

func TestMomentsOfConstant(t *testing.T) {
	m := newMoments(2)
	for range 10 {
		m.add([]float64{0.1, 0, 0.1, 0, 0.1, 0})
	}
	for _, c := range m.channels([]string{"a", "b"}) {
		if c.Std != 1 {
			t.Errorf("%+v, want standard deviation 1", c)
		}
	}
}

func TestOnlineRefuses(t *testing.T) {
	for want, spoil := range map[string]func(*Online, *Request){
		"length = 9 frames, but the method needs windows of 10": func(_ *Online, r *Request) { r.Window = 10 },
		"buffer = 40 samples, but a batch has 41":               func(_ *Online, r *Request) { r.Batch = 41 },
		"batch = 0":              func(_ *Online, r *Request) { r.Batch = 0 },
		"the problem needs":      func(_ *Online, r *Request) { r.Problem.Solver.Value = nil },
		"draws each sample once": func(o *Online, _ *Request) { o.Policy = configs.Of[Policy]{Kind: "fifo", Value: FIFO{}} },
		"policy is not given":    func(o *Online, _ *Request) { o.Policy.Value = nil },
		"the step is too large": func(_ *Online, r *Request) {
			r.Problem.Solver.Value = &fakeSolver{faulty: errors.New("the step is too large")}
		},
	} {
		o, r := fakeOnline(t, "reservoir"), fakeRequest(&fakeSolver{})
		spoil(o, &r)
		_, described := o.Describe(r)
		_, opened := o.Open(t.Context(), r)
		_, tried := o.Trials(t.Context(), r, Test, 1, 1)
		for _, err := range []error{described, opened, tried} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q", err, want)
			}
		}
	}
	if _, err := fakeOnline(t, "fifo").Trials(t.Context(), fakeRequest(&fakeSolver{}), Test, 0, 1); err == nil {
		t.Error("0 trials accepted")
	}
}

// A damaged snapshot is an error and changes nothing.
func TestOnlineRefusesSnapshots(t *testing.T) {
	s := open(t, fakeOnline(t, "reservoir"), fakeRequest(&fakeSolver{}))
	digests(t, s, 0, 3)
	want, _ := s.Snapshot()
	for _, spoil := range []func(Snapshot){
		func(x Snapshot) { delete(x.Ints, "next") },
		func(x Snapshot) { x.Ints["next"][1] = 8 },
		func(x Snapshot) { x.Ints["next"][0] = -1 },
		func(x Snapshot) { x.Ints["counts"] = nil },
		func(x Snapshot) { x.Ints["counts"][1] = -5 },
		func(x Snapshot) { x.Ints["buffer"][0] = 99 },
		func(x Snapshot) { x.Ints["samples"][0] = 1e9 },
		func(x Snapshot) { x.Ints["samples"][0] = -1 },
		func(x Snapshot) { x.Ints["samples"] = x.Ints["samples"][1:] },
		func(x Snapshot) { x.Ints["samples"] = slices.Repeat(x.Ints["samples"], 9) },
		func(x Snapshot) { x.Floats["frames"] = x.Floats["frames"][1:] },
		func(x Snapshot) { delete(x.Floats, "frames") },
	} {
		bad, _ := s.Snapshot()
		spoil(bad)
		if err := s.Restore(bad); err == nil {
			t.Errorf("accepted %v", bad.Ints)
		}
	}
	if got, _ := s.Snapshot(); !reflect.DeepEqual(got, want) {
		t.Error("a refused snapshot changed the stream")
	}
}

// A trajectory that had begun to enter must still be the one it was.
func TestOnlineResumeWithoutItsTrajectory(t *testing.T) {
	o, r := fakeOnline(t, "reservoir"), fakeRequest(&fakeSolver{})
	first := open(t, o, r)
	digests(t, first, 0, 1) // 20 samples entered, the last 4 from trajectory 2
	snapshot, _ := first.Snapshot()
	snapshot.Ints["next"][0] = 1 // with this poison trajectory 1 fails, and 2 does not
	r.Problem.Solver.Value = &fakeSolver{fault: poison(0.3)}
	second := open(t, o, r)
	if err := second.Restore(snapshot); err != nil {
		t.Fatal(err)
	}
	for step := 1; step < 10; step++ {
		if _, err := second.Next(step); err != nil {
			if !strings.Contains(err.Error(), "trajectory 1 was computed before the snapshot, and now fails") {
				t.Error(err)
			}
			return
		}
	}
	t.Error("another trajectory went on in its place")
}

// No policy evicts a sample before it was drawn, under any schedule.
func TestPoliciesEvictOnlyDrawn(t *testing.T) {
	for _, kind := range configs.Kinds[Policy]() {
		policy, _ := configs.New[Policy](kind)
		for seed := range uint64(200) {
			rng := rand.New(rand.NewPCG(seed, 1))
			b := &Buffer{Capacity: 1 + rng.IntN(12)}
			drawn := map[float64]bool{}
			entered := 0.
			for range 300 {
				if rng.IntN(2) == 0 && b.Room() > 0 {
					policy.Admit(b, Sample{Frames: [][]float64{{entered}}}, rng)
					drawn[entered] = false
					entered++
				} else if len(b.Samples) > 0 {
					drawn[policy.Draw(b, rng).Frames[0][0]] = true
				}
				if len(b.Samples) > b.Capacity || b.Room() < 0 {
					t.Fatalf("%s: %d samples in a buffer of %d", kind, len(b.Samples), b.Capacity)
				}
				left := map[float64]bool{}
				for i, s := range b.Samples {
					left[s.Frames[0][0]] = true
					if drawn[s.Frames[0][0]] != (i < b.Seen) {
						t.Fatalf("%s: sample %g is on the wrong side", kind, s.Frames[0][0])
					}
				}
				for s, d := range drawn {
					if !left[s] && !d {
						t.Fatalf("%s: sample %g left the buffer undrawn", kind, s)
					}
				}
			}
		}
	}
}

// Reservoir and FIRO draw all samples equally often. 40,000 draws of 20
// samples: 2000 each, standard deviation 44.
func TestReservoirIsUniform(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	b := &Buffer{Capacity: 20}
	for i := range 20 {
		Reservoir{}.Admit(b, Sample{Frames: [][]float64{{float64(i)}}}, rng)
	}
	var counts [20]int
	for range 40000 {
		counts[int(Reservoir{}.Draw(b, rng).Frames[0][0])]++
	}
	for i, n := range counts {
		if n < 1800 || n > 2200 {
			t.Errorf("sample %d was drawn %d times, want about 2000", i, n)
		}
	}
}

// A slow solver starves the trainer, a slow trainer blocks the solvers.
func TestOnlineTimes(t *testing.T) {
	for _, slow := range []string{"solver", "trainer"} {
		synctest.Test(t, func(t *testing.T) {
			solver := &fakeSolver{}
			if slow == "solver" {
				solver.delay = time.Second
			}
			s, err := fakeOnline(t, "fifo").Open(t.Context(), fakeRequest(solver))
			if err != nil {
				t.Fatal(err)
			}
			for step := range 20 {
				digests(t, s, step, step+1)
				if slow == "trainer" {
					time.Sleep(time.Second)
				}
			}
			r, _ := s.Close()
			if (r.Starved > r.Blocked) != (slow == "solver") {
				t.Errorf("slow %s: starved %g s, blocked %g s", slow, r.Starved, r.Blocked)
			}
		})
	}
}

// pairsRequest asks for pairs of an elliptic equation.
func pairsRequest() Request {
	p := flow(physics.Walls, 6, 7)
	p.Solver = configs.Of[physics.Solver]{Kind: "darcy", Value: &solver.Darcy{Tolerance: 1e-12, Iterations: 100}}
	p.Initial = configs.Of[physics.Initial]{Kind: "two_phase", Value: &initial.TwoPhase{
		Field: configs.Of[physics.Initial]{Kind: "grf", Value: &initial.GRF{Sigma: 1, Tau: 3, Alpha: 2, ZeroMean: true}}, Low: 3, High: 12,
	}}
	return Request{Problem: p, Window: 2, Batch: 4, Seed: 1, Workers: 1}
}

// Pairs of an elliptic equation resume bit for bit, whatever the number of
// workers.
func TestOnlinePairsResume(t *testing.T) {
	r := pairsRequest()
	o := fakeOnline(t, "reservoir")
	want := digests(t, open(t, o, r), 0, 30)
	first := open(t, o, r)
	digests(t, first, 0, 12)
	snapshot, err := first.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	r.Workers = 3
	second := open(t, o, r)
	if err := second.Restore(snapshot); err != nil {
		t.Fatal(err)
	}
	if got := digests(t, second, 12, 30); !slices.Equal(got, want[12:]) {
		t.Error("a restored stream differs")
	}
}
