package data

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"

	"eddy/configs"
)

func init() {
	configs.Register[Source]("file", func() Source { return &File{Validation: 0.1} })
}

// File trains on data from files. Samples are either trajectories,
//
//	{kind: file, train: burgers_train.npz, test: burgers_test.npz, frames: u}
//
// an array [S, T, N…] or [S, T, N…, C] from which all windows of consecutive
// frames are drawn, or pairs of a given field and the one to be found, where
// nothing evolves in time,
//
//	{kind: file, train: darcy_train.npz, test: darcy_test.npz, input: a, target: u}
//
// arrays [S, N…] or [S, N…, C]. N… are the points of the problem's grid; without
// C there is one channel.
//
// Files are NumPy's: .npz, or .npy, which has one array without a name, so
// trajectories only. Their numbers may be floats of 32 or 64 bits, integers or
// booleans, in either byte order and in C or Fortran order. An .npy file of
// 64 MiB or more is memory-mapped, unless it is in Fortran order; everything
// else is read into memory. Files must not change while they are in use.
//
// Each trajectory is used for one purpose. A share of the training file is held
// back for validation, chosen by the seed. The others' samples are drawn in a
// random order, a new one for each epoch, every sample once per epoch; a batch
// that an epoch cannot fill goes on with the next one. Values that are not
// finite are refused, and so is a test file that has a trajectory of the
// training file.
type File struct {
	Train      string  `doc:"the file to learn from, .npz or .npy"`
	Test       string  `doc:"the file to report on; without one there is no test"`
	Frames     string  `doc:"name of the array of trajectories in an .npz file"`
	Input      string  `doc:"name of the array of inputs, for pairs"`
	Target     string  `doc:"name of the array of targets, for pairs"`
	Validation float64 `range:"[0,1)" doc:"share of the training file held back to choose checkpoints"`

	opening sync.Mutex
	opened  map[string]*dataset // by path
}

// Check reports settings that contradict each other.
func (f *File) Check() error {
	if f.Train == "" {
		return configs.At("train", "train is not given, want a file")
	}
	switch npy := filepath.Ext(f.Train) == ".npy"; {
	case (f.Input == "") != (f.Target == ""):
		return configs.At("input", "input = %q, target = %q: a pair needs both", f.Input, f.Target)
	case f.Frames != "" && f.Input != "":
		return configs.At("frames", "frames = %q and input = %q: want trajectories or pairs", f.Frames, f.Input)
	case npy && (f.Frames != "" || f.Input != ""):
		return configs.At("train", "train = %q: an .npy file has trajectories in one array without a name, want no frames, input or target", f.Train)
	case !npy && f.Frames == "" && f.Input == "":
		return configs.At("frames", "frames are not given, nor input and target: want the names of the arrays")
	}
	return nil
}

// open opens a file, or returns what was opened before.
func (f *File) open(path string, r Request) (*dataset, error) {
	f.opening.Lock()
	defer f.opening.Unlock()
	if d := f.opened[path]; d != nil {
		return d, nil
	}
	var d *dataset
	var err error
	if f.Input != "" {
		d, err = openPairs(path, f.Input, f.Target, r.Problem.Grid)
	} else {
		d, err = openTrajectories(path, f.Frames, r.Problem.Grid)
	}
	if err != nil {
		return nil, err
	}
	if f.opened == nil {
		f.opened = map[string]*dataset{}
	}
	f.opened[path] = d
	return d, nil
}

// training opens the training file and checks it against a request.
func (f *File) training(r Request) (*dataset, error) {
	if err := f.Check(); err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	d, err := f.open(f.Train, r)
	if err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	want := r.Problem.Channels()
	switch {
	case r.Window < 1 || r.Batch < 1:
		return nil, fmt.Errorf("file: window = %d, batch = %d, want 1 or more", r.Window, r.Batch)
	case f.Input != "" && r.Window != 2:
		return nil, fmt.Errorf("file: samples are pairs of an input and a target, but the method needs windows of %d frames", r.Window)
	case d.frames < r.Window:
		return nil, fmt.Errorf("file: %s has trajectories of %d frames, but the method needs windows of %d", f.Train, d.frames, r.Window)
	case f.Input == "" && want > 0 && d.parts[0].channels != want:
		return nil, fmt.Errorf("file: %s has %d channels, but the equation %d", d.parts[0].name, d.parts[0].channels, want)
	}
	return d, nil
}

// split returns the trajectories to learn from and those held back, in the
// order of the file.
func (f *File) split(d *dataset, seed uint64) (learn, hold []int) {
	held := 0
	if f.Validation > 0 {
		held = max(1, int(math.Round(f.Validation*float64(d.count))))
	}
	held = min(held, d.count-1)
	order := rand.New(rand.NewPCG(seed, firstValidation)).Perm(d.count)
	learn, hold = order[held:], order[:held]
	slices.Sort(learn)
	slices.Sort(hold)
	return learn, hold
}

// Describe reads all the data once, to check them and for the statistics of the
// channels.
func (f *File) Describe(r Request) (Layout, error) {
	d, err := f.training(r)
	if err != nil {
		return Layout{}, err
	}
	learn, _ := f.split(d, r.Seed)
	stats := make([]*moments, len(d.parts))
	for i, p := range d.parts {
		stats[i] = newMoments(p.channels)
	}
	known := map[[32]byte]uint64{} // trajectories of the training file
	err = d.scan(func(t Trajectory, hash [32]byte) {
		known[hash] = t.Index
		if _, ok := slices.BinarySearch(learn, int(t.Index)); !ok {
			return
		}
		for i, u := range t.Frames {
			stats[min(i, len(stats)-1)].add(u)
		}
	})
	if err == nil && f.Test != "" {
		err = f.inspectTest(r, d, known)
	}
	if err != nil {
		return Layout{}, fmt.Errorf("file: %w", err)
	}
	last := len(d.parts) - 1
	return Layout{
		Grid:    r.Problem.Grid,
		In:      stats[0].channels(names(f.Frames+f.Input, d.parts[0].channels)),
		Out:     stats[last].channels(names(f.Frames+f.Target, d.parts[last].channels)),
		Stepped: f.Input == "",
	}, nil
}

// names returns the names of an array's channels.
func names(array string, channels int) []string {
	if array == "" {
		array = "u"
	}
	if channels == 1 {
		return []string{array}
	}
	all := make([]string, channels)
	for c := range all {
		all[c] = fmt.Sprintf("%s%d", array, c)
	}
	return all
}

// inspectTest checks the test file against the training file.
func (f *File) inspectTest(r Request, train *dataset, known map[[32]byte]uint64) error {
	d, err := f.open(f.Test, r)
	if err != nil {
		return err
	}
	for i, p := range d.parts {
		if want := train.parts[i].channels; p.channels != want {
			return fmt.Errorf("%s has %d channels, but %s has %d", p.name, p.channels, train.parts[i].name, want)
		}
	}
	leaked, example := 0, ""
	err = d.scan(func(t Trajectory, hash [32]byte) {
		i, ok := known[hash]
		if ok && leaked == 0 {
			example = fmt.Sprintf("number %d of %s is number %d of %s", t.Index, f.Test, i, f.Train)
		}
		if ok {
			leaked++
		}
	})
	if err == nil && leaked > 0 {
		err = fmt.Errorf("%d of the %d test trajectories are in the training file, too: %s", leaked, d.count, example)
	}
	return err
}

// Trials returns trajectories from their beginning, in the order of the file;
// n = 0 asks for all.
func (f *File) Trials(ctx context.Context, r Request, s Split, n, frames int) ([]Trajectory, error) {
	d, err := f.training(r)
	if err != nil {
		return nil, err
	}
	_, indices := f.split(d, r.Seed)
	name := f.Train
	if s == Test {
		if f.Test == "" {
			return nil, errors.New("file: test is not given")
		}
		if d, err = f.open(f.Test, r); err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
		name = f.Test
		indices = make([]int, d.count)
		for i := range indices {
			indices[i] = i
		}
	}
	switch {
	case len(indices) == 0:
		return nil, fmt.Errorf("file: validation = %g holds no trajectory of %s back", f.Validation, f.Train)
	case n < 0 || n > len(indices):
		return nil, fmt.Errorf("file: %d trials asked for, %s has %d for this purpose", n, name, len(indices))
	case frames < 0 || frames >= d.frames:
		return nil, fmt.Errorf("file: trials of %d frames after the first asked for, %s has %d", frames, name, d.frames-1)
	case n == 0:
		n = len(indices)
	}
	trials := make([]Trajectory, n)
	for i := range trials {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if trials[i], err = d.trajectory(indices[i], frames+1); err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
	}
	return trials, nil
}

// Open starts a stream of batches.
func (f *File) Open(ctx context.Context, r Request) (Stream, error) {
	d, err := f.training(r)
	if err != nil {
		return nil, err
	}
	learn, _ := f.split(d, r.Seed)
	s := &fileStream{ctx: ctx, request: r, data: d, learn: learn, windows: d.frames - r.Window + 1}
	for t := range r.Window {
		p, _ := d.frame(t)
		s.batch = append(s.batch, make([]float64, r.Batch*p.size))
	}
	return s, nil
}
