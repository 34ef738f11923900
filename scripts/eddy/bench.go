package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"eddy/internal/kernel"
	"eddy/internal/speed"
	"eddy/models/graph"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	return group("bench", "Fill tables that compare, measure this program on this machine",
		benchRunCommand(), benchTableCommand(), benchSpeedCommand())
}

func benchSpeedCommand() *cobra.Command {
	var path string
	var workers int
	c := &cobra.Command{
		Use:     "speed [WORKLOAD…]",
		Short:   "Time training steps and inference of the standard networks",
		Example: "  eddy bench speed fno1d_n256 --csv speed.csv",
		RunE: func(c *cobra.Command, args []string) error {
			chosen, err := workloads(args)
			if err != nil {
				return err
			}
			pool := kernel.NewPool(workers)
			defer pool.Close()
			peak := speed.Peak(pool)
			var all []speed.Timing
			for _, w := range chosen {
				ts, err := speed.Measure(w, graph.Machine{Precision: graph.F32, Pool: pool})
				if err != nil {
					return fmt.Errorf("%s: %w", w.Name, err)
				}
				all = append(all, ts...)
			}
			if err := printTimings(c.OutOrStdout(), all, peak); err != nil || path == "" {
				return err
			}
			return writeTimings(path, all, peak)
		},
	}
	c.Flags().StringVar(&path, "csv", "", "also write the figures to this file")
	c.Flags().IntVar(&workers, "workers", 0, "goroutines that compute; 0 for one per core")
	return c
}

// workloads returns the named workloads, all without names.
func workloads(names []string) ([]speed.Workload, error) {
	all := speed.All()
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, w := range all {
		known = append(known, w.Name)
	}
	var chosen []speed.Workload
	for _, name := range names {
		i := slices.Index(known, name)
		if i < 0 {
			return nil, &usageError{fmt.Errorf("no workload %q; there are %v", name, known)}
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func printTimings(w io.Writer, all []speed.Timing, peak float64) error {
	t := table.NewWriter()
	t.AppendHeader(table.Row{"workload", "step", "ms", "min ms", "GFLOP/s", "of peak", "MB"})
	for _, m := range all {
		t.AppendRow(table.Row{m.Workload, m.Kind, fmt.Sprintf("%.3f", ms(m.Median.Seconds())), fmt.Sprintf("%.3f", ms(m.Min.Seconds())),
			fmt.Sprintf("%.0f", m.Rate()/1e9), fmt.Sprintf("%.0f %%", 100*m.Rate()/peak), fmt.Sprintf("%.0f", float64(m.Bytes)/1e6)})
	}
	t.SetStyle(table.StyleLight)
	_, err := fmt.Fprintf(w, "%s kernels, %d workers, measured peak %.0f GFLOP/s\n%s\n", kernel.Path(), all[0].Workers, peak/1e9, t.Render())
	return err
}

func ms(seconds float64) float64 { return 1e3 * seconds }

func writeTimings(path string, all []speed.Timing, peak float64) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	rows := [][]string{{"workload", "kind", "workers", "ms", "min_ms", "gflop", "gflops", "peak_share", "bytes"}}
	g := func(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
	for _, m := range all {
		rows = append(rows, []string{m.Workload, m.Kind, strconv.Itoa(m.Workers), g(ms(m.Median.Seconds())), g(ms(m.Min.Seconds())),
			g(m.FLOP / 1e9), g(m.Rate() / 1e9), g(m.Rate() / peak), strconv.Itoa(m.Bytes)})
	}
	return csv.NewWriter(f).WriteAll(rows)
}
