package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"eddy/internal/bundle"
)

// savedStep is the step that a run would go on after, 0 for the beginning. A
// checkpoint that cannot be read is an error.
func savedStep(dir string) (int, error) {
	files, err := bundle.Read(filepath.Join(dir, "checkpoints", "last"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var marks struct{ Step int }
	return marks.Step, json.Unmarshal(files["state.json"], &marks)
}

// loggedSteps is the number of rows in a run's metrics.csv.
func loggedSteps(dir string) int {
	text, _ := os.ReadFile(filepath.Join(dir, "metrics.csv"))
	return max(0, bytes.Count(text, []byte("\n"))-1)
}

// saves reports whether a process that began at start is at a checkpoint of the
// run, or died at one. What an earlier one left does not count.
func saves(dir string, start time.Time) bool {
	for _, name := range []string{"last.new", "best.new"} {
		info, err := os.Stat(filepath.Join(dir, "checkpoints", name))
		if err == nil && info.ModTime().After(start) {
			return true
		}
	}
	return false
}

// phase says what a dead process was at that began at start.
func phase(dir string, start time.Time, saved, steps int) string {
	switch {
	case saved == steps:
		return "judging"
	case saves(dir, start):
		return "saving"
	case !exists(filepath.Join(dir, "metrics.csv")):
		return "starting"
	}
	return "training"
}
