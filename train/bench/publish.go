package bench

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"eddy/internal/bundle"
	"eddy/rollout"
)

// Publish makes what there is to show of a bench from plan.json, results.csv and
// timings.csv in its folder:
//
//	table.md, table.csv, table.tex   what the models reach; no bit depends on the clock
//	costs.md, costs.csv, costs.tex   what it took, and when that pays
//	curves.png                       the error over time, a panel for each scenario, where there is a time
//	bands.png                        the error by bands, or by another parameter of a metric, where there are several
//	bench.html                       all of it on one page
//
// and returns both tables. Equal files give equal bytes. It refuses numbers of
// another cell than the plan's: results of another configuration, program or
// data than the bench has now.
func Publish(dir string) ([]rollout.Table, error) {
	b, err := open(dir)
	if err != nil {
		return nil, err
	}
	tables := []rollout.Table{b.table(), b.costTable()}
	pictures, err := b.pictures()
	if err != nil {
		return nil, err
	}
	write := func(name string, content func(io.Writer) error) {
		var out bytes.Buffer
		err = errors.Join(err, content(&out), bundle.WriteFile(filepath.Join(dir, name), out.Bytes()))
	}
	for i, name := range []string{"table", "costs"} {
		write(name+".md", tables[i].Markdown)
		write(name+".csv", tables[i].CSV)
		write(name+".tex", tables[i].LaTeX)
	}
	for _, p := range pictures {
		write(p.name, func(w io.Writer) error { _, err := w.Write(p.Data); return err })
	}
	write("bench.html", b.page(tables, pictures).HTML)
	return tables, err
}

// picture is one of a bench, and the file that it is written to.
type picture struct {
	name string
	rollout.Picture
}

// pictures are those that there is something to draw for.
func (b *book) pictures() ([]picture, error) {
	var all []picture
	for _, p := range []struct {
		name, caption string
		draw          func() ([]byte, error)
	}{
		{"curves.png", "Error over time: median over the seeds, and the middle half of them.", b.curves},
		{"bands.png", "Error by bands: median over the seeds, and the middle half of them.", b.bands},
	} {
		data, err := p.draw()
		if err != nil {
			return nil, err
		}
		if data != nil {
			all = append(all, picture{p.name, rollout.Picture{Caption: p.caption, Data: data}})
		}
	}
	return all, nil
}

// book is a bench that has been run: its plan and its numbers.
type book struct {
	plan
	results, costs []Line
}

func open(dir string) (*book, error) {
	text, err := os.ReadFile(filepath.Join(dir, planName))
	if err != nil {
		return nil, fmt.Errorf("%s holds no bench: %w", dir, err)
	}
	b := &book{}
	if err := json.Unmarshal(text, &b.plan); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, planName), err)
	}
	for _, file := range []struct {
		name  string
		lines *[]Line
	}{{resultsName, &b.results}, {timingsName, &b.costs}} {
		if *file.lines, err = loadLines(filepath.Join(dir, file.name)); err != nil {
			return nil, err
		}
		if err := b.fresh(*file.lines); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, file.name), err)
		}
	}
	return b, nil
}

// fresh refuses lines of cells that are not those of the plan, by name.
func (b *book) fresh(lines []Line) error {
	planned := map[Place]string{}
	for _, p := range slices.Concat(b.Cells, b.Truths) {
		planned[p.bare()] = p.Hash
	}
	var faults []error
	told := map[Place]bool{}
	for _, l := range lines {
		hash, ok := planned[l.bare()]
		if hash == l.Hash || told[l.Place] {
			continue
		}
		told[l.Place] = true
		if ok {
			faults = append(faults, fmt.Errorf("stale cell %v: it has numbers of %s, the bench is now %s; run it again", l.Place, l.Hash, hash))
		} else {
			faults = append(faults, fmt.Errorf("stale cell %v: the bench has no such cell; run it again", l.Place))
		}
	}
	return errors.Join(faults...)
}

// bare is the place without its hash.
func (p Place) bare() Place {
	p.Hash = ""
	return p
}

// Missing lists the cells that a bench has no numbers of.
func Missing(dir string) ([]Place, error) {
	b, err := open(dir)
	if err != nil {
		return nil, err
	}
	found := map[Place]bool{}
	for _, l := range b.results {
		found[l.Place] = true
	}
	var missing []Place
	for _, p := range b.Cells {
		if !found[p] {
			missing = append(missing, p)
		}
	}
	return missing, nil
}

// page is all there is to show, on one page.
func (b *book) page(tables []rollout.Table, pictures []picture) rollout.Report {
	title := b.Title
	if title == "" {
		title = b.Name
	}
	r := rollout.Report{
		Title: title, Summary: fmt.Sprintf("%d trainings by eddy %s.", len(b.Cells), b.Code.Version),
		Tables: tables, Config: b.Bench, Command: b.Command,
		Environment: []rollout.Entry{
			{Name: "eddy", Value: b.Code.Version}, {Name: "Go", Value: b.Code.Go},
			{Name: "target", Value: b.Code.Target}, {Name: "kernels", Value: b.Code.Kernel},
		},
	}
	for _, p := range pictures {
		r.Pictures = append(r.Pictures, p.Picture)
	}
	for _, note := range b.machines() {
		r.Environment = append(r.Environment, rollout.Entry{Name: "measured on", Value: note})
	}
	return r
}

// machines are what the cells were measured on, and from when to when.
func (b *book) machines() []string {
	var all []string
	first, last := map[string]string{}, map[string]string{}
	for _, l := range b.costs {
		if l.Metric != lineMachine {
			continue
		}
		i := strings.LastIndex(l.Note, ", ")
		what, when := l.Note[:max(i, 0)], l.Note[i+1:]
		if first[what] == "" {
			all = append(all, what)
		}
		if f := first[what]; f == "" || when < f {
			first[what] = when
		}
		last[what] = max(last[what], when)
	}
	for i, what := range all {
		all[i] = what + "," + first[what]
		if last[what] != first[what] {
			all[i] += " to" + last[what]
		}
	}
	return all
}
