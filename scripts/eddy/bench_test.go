package main

import (
	"path/filepath"
	"testing"
)

// TestBench fills a bench of two cells, shows its tables, and makes them again.
func TestBench(t *testing.T) {
	dir := folder(t)
	write(t, filepath.Join(dir, "two.yaml"), `name: two
base: {file: tiny.yaml}
models: [{name: FNO, grid: {model.width: [4, 6]}}]
`)
	eddy(t, dir, "bench", "run", "two.yaml", "--jobs", "2").
		demand(t, 0, "| FNO, width = 4 |", "| FNO, width = 6 |", "| persistence |", "break-even", "2/2 ", "runs/bench/two/bench.html")
	before := read(t, filepath.Join(dir, "runs", "bench", "two", "table.md"))
	eddy(t, dir, "bench", "table", "runs/bench/two").demand(t, 0, "| FNO, width = 6 |")
	if read(t, filepath.Join(dir, "runs", "bench", "two", "table.md")) != before {
		t.Error("the table was made of other bytes")
	}

	eddy(t, dir, "bench", "run", "two.yaml", "model.modes=[9]", "--out", "x").demand(t, exitError, "2 cells failed", "model.modes: 9 along axis 0", "x/bench.html")
	eddy(t, dir, "bench", "run", "tiny.yaml").demand(t, exitUsage, "tiny.yaml:", "unknown key `problem`")
	eddy(t, dir, "bench", "run", "two.yaml", "train.setps=3").demand(t, exitUsage, "did you mean `steps`?")
	eddy(t, dir, "bench", "run", "three.yaml").demand(t, exitUsage, "three.yaml: no such file")
	eddy(t, dir, "bench", "table", "y").demand(t, exitError, "y holds no bench")
}
