package bench

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eddy/train"
)

// fixed are the files of a bench that depend on nothing but what is hashed.
var fixed = []string{resultsName, "table.md", "table.csv", "table.tex", "curves.png"}

func read(t *testing.T, elem ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(elem...))
	check(t, err)
	return string(text)
}

// fill fills a bench.
func fill(t *testing.T, r *Run) {
	t.Helper()
	_, err := r.Go(t.Context())
	check(t, err)
}

// TestRun fills a bench by one and by three jobs: equal bytes. A second run has
// nothing to do, and another model is trained alone.
func TestRun(t *testing.T) {
	dir := folder(t, small)
	b, all := cells(t, dir)
	one, three := filepath.Join(dir, "one"), filepath.Join(dir, "three")
	fill(t, &Run{Dir: one, Bench: b, Cells: all, Jobs: 1})
	_, again := cells(t, dir)
	fill(t, &Run{Dir: three, Bench: b, Cells: again, Jobs: 3, Workers: 2})
	for _, name := range fixed {
		if read(t, one, name) != read(t, three, name) {
			t.Errorf("%s differs between one job and three", name)
		}
	}
	for _, want := range []string{
		"| slow | FNO | 3 × 2 seeds | 6 of 6 |", "| fast | persistence |", "FNO, published | – | – | 0.5 (×", "published: nobody", "within 2 for ",
		"truth's own error", "with half the dt", "slow: truth from ETDRK",
	} {
		if !strings.Contains(read(t, one, "table.md"), want) {
			t.Errorf("table.md has no %q:\n%s", want, read(t, one, "table.md"))
		}
	}
	// lift (1+1)·4+4, spectral 2·4·4·4, skip 4·4+4, projection 4·128+128 and 128+1
	if costs := read(t, one, "costs.md"); !strings.Contains(costs, "| slow | FNO | 929 |") || !strings.Contains(costs, "measured on ") {
		t.Error(costs)
	}

	_, more := cells(t, folder(t, strings.Replace(small, "depth: 2", "depth: 3", 1)))
	kept := map[string]bool{}
	fill(t, &Run{Dir: one, Bench: b, Cells: more, Jobs: 1, OnProgress: func(p Progress) {
		if p.Cell != nil {
			kept[p.Cell.String()] = p.Kept
		}
	}})
	for _, c := range more {
		if kept[c.String()] != (c.Model == "FNO") {
			t.Errorf("%v: kept is %v", c, kept[c.String()])
		}
	}
}

// TestPublish makes the same bytes again from the two files, and refuses numbers
// of another cell.
func TestPublish(t *testing.T) {
	dir := folder(t, small)
	b, all := cells(t, dir)
	out := filepath.Join(dir, "out")
	fill(t, &Run{Dir: out, Bench: b, Cells: all[:4]})
	before := map[string]string{}
	for _, name := range append(fixed, "costs.md", "costs.csv", "costs.tex", "bench.html") {
		before[name] = read(t, out, name)
	}
	check(t, os.RemoveAll(filepath.Join(out, "cells")))
	_, err := Publish(out)
	check(t, err)
	for name, text := range before {
		if read(t, out, name) != text {
			t.Errorf("%s was made of other bytes", name)
		}
	}
	if missing, err := Missing(out); err != nil || len(missing) != 0 {
		t.Errorf("missing %v, %v", missing, err)
	}

	path := filepath.Join(out, resultsName)
	lines := strings.SplitAfter(before[resultsName], "\n")
	var fewer, stale strings.Builder
	for _, line := range lines {
		if !strings.Contains(line, all[2].Hash) {
			fewer.WriteString(line)
		}
		stale.WriteString(strings.Replace(line, all[1].Hash, "0123456789abcdef", 1))
	}
	check(t, os.WriteFile(path, []byte(stale.String()), 0o644))
	want := "stale cell slow, FNO, seed 3: it has numbers of 0123456789abcdef, the bench is now " + all[1].Hash
	if _, err := Publish(out); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("numbers of another cell: %v", err)
	}
	check(t, os.WriteFile(path, []byte(fewer.String()), 0o644))
	if missing, err := Missing(out); err != nil || len(missing) != 1 || missing[0] != all[2].Place {
		t.Errorf("missing %v, %v, want %v", missing, err, all[2].Place)
	}
}

// TestRunOfOne: a bench that is nothing but an experiment has a row, called after
// its network.
func TestRunOfOne(t *testing.T) {
	dir := folder(t, "name: one\nbase: {file: tiny.yaml}\n")
	b, all := cells(t, dir)
	out := filepath.Join(dir, "out")
	fill(t, &Run{Dir: out, Bench: b, Cells: all})
	if table := read(t, out, "table.md"); !strings.Contains(table, "| fno | 3 | 3 of 3 |") {
		t.Error(table)
	}
}

// TestBands: three columns of a metric with a parameter have a picture, by the
// parameter, of the frame that the columns show.
func TestBands(t *testing.T) {
	dir := folder(t, `name: bands
base:
  file: tiny.yaml
  with:
    rollout:
      metrics: [nrmse, {kind: band_nrmse, low: 0.0, high: 2.0}, {kind: band_nrmse, low: 2.0, high: 4.0}, {kind: band_nrmse, low: 4.0, high: 8.0}]
columns:
  - {metric: nrmse, times: [1.0]}
  - {metric: band_nrmse@0-2, times: [0.5]}
  - {metric: band_nrmse@2-4, times: [0.5]}
  - {metric: band_nrmse@4-8, times: [0.5]}
seeds: [1, 2]
`)
	b, all := cells(t, dir)
	out := filepath.Join(dir, "out")
	fill(t, &Run{Dir: out, Bench: b, Cells: all})
	if picture := read(t, out, "bands.png"); !strings.HasPrefix(picture, "\x89PNG") {
		t.Error("bands.png is no picture")
	}
	k, err := open(out)
	check(t, err)
	base, columns := k.family()
	if base != "band_nrmse" || len(columns) != 3 {
		t.Errorf("%s with %v", base, columns)
	}
	if got := valuesAt(k.rows(), "tiny", "fno", "band_nrmse@2-4", 0.5); len(got) != 2 || got[0] == got[1] {
		t.Errorf("%v of two seeds", got)
	}
}

// TestFailure: a cell that cannot be trained is named with its error, and its
// row of the table says so in place of a mean of the others.
func TestFailure(t *testing.T) {
	dir := folder(t, strings.Replace(small, "name: Conv, with: {model: {kind: convnet, width: 4, depth: 2}}", "name: Many, with: {model: {modes: [9]}}", 1))
	b, all := cells(t, dir)
	out := filepath.Join(dir, "out")
	_, err := (&Run{Dir: out, Bench: b, Cells: all[:4]}).Go(t.Context())
	if err == nil || !strings.Contains(err.Error(), "2 cells failed") || !strings.Contains(err.Error(), "slow, Many, seed 7: model.modes: 9 along axis 0") {
		t.Errorf("got %v", err)
	}
	table := read(t, out, "table.md")
	for _, want := range []string{"| Many | – | – | 2 of 2 failed | 2 of 2 failed |", "failed: slow, Many, seed 3: model.modes: 9", "| FNO | 3 × 2 seeds |"} {
		if !strings.Contains(table, want) {
			t.Errorf("no %q in\n%s", want, table)
		}
	}
}

// TestStop: a bench that is stopped says so, has saved its cells, and goes on to
// the same bytes. Its folder is for one process at a time.
func TestStop(t *testing.T) {
	dir := folder(t, small)
	b, all := cells(t, dir)
	whole, part := filepath.Join(dir, "whole"), filepath.Join(dir, "part")
	fill(t, &Run{Dir: whole, Bench: b, Cells: all})
	for at := 5; ; at += 9 {
		ctx, stop := context.WithCancel(t.Context())
		steps := 0
		_, again := cells(t, dir)
		_, err := (&Run{Dir: part, Bench: b, Cells: again, Jobs: 1, OnProgress: func(Progress) {
			if steps++; steps == at {
				stop()
			}
		}}).Go(ctx)
		stop()
		if err == nil {
			break
		}
		if !errors.Is(err, train.ErrStopped) {
			t.Fatal(err)
		}
	}
	for _, name := range fixed {
		if read(t, whole, name) != read(t, part, name) {
			t.Errorf("%s differs after stops", name)
		}
	}
	lock, err := train.Lock(part)
	check(t, err)
	defer lock.Close()
	if _, err := (&Run{Dir: part, Bench: b, Cells: all}).Go(t.Context()); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("two runs in a folder: %v", err)
	}
}
