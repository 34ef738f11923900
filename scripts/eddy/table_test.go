package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTable puts two seeds together, and refuses the same number twice.
func TestTable(t *testing.T) {
	dir := folder(t)
	eddy(t, dir, "train", "tiny.yaml", "--out", "a").demand(t, 0)
	eddy(t, dir, "train", "tiny.yaml", "seed=7", "--out", "b").demand(t, 0)
	eddy(t, dir, "table", "a/results.csv", "b/results.csv").demand(t, 0, "| fno | 2 × 2 seeds |", "| persistence |")
	eddy(t, dir, "table", "c/results.csv").demand(t, exitError, "c/results.csv")
	eddy(t, dir, "table").demand(t, exitUsage)
	write(t, filepath.Join(dir, "bad.csv"), "a,b\n")
	eddy(t, dir, "table", "bad.csv").demand(t, exitError, "bad.csv")
}

// TestBenchSpeed times the smallest workload, and writes its figures.
func TestBenchSpeed(t *testing.T) {
	dir := t.TempDir()
	eddy(t, dir, "bench", "speed", "pinn_8x20", "--workers", "1", "--csv", "speed.csv").demand(t, 0, "pinn_8x20", "train", "infer", "GFLOP/s", "1 workers")
	lines := strings.Split(strings.TrimSpace(read(t, filepath.Join(dir, "speed.csv"))), "\n")
	if len(lines) != 3 || lines[0] != "workload,kind,workers,ms,min_ms,gflop,gflops,peak_share,bytes" {
		t.Errorf("speed.csv: %v", lines)
	}
	eddy(t, dir, "bench", "speed", "nothing").demand(t, exitUsage, `no workload "nothing"`)
}
