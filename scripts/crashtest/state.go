package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

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

// saving reports whether a run is at a checkpoint, or died at one.
func saving(dir string) bool {
	return exists(filepath.Join(dir, "checkpoints", "last.new")) || exists(filepath.Join(dir, "checkpoints", "best.new"))
}

// phase says what a dead process was at.
func phase(dir string, saved, steps int) string {
	switch {
	case saved == steps:
		return "judging"
	case saving(dir):
		return "saving"
	case !exists(filepath.Join(dir, "metrics.csv")):
		return "starting"
	}
	return "training"
}
