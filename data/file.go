package data

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"eddy/configs"
)

func init() {
	configs.Register[Source]("file", func() Source { return &File{Every: 1, Validation: 0.1} })
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
// C there is one channel. The files' grid may be finer: with Every k, their
// points are taken k apart, from the first on, so that data of one fine grid
// serve any coarser one.
//
// Samples may have numbers of their own, such as those that the problem draws,
// in an array Parameters [S, P] in the order of the problem's parameters, and
// Fields [S, N…] or [S, N…, F] that are given and are not forecast, such as a
// force or the mask of a geometry. Both are arrays of the .npz file, or .npy files
// of the same names in the folders of Train and of Test.
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
	Parameters string  `doc:"name of the array of numbers that each sample has its own of, or of an .npy file beside the others"`
	Fields     string  `doc:"name of the array of fields that each sample has its own of and that stay, or of an .npy file beside the others"`
	Every      int     `range:"[1,4096]" doc:"points of the files' grid for a point of the problem's, along each axis"`
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
	case npy && f.Parameters != "" && filepath.Ext(f.Parameters) != ".npy":
		return configs.At("parameters", "parameters = %q: an .npy file has one array, want the name of another .npy file beside it", f.Parameters)
	case npy && f.Fields != "" && filepath.Ext(f.Fields) != ".npy":
		return configs.At("fields", "fields = %q: an .npy file has one array, want the name of another .npy file beside it", f.Fields)
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
		d, err = openPairs(path, f.Input, f.Target, f.Every, r.Problem.Grid)
	} else {
		d, err = openTrajectories(path, f.Frames, f.Every, r.Problem.Grid)
	}
	if err == nil && f.Parameters != "" {
		err = d.addParameters(beside(path, f.Parameters))
	}
	if err == nil && f.Fields != "" {
		at, name := beside(path, f.Fields)
		err = d.addFields(at, name, r.Problem.Grid)
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

// beside finds an array by its name: in the file itself, or an .npy file in the
// same folder.
func beside(path, name string) (file, array string) {
	if filepath.Ext(name) == ".npy" {
		return filepath.Join(filepath.Dir(path), name), ""
	}
	return path, name
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
	want, drawn := r.Problem.Channels(), len(r.Problem.Parameters)
	switch {
	case drawn > 0 && f.Parameters == "":
		return nil, fmt.Errorf("file: the problem draws %d numbers for each trajectory, but parameters does not say where the files have them", drawn)
	case f.Fields != "" && len(r.Problem.Symmetries) > 0:
		return nil, errors.New("file: the symmetries of the problem do not say how the fields of a sample are transformed, want none")
	case drawn > 0 && d.width() != drawn:
		return nil, fmt.Errorf("file: %s has %d numbers for each trajectory, but the problem draws %d", d.parameters.Name, d.width(), drawn)
	case r.Window < 1 || r.Batch < 1:
		return nil, fmt.Errorf("file: window = %d, batch = %d, want 1 or more", r.Window, r.Batch)
	case f.Input != "" && r.Window != 2:
		return nil, fmt.Errorf("file: samples are pairs of an input and a target, but the method needs windows of %d frames", r.Window)
	case d.frames < r.Window:
		return nil, fmt.Errorf("file: %s has trajectories of %d frames, but the method needs windows of %d", f.Train, d.frames, r.Window)
	case f.Input == "" && want > 0 && d.parts[0].channels != want:
		return nil, fmt.Errorf("file: %s has %d channels, but the equation %d", d.parts[0].Name, d.parts[0].channels, want)
	}
	return d, nil
}

// Open starts a stream of batches.
func (f *File) Open(ctx context.Context, r Request) (Stream, error) {
	d, err := f.training(r)
	if err != nil {
		return nil, err
	}
	learn, _ := f.split(d, r.Seed)
	return newFileStream(ctx, r, d, learn), nil
}

// newFileStream draws from some of a dataset's trajectories.
func newFileStream(ctx context.Context, r Request, d *dataset, learn []int) *fileStream {
	s := &fileStream{ctx: ctx, request: r, data: d, learn: learn, windows: d.frames - r.Window + 1}
	s.batch = Batch{Size: r.Batch, Parameters: make([]float64, r.Batch*d.width()), Fields: make([]float64, r.Batch*d.fields.size)}
	for t := range r.Window {
		p, _ := d.frame(t)
		s.batch.Frames = append(s.batch.Frames, make([]float64, r.Batch*p.size))
	}
	return s
}

// String names the file that is reported on, for the tables that quote it.
func (f *File) String() string { return f.Test }
