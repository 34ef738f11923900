package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
)

// best returns the setting of a program with the least median, nil if it was
// not timed.
func (r results) best(workload, kind, name string) (program, *times) {
	var which program
	var least *times
	for p, t := range r {
		if p.workload == workload && p.kind == kind && p.name == name && (least == nil || t.median() < least.median()) {
			which, least = p, t
		}
	}
	return which, least
}

// printTable compares eddy with each peer in the peer's best setting.
func printTable(w io.Writer, all results, names []string, found []peer) {
	head, rule := "| workload | step | eddy ms (min) ± |", "|---|---|---|"
	for _, p := range found {
		head += fmt.Sprintf(" %s ms (min) ± | setting | %s / eddy |", p.name, p.name)
		rule += "---|---|---|"
	}
	fmt.Fprintf(w, "%s\n%s\n", head, rule)
	for _, name := range names {
		for _, kind := range kinds {
			_, own := all.best(name, kind, "eddy")
			if own == nil {
				continue
			}
			fmt.Fprintf(w, "| %s | %s | %s |", name, kind, own)
			for _, p := range found {
				which, t := all.best(name, kind, p.name)
				if t == nil {
					fmt.Fprint(w, " | | |")
					continue
				}
				fmt.Fprintf(w, " %s | %s, %s threads, %s | %.2f |", t, which.version, which.threads, which.words, t.median()/own.median())
			}
			fmt.Fprintln(w)
		}
	}
}

// String is the median, the minimum and the spread.
func (t *times) String() string {
	return fmt.Sprintf("%.3g (%.3g) ±%.0f %%", t.median(), t.min(), 100*t.spread())
}

// writeCSV writes every setting, with its ratio to eddy.
func writeCSV(path string, all results) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	rows := [][]string{{"program", "version", "workload", "kind", "threads", "setting", "ms", "min_ms", "spread", "rounds", "ratio"}}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 5, 64) }
	for _, p := range slices.SortedFunc(maps.Keys(all), order) {
		t := all[p]
		ratio := ""
		if _, own := all.best(p.workload, p.kind, "eddy"); own != nil {
			ratio = number(t.median() / own.median())
		}
		rows = append(rows, []string{p.name, p.version, p.workload, p.kind, p.threads, p.words,
			number(t.median()), number(t.min()), number(t.spread()), strconv.Itoa(len(t.medians)), ratio})
	}
	return csv.NewWriter(f).WriteAll(rows)
}

// order is that of the workloads, then the programs.
func order(a, b program) int {
	return cmp.Or(
		slices.Index(workloads, a.workload)-slices.Index(workloads, b.workload),
		slices.Index(kinds, a.kind)-slices.Index(kinds, b.kind),
		cmp.Compare(a.name, b.name), cmp.Compare(a.words, b.words), cmp.Compare(a.threads, b.threads),
	)
}
