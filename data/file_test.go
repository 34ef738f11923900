package data

import (
	"bytes"
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/npy"
	"eddy/physics"
)

func darcy() (*File, Request) {
	f := &File{Train: "testdata/darcy16_train.npz", Test: "testdata/darcy16_test.npz", Input: "a", Target: "u", Validation: 0.1}
	g := physics.Grid{Points: []int{16, 16}, Extent: []float64{1, 1}, Boundary: physics.Walls}
	return f, Request{Problem: physics.Problem{Grid: g}, Window: 2, Batch: 32, Seed: 3}
}

func burgers() (*File, Request) {
	f := &File{Train: "testdata/burgers16_train.npz", Test: "testdata/burgers16_test.npz", Frames: "u", Validation: 0.1}
	g := physics.Grid{Points: []int{16}, Extent: []float64{1}}
	return f, Request{Problem: physics.Problem{Grid: g}, Window: 3, Batch: 32, Seed: 3}
}

// Means, standard deviations and the element were computed with Python's
// struct and math.fsum, element (3, 5, 7) of the Fortran-ordered file being
// number 3 + 1000·(5 + 16·7).
func TestFileDarcy(t *testing.T) {
	f, r := darcy()
	f.Validation = 0
	l, err := f.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Channel{{"a", 0.4994453125, 0.4999996923216827}, {"u", 0.38631561330488295, 0.33997093169385306}} {
		got := [][]Channel{l.In, l.Out}[i][0]
		if got.Name != want.Name || math.Abs(got.Mean-want.Mean) > 1e-12 || math.Abs(got.Std-want.Std) > 1e-12 {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if l.Stepped {
		t.Error("pairs do not continue in time")
	}
	d, err := f.open(f.Train, r)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := d.trajectory(3, 2)
	if got := pair.Frames[1][5*16+7]; err != nil || got != 0.27838531136512756 {
		t.Errorf("u[3, 5, 7] = %v, %v", got, err)
	}
	trials, err := f.Trials(t.Context(), r, Test, 0, 1)
	if err != nil || len(trials) != 50 || len(trials[0].Frames) != 2 {
		t.Errorf("%d trials, %v", len(trials), err)
	}
}

// The array u0 of the same file has the first frames of the trajectories.
func TestFileBurgers(t *testing.T) {
	f, r := burgers()
	l, err := f.Describe(r)
	if err != nil || !l.Stepped || !reflect.DeepEqual(l.In, l.Out) || l.In[0].Name != "u" {
		t.Fatal(l, err)
	}
	initial, err := npy.Open(f.Test, "u0")
	if err != nil {
		t.Fatal(err)
	}
	trials, err := f.Trials(t.Context(), r, Test, 0, 16)
	if err != nil || len(trials) != 400 || len(trials[0].Frames) != 17 {
		t.Fatal(err)
	}
	u0 := make([]float64, 16)
	for s, trial := range trials {
		if err := initial.Read(u0, 16*s); err != nil || !slices.Equal(u0, trial.Frames[0]) || trial.Index != uint64(s) {
			t.Fatalf("trial %d does not begin with its initial state, %v", s, err)
		}
	}
}

// fileOf writes S trajectories of T frames on 2 points with the values of
// value(s, t) and its negative, and returns a source and a request for it.
func fileOf(t *testing.T, s, frames int, value func(s, t int) float64) (*File, Request) {
	t.Helper()
	var b bytes.Buffer
	w, err := npy.NewWriter(&b, 64, s, frames, 2)
	for i := range s {
		for k := range frames {
			if err == nil {
				v := value(i, k)
				err = w.Write([]float64{v, -v})
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Window: 3, Batch: 7, Seed: 5}
	r.Problem.Grid = physics.Grid{Points: []int{2}, Extent: []float64{1}}
	return &File{Train: file(t, "train.npy", b.Bytes())}, r
}

func count(s, t int) float64 { return float64(100*s + t) }

// Every sample occurs once per epoch, with its following frames, although the
// batch does not divide the epoch; and epochs differ in their order.
func TestFileEpochs(t *testing.T) {
	f, r := fileOf(t, 10, 8, count)
	f.Validation = 0.2
	_, held := f.split(&dataset{count: 10}, r.Seed)
	s, err := f.Open(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var drawn []float64
	for step := 1; step <= 48; step++ { // 48 batches of 7 samples are 7 epochs of 8 · 6
		b, err := s.Next(step)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Size {
			first := b.Frames[0][2*i]
			drawn = append(drawn, first)
			for w, u := range b.Frames {
				if u[2*i] != first+float64(w) || u[2*i+1] != -u[2*i] {
					t.Fatalf("step %d: sample %d is %v in frame %d", step, i, u[2*i:2*i+2], w)
				}
			}
		}
	}
	epochs := slices.Collect(slices.Chunk(drawn, 48))
	for e, epoch := range epochs {
		if e > 0 && slices.Equal(epoch, epochs[0]) {
			t.Errorf("epoch %d repeats the order of epoch 0", e)
		}
		slices.Sort(epoch)
		if len(slices.Compact(epoch)) != 48 {
			t.Errorf("epoch %d has a sample twice", e)
		}
		for _, v := range epoch {
			if slices.Contains(held, int(v)/100) {
				t.Errorf("epoch %d has sample %g, of a trajectory that is held back", e, v)
			}
		}
	}
	if got, _ := s.Close(); got.Produced != 48 || got.Used != 48 || got.Draws != 336 {
		t.Errorf("%+v", got)
	}
}

// A batch may be larger than an epoch.
func TestFileBatchOfManyEpochs(t *testing.T) {
	f, r := fileOf(t, 1, 4, count)
	s, err := f.Open(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Next(1)
	if err != nil {
		t.Fatal(err)
	}
	times := map[float64]int{}
	for i := range 7 {
		times[b.Frames[0][2*i]]++
	}
	if len(times) != 2 || times[0] < 3 || times[1] < 3 {
		t.Errorf("7 draws of 2 samples: %v", times)
	}
}

func TestFileResume(t *testing.T) {
	for _, make := range []func() (*File, Request){darcy, burgers} {
		f, r := make()
		whole, err := f.Open(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		want := digests(t, whole, 1, 61)
		for _, stop := range []int{1, 2, 31, 60} {
			snapshot, err := whole.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			g, r := make()
			s, err := g.Open(t.Context(), r)
			if err == nil {
				err = s.Restore(snapshot)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := digests(t, s, stop, 61); !slices.Equal(got, want[stop-1:]) {
				t.Errorf("from step %d on the batches differ", stop)
			}
		}
		r.Seed++
		other, err := f.Open(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if digests(t, other, 1, 2)[0] == want[0] {
			t.Error("another seed gives the same batch")
		}
		if other.Restore(Snapshot{}) == nil {
			t.Error("an empty snapshot was accepted")
		}
	}
}

// The validation part depends on the seed alone, and statistics are those of
// the rest.
func TestFileValidation(t *testing.T) {
	held := 2 // the value of held trajectories does not matter
	f, r := fileOf(t, 10, 4, func(s, _ int) float64 { return float64(s) })
	f.Validation = 0.2
	trials, err := f.Trials(t.Context(), r, Validation, 0, 3)
	if err != nil || len(trials) != held {
		t.Fatal(len(trials), err)
	}
	l, err := f.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	var squares, n float64
	for s := range 10 {
		if s != int(trials[0].Index) && s != int(trials[1].Index) {
			squares += float64(s * s)
			n++
		}
	}
	if c := l.In[0]; math.Abs(c.Mean) > 1e-12 || math.Abs(c.Std-math.Sqrt(squares/n)) > 1e-12 {
		t.Errorf("%+v, want mean 0 and deviation %g", c, math.Sqrt(squares/n))
	}
	for n, want := range []int{2, 1, 2, 2} {
		if trials, err := f.Trials(t.Context(), r, Validation, n, 3); err != nil || len(trials) != want {
			t.Errorf("%d trials asked for: %d, %v", n, len(trials), err)
		}
	}
	f.Validation = 0
	if trials, err := f.Trials(t.Context(), r, Validation, 5, 3); err != nil || len(trials) != 0 {
		t.Errorf("nothing is held back: %d, %v", len(trials), err)
	}
}

func TestFileConstantAndChannels(t *testing.T) {
	var b bytes.Buffer
	w, err := npy.NewWriter(&b, 32, 4, 5, 2, 3) // [S, T, N, C]
	for i := range 4 * 5 * 2 {
		if err == nil {
			err = w.Write([]float64{0.1, float64(i), 0})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	_, r := fileOf(t, 1, 1, count)
	f := &File{Train: file(t, "train.npy", b.Bytes())}
	l, err := f.Describe(r)
	if err != nil {
		t.Fatal(err)
	}
	// 0 … 39 have the mean 19.5 and the variance (40² − 1)/12.
	want := []Channel{{"u0", float64(float32(0.1)), 1}, {"u1", 19.5, math.Sqrt(1599. / 12)}, {"u2", 0, 1}}
	for c, got := range l.Out {
		if got.Name != want[c].Name || math.Abs(got.Mean-want[c].Mean) > 1e-12 || math.Abs(got.Std-want[c].Std) > 1e-12 {
			t.Errorf("got %+v, want %+v", got, want[c])
		}
	}
}

// Values that are not finite are counted and found, wherever they are.
func TestFileNotFinite(t *testing.T) {
	for _, c := range []struct {
		bad   func(s, k int) bool
		value float64
		want  string
	}{
		{func(s, k int) bool { return s == 4 && k == 1 }, math.NaN(), "2 of the values are not finite, the first is NaN at [4 1 0]"},
		{func(_, k int) bool { return k == 3 }, math.Inf(-1), "20 of the values are not finite, the first is -Inf at [0 3 0]"},
		{func(_, k int) bool { return true }, math.Inf(1), "80 of the values are not finite, the first is +Inf at [0 0 0]"},
	} {
		good, _ := fileOf(t, 10, 4, func(s, k int) float64 { return -1 - count(s, k) })
		f, r := fileOf(t, 10, 4, func(s, k int) float64 {
			if c.bad(s, k) {
				return c.value
			}
			return count(s, k)
		})
		for _, f := range []*File{f, {Train: good.Train, Test: f.Train}} {
			if _, err := f.Describe(r); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		}
	}
}

// Minus zero, denormals and numbers whose square overflows float32 are data.
func TestFileUnusualButFinite(t *testing.T) {
	unusual := []float64{math.Copysign(0, -1), 5e-324, 1e38, -1e-40}
	f, r := fileOf(t, 4, 4, func(s, k int) float64 { return unusual[(s+k)%4] })
	l, err := f.Describe(r)
	if err != nil || math.IsNaN(l.In[0].Std) || math.IsInf(l.In[0].Std, 0) {
		t.Error(l, err)
	}
}

func TestFileLeakage(t *testing.T) {
	f, r := fileOf(t, 10, 4, count)
	other, _ := fileOf(t, 6, 4, func(s, k int) float64 { return count(s+8, k) })
	f.Test = other.Train // its trajectories 0 and 1 are 8 and 9 of f
	_, err := f.Describe(r)
	if err == nil || !strings.Contains(err.Error(), "2 of the 6 test trajectories") || !strings.Contains(err.Error(), "number 0 of") {
		t.Error(err)
	}
}

// toBurgers makes a request for pairs one for trajectories.
func toBurgers(f *File, r *Request) {
	b, q := burgers()
	f.Train, f.Test, f.Frames, f.Input, f.Target = b.Train, b.Test, b.Frames, "", ""
	*r = q
}

func TestFileRefuses(t *testing.T) {
	for want, spoil := range map[string]func(*File, *Request){
		"has the shape [1000 16 16], but the problem's grid has the points [32 32]: want the shape [S 32 32]": func(_ *File, r *Request) { r.Problem.Grid.Points = []int{32, 32} },
		"has the shape [1000 16 16], but the problem's grid has the points [16 16 16]":                        func(_ *File, r *Request) { r.Problem.Grid.Points = []int{16, 16, 16} },
		"windows of 3 frames":  func(_ *File, r *Request) { r.Window = 3 },
		"batch = 0":            func(_ *File, r *Request) { r.Batch = 0 },
		"no array \"x\"":       func(f *File, _ *Request) { f.Input = "x" },
		"no such file":         func(f *File, _ *Request) { f.Train = "nowhere.npz" },
		"train is not given":   func(f *File, _ *Request) { f.Train = "" },
		"a pair needs both":    func(f *File, _ *Request) { f.Target = "" },
		"want trajectories or": func(f *File, _ *Request) { f.Frames = "u" },
		"without a name":       func(f *File, _ *Request) { f.Train = "x.npy" },
		"want the names":       func(f *File, _ *Request) { f.Input, f.Target = "", "" },
		"but the equation 2": func(f *File, r *Request) {
			toBurgers(f, r)
			r.Problem.Equation = configs.Of[physics.Equation]{Value: fakeEquation{}}
		},
		"windows of 18": func(f *File, r *Request) { toBurgers(f, r); r.Window = 18 },
		"[800 17 16], but the problem's grid has the points [16 16]: want the shape [S T 16 16]": func(f *File, r *Request) {
			toBurgers(f, r)
			r.Problem.Grid.Points = []int{16, 16}
		},
	} {
		f, r := darcy()
		spoil(f, &r)
		_, described := f.Describe(r)
		_, opened := f.Open(t.Context(), r)
		_, tried := f.Trials(t.Context(), r, Test, 1, 1)
		for _, err := range []error{described, opened, tried} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), "file: ") != 1 {
				t.Errorf("got %v, want %q", err, want)
			}
		}
	}
}

func TestFileRefusesTrials(t *testing.T) {
	f, r := burgers()
	for _, c := range []struct {
		split     Split
		n, frames int
		want      string
	}{
		{Test, -1, 16, "-1 trials"},
		{Test, 1, 17, "trials of 17 frames after the first, but testdata/burgers16_test.npz: array u has 16"},
		{Test, 1, -1, "trials of -1"},
	} {
		if _, err := f.Trials(t.Context(), r, c.split, c.n, c.frames); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
	f.Test = ""
	if _, err := f.Trials(t.Context(), r, Test, 0, 1); err == nil || !strings.Contains(err.Error(), "test is not given") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s, err := f.Open(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(0); err == nil {
		t.Error("step 0 was accepted")
	}
	cancel()
	if _, err := s.Next(1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := f.Trials(ctx, r, Validation, 0, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// What is wrong with the settings is said before a file is opened.
func TestFileFromYAML(t *testing.T) {
	var c struct{ Data configs.Of[Source] }
	for want, section := range map[string]string{
		"a pair needs both": "{kind: file, train: a.npz, input: a}",
		"validation":        "{kind: file, train: a.npz, frames: u, validation: 1}",
		"draws each sample": "{kind: online, policy: fifo, reuse: 2}",
		"":                  "{kind: online, policy: firo, threshold: 1}",
	} {
		err := configs.Load(file(t, "x.yaml", []byte("data: "+section+"\n")), &c)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", section, err, want)
		}
	}
}
