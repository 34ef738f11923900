package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"eddy/rollout"
	"eddy/train/bench"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

func benchRunCommand() *cobra.Command {
	var out string
	var jobs, workers, seeds int
	c := &cobra.Command{
		Use:   "run BENCH [key=value…]",
		Short: "Train every cell of a bench, judge it and write the tables",
		Long: `Train every cell of a bench, judge it and write the tables: table.md, .csv and
.tex say what the models reach, costs.md, .csv and .tex what it took, bench.html
shows both and the error over time. Cells are kept under a hash of their
configuration, of the program and of their data: started again, a bench goes on
where it was interrupted, and computes anew only what has changed. Settings lie
on top of every cell.`,
		Example: `  eddy bench run configs/bench/apebench_diff_adv.yaml
  eddy bench run configs/bench/apebench_1d.yaml train.steps=100 --out runs/bench/trial`,
		Args: someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			b, err := bench.Load(args[0])
			if err != nil {
				return &usageError{err}
			}
			if seeds > 0 {
				b.Seeds = b.Seeds[:min(seeds, len(b.Seeds))]
			}
			cells, err := b.Plan(filepath.Dir(args[0]), args[1:]...)
			if err != nil {
				return &usageError{fmt.Errorf("%s: %w", args[0], err)}
			}
			if out == "" {
				out = filepath.Join(runsRoot, "bench", b.Name)
			}
			r := bench.Run{Dir: out, Bench: b, Cells: cells, Jobs: jobs, Workers: workers, Command: reproduce("bench run", args)}
			show, end := benchConsole()
			r.OnProgress = show
			tables, err := r.Go(c.Context())
			end()
			return errors.Join(printTables(c.OutOrStdout(), tables, filepath.Join(out, "bench.html")), err)
		},
	}
	c.Flags().StringVar(&out, "out", "", "folder of the bench (default: runs/bench/NAME)")
	c.Flags().IntVar(&jobs, "jobs", 0, "cells at the same time; 0 for as many as the cores allow")
	c.Flags().IntVar(&seeds, "seeds", 0, "take only so many of the bench's seeds, the first; 0 for all")
	c.Flags().IntVar(&workers, "workers", 1, "goroutines that compute a cell. Results do not depend on it")
	return c
}

// printTables prints the tables that there are, and where the page is.
func printTables(w io.Writer, tables []rollout.Table, page string) error {
	if tables == nil {
		return nil
	}
	for _, t := range tables {
		if err := t.Markdown(w); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintln(w, page)
	return err
}

// benchConsole shows how far a bench is: a bar on a terminal, and everywhere a
// line for each cell that is complete.
func benchConsole() (show func(bench.Progress), end func()) {
	logrus.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return benchLine, func() {}
	}
	const whole = 10000
	var last bench.Progress
	p := mpb.New(mpb.WithOutput(os.Stderr), mpb.WithRefreshRate(200*time.Millisecond))
	logrus.SetOutput(p)
	b := p.AddBar(whole,
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return fmt.Sprintf("%d/%d cells ", last.Done, last.Cells) })),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return fmt.Sprintf("%.0f %%, %s left", 100*last.Share, left(last.Left)) })))
	return func(now bench.Progress) {
			last = now
			b.SetCurrent(int64(whole * min(now.Share, 0.9999)))
			benchLine(now)
		}, func() {
			b.Abort(false)
			p.Wait()
			logrus.SetOutput(os.Stderr)
		}
}

// benchLine logs a cell that is complete.
func benchLine(p bench.Progress) {
	if p.Cell == nil || p.Kept {
		return
	}
	verdict := "done"
	if p.Failure != "" {
		verdict = "FAILED: " + strings.SplitN(p.Failure, "\n", 2)[0]
	}
	logrus.Infof("%d/%d %v: %s; %s left", p.Done, p.Cells, *p.Cell, verdict, left(p.Left))
}

// left is a time to go, as short as it is known.
func left(d time.Duration) string {
	if d > time.Minute {
		return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
	}
	return d.Round(time.Second).String()
}
