package bench

import (
	"bytes"
	"path/filepath"

	"eddy/internal/bundle"
)

// record is what a cell leaves: results, which depend on nothing but what its
// hash is of, and costs, which the clock and the machine decide.
type record struct {
	results, costs []Line
}

// The files of a record, as a bundle in the folder of the cell.
const (
	recordName  = "record"
	resultsName = "results.csv"
	timingsName = "timings.csv"
)

// read takes up the record of a cell that is complete, fs.ErrNotExist if it is
// not.
func (p Place) read(dir string) (r record, err error) {
	files, err := bundle.Read(filepath.Join(dir, recordName))
	if err != nil {
		return r, err
	}
	if r.results, err = readLines(bytes.NewReader(files[resultsName])); err != nil {
		return r, err
	}
	if r.costs, err = readLines(bytes.NewReader(files[timingsName])); err != nil {
		return r, err
	}
	for _, lines := range [][]Line{r.results, r.costs} {
		for i := range lines {
			lines[i].Place = p // names may have changed since
		}
	}
	return r, nil
}

// write keeps the record of a cell, whole or not at all.
func (r record) write(dir string) error {
	results, err := writeLines(r.results)
	if err != nil {
		return err
	}
	costs, err := writeLines(r.costs)
	if err != nil {
		return err
	}
	return bundle.Write(filepath.Join(dir, recordName), bundle.Files{resultsName: results, timingsName: costs})
}
