package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// program identifies what was timed.
type program struct {
	workload, kind, name, version string
	setting
}

// times holds the medians and minima of the rounds, in ms.
type times struct{ medians, minima []float64 }

type results map[program]*times

func (r results) add(p program, median, fastest float64) {
	if r[p] == nil {
		r[p] = &times{}
	}
	r[p].medians = append(r[p].medians, median)
	r[p].minima = append(r[p].minima, fastest)
}

func (t *times) median() float64 {
	s := slices.Sorted(slices.Values(t.medians))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func (t *times) min() float64 { return slices.Min(t.minima) }

// spread is half the range of the rounds' medians, as a share of their median.
func (t *times) spread() float64 {
	return (slices.Max(t.medians) - slices.Min(t.medians)) / 2 / t.median()
}

// timeEddy adds the figures of eddy's own benchmark.
func timeEddy(o options, name string, all results) error {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("eddy_speed_%d.csv", os.Getpid()))
	defer os.Remove(path)
	if out, err := exec.Command(o.eddy, "bench", "speed", name, "--csv", path).CombinedOutput(); err != nil {
		return fmt.Errorf("eddy bench speed %s: %w\n%s", name, err, out)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	column := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	for _, want := range []string{"workload", "kind", "workers", "ms", "min_ms"} {
		if !slices.Contains(rows[0], want) {
			return fmt.Errorf("eddy bench speed: no column %s", want)
		}
	}
	for _, row := range rows[1:] {
		p := program{column(row, "workload"), column(row, "kind"), "eddy", "", setting{column(row, "workers"), "default"}}
		median, err1 := strconv.ParseFloat(column(row, "ms"), 64)
		fastest, err2 := strconv.ParseFloat(column(row, "min_ms"), 64)
		if err := errors.Join(err1, err2); err != nil {
			return fmt.Errorf("eddy bench speed: %w", err)
		}
		all.add(p, median, fastest)
	}
	return nil
}

// timePeer adds the figures of a peer in one setting.
func timePeer(o options, p peer, name, kind string, s setting, all results) error {
	row, err := script(o, p, name, "--kind", kind, "--threads", s.threads, "--setting", s.words, "--seconds", fmt.Sprint(o.seconds))
	if err != nil {
		return err
	}
	if len(row) != 11 {
		return fmt.Errorf("%s %s: %d columns, want 11", p.name, name, len(row))
	}
	median, err1 := strconv.ParseFloat(row[6], 64)
	fastest, err2 := strconv.ParseFloat(row[7], 64)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("%s %s: %w", p.name, name, err)
	}
	all.add(program{name, kind, p.name, row[1], s}, median, fastest)
	return nil
}

// patience bounds one run of a script, whose compilation may take a while.
const patience = 10 * time.Minute

// script returns the columns of the last line that a peer's script prints.
func script(o options, p peer, args ...string) ([]string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, o.python, append([]string{filepath.Join(o.dir, p.name+"_speed.py")}, args...)...)
	c.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", p.name, strings.Join(args, " "), err, tail(stderr.String()))
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Split(lines[len(lines)-1], ","), nil
}

// tail is the end of a long message.
func tail(s string) string { return s[max(0, len(s)-400):] }
