package data

import (
	"fmt"
	"slices"
)

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
	changes, parameters := newMoments(d.parts[len(d.parts)-1].channels), newMoments(d.width())
	fields := newMoments(d.fields.channels)
	known := map[[32]byte]uint64{} // trajectories of the training file
	err = d.scan(func(t Trajectory, hash [32]byte) {
		known[hash] = t.Index
		if _, ok := slices.BinarySearch(learn, int(t.Index)); !ok {
			return
		}
		for i, u := range t.Frames {
			stats[min(i, len(stats)-1)].add(u)
		}
		if f.Input == "" {
			changes.addChanges(t.Frames)
		}
		if d.width() > 0 {
			parameters.add(t.Parameters)
		}
		if d.fields.channels > 0 {
			fields.add(t.Fields)
		}
	})
	if err == nil && f.Test != "" {
		err = f.inspectTest(r, d, known)
	}
	if err != nil {
		return Layout{}, fmt.Errorf("file: %w", err)
	}
	last := len(d.parts) - 1
	out := names(f.Frames+f.Target, d.parts[last].channels)
	return Layout{
		Grid:       r.Problem.Grid,
		In:         stats[0].channels(names(f.Frames+f.Input, d.parts[0].channels)),
		Out:        stats[last].channels(out),
		Stepped:    f.Input == "",
		Changes:    changes.channels(out),
		Parameters: parameters.channels(f.parameterNames(r, d.width())),
		Fields:     fields.channels(names(f.Fields, d.fields.channels)),
	}, nil
}

// parameterNames are those of the problem or, where it draws none, of the
// array.
func (f *File) parameterNames(r Request, n int) []string {
	if len(r.Problem.Parameters) == 0 {
		return names(f.Parameters, n)
	}
	var all []string
	for _, p := range r.Problem.Parameters {
		all = append(all, p.Name)
	}
	return all
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
			return fmt.Errorf("%s has %d channels, but %s has %d", p.Name, p.channels, train.parts[i].Name, want)
		}
	}
	if d.width() != train.width() {
		return fmt.Errorf("%s has %d numbers for each trajectory, but that of %s %d", d.parameters.Name, d.width(), f.Train, train.width())
	}
	if d.fields.channels != train.fields.channels {
		return fmt.Errorf("%s has %d fields, but that of %s %d", d.fields.Name, d.fields.channels, f.Train, train.fields.channels)
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
