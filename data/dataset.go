package data

import (
	"errors"
	"fmt"
	"slices"

	"eddy/data/npy"
	"eddy/physics"
)

// dataset is the trajectories of a file: S of them, of T frames each. Frames
// that follow each other may come from several arrays: a pair is a trajectory
// of two frames with an array for each.
type dataset struct {
	parts      []part
	count      int        // S
	frames     int        // T
	parameters *npy.Array // [S, P], nil where there are none
	fields     part       // [S, N…, F], without an array where there are none
	every      int        // points of the file for a point of the grid, along each axis
}

// part is an array [S, T, N…, C] that has T frames of each trajectory.
type part struct {
	*npy.Array
	frames, channels int
	size             int // of a frame, N…·C
}

// openPairs opens two arrays [S, N…] or [S, N…, C].
func openPairs(path, input, target string, every int, g physics.Grid) (*dataset, error) {
	d := &dataset{every: every}
	for _, name := range []string{input, target} {
		if err := d.add(path, name, 1, g); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// openTrajectories opens an array [S, T, N…] or [S, T, N…, C].
func openTrajectories(path, name string, every int, g physics.Grid) (*dataset, error) {
	d := &dataset{every: every}
	return d, d.add(path, name, 2, g)
}

// add opens the array of the next frames.
func (d *dataset) add(path, name string, leading int, g physics.Grid) error {
	p, err := d.openPart(path, name, leading, g)
	if err != nil {
		return err
	}
	if len(d.parts) > 0 && p.Shape[0] != d.count {
		return fmt.Errorf("%s has %d samples, but %s has %d", p.Name, p.Shape[0], d.parts[0].Name, d.count)
	}
	d.parts = append(d.parts, p)
	d.count = p.Shape[0]
	d.frames += p.frames
	return nil
}

// openPart opens an array whose shape is some leading axes (S, or S and T),
// those of the grid, and the channels where there are several.
func (d *dataset) openPart(path, name string, leading int, g physics.Grid) (part, error) {
	a, err := npy.Open(path, name)
	if err == nil && d.every > 1 {
		a, err = a.Sampled(d.every, leading, g)
	}
	if err != nil {
		return part{}, err
	}
	p := part{Array: a, frames: 1, channels: 1, size: g.Size()}
	end := leading + g.Dims()
	if len(a.Shape) < end || len(a.Shape) > end+1 || !slices.Equal(a.Shape[leading:end], g.Points) {
		axes := []any{"S", "T"}[:leading]
		for _, n := range g.Points {
			axes = append(axes, n)
		}
		return p, fmt.Errorf("%s has the shape %v, but the problem's grid has the points %v: want the shape %v, or with a last axis for channels",
			a.Name, a.Shape, g.Points, axes)
	}
	if len(a.Shape) > end {
		p.channels = a.Shape[end]
		p.size *= p.channels
	}
	if leading == 2 {
		p.frames = a.Shape[1]
	}
	if a.Shape[0] == 0 || p.frames == 0 || p.channels == 0 {
		return p, fmt.Errorf("%s has the shape %v and thus no values", a.Name, a.Shape)
	}
	return p, nil
}

// addParameters opens an array [S, P] of numbers that hold for a trajectory.
func (d *dataset) addParameters(path, name string) error {
	a, err := npy.Open(path, name)
	if err != nil {
		return err
	}
	if len(a.Shape) != 2 || a.Shape[0] != d.count || a.Shape[1] == 0 {
		return fmt.Errorf("%s has the shape %v, want [%d P]: P numbers for each of the trajectories", a.Name, a.Shape, d.count)
	}
	d.parameters = a
	return nil
}

// addFields opens an array of fields that hold for a trajectory.
func (d *dataset) addFields(path, name string, g physics.Grid) error {
	p, err := d.openPart(path, name, 1, g)
	if err == nil && p.Shape[0] != d.count {
		err = fmt.Errorf("%s has fields of %d trajectories, want %d", p.Name, p.Shape[0], d.count)
	}
	d.fields = p
	return err
}

// readFields fills v [N…·F] with the fields of trajectory s.
func (d *dataset) readFields(v []float64, s int) error {
	if d.fields.Array == nil {
		return nil
	}
	return d.fields.Read(v, s*len(v))
}

// width is the number of parameters, P.
func (d *dataset) width() int {
	if d.parameters == nil {
		return 0
	}
	return d.parameters.Shape[1]
}

// readParameters fills v [P] with the parameters of trajectory s.
func (d *dataset) readParameters(v []float64, s int) error {
	if d.parameters == nil {
		return nil
	}
	return d.parameters.Read(v, s*len(v))
}

// frame finds the array of frame t, and the number of the frame in it.
func (d *dataset) frame(t int) (part, int) {
	for _, p := range d.parts {
		if t < p.frames {
			return p, t
		}
		t -= p.frames
	}
	panic("data: frame beyond the trajectory")
}

// read fills u [N…·C] with frame t of trajectory s.
func (d *dataset) read(u []float64, s, t int) error {
	p, k := d.frame(t)
	return p.Array.Read(u, (s*p.frames+k)*p.size)
}

// trajectory reads the first n frames of trajectory s.
func (d *dataset) trajectory(s, n int) (Trajectory, error) {
	trajectory := Trajectory{
		Index: uint64(s), Frames: make([][]float64, n),
		Parameters: make([]float64, d.width()), Fields: make([]float64, d.fields.size),
	}
	if err := errors.Join(d.readParameters(trajectory.Parameters, s), d.readFields(trajectory.Fields, s)); err != nil {
		return Trajectory{}, err
	}
	for t := range n {
		p, _ := d.frame(t)
		trajectory.Frames[t] = make([]float64, p.size)
		if err := d.read(trajectory.Frames[t], s, t); err != nil {
			return Trajectory{}, err
		}
	}
	return trajectory, nil
}
