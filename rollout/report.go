package rollout

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"
)

// Report is what there is to tell about a run, for a single HTML file that
// needs neither a network nor scripts.
type Report struct {
	Title       string
	Summary     string // one line
	Tables      []Table
	Pictures    []Picture
	Config      string // the resolved configuration, as YAML
	Environment []Entry
	Costs       []Cost
	Counters    []Entry // of the stream of training data
	Command     string  // that makes this run again
}

// Entry is a named value.
type Entry struct{ Name, Value string }

// Picture is a PNG or a GIF, and what it shows.
type Picture struct {
	Caption string
	Data    []byte
}

//go:embed report.html.tmpl
var reportText string

var reportPage = template.Must(template.New("report").Parse(reportText))

// HTML writes the report. All text is escaped; the page's own policy forbids
// scripts and any access to a network.
func (r Report) HTML(w io.Writer) error {
	for _, p := range r.Pictures {
		if _, err := p.Source(); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return reportPage.Execute(w, r)
}

// CostTable lists the costs.
func (r Report) CostTable() Table {
	t := Table{Head: append([]string{"case", "model"}, costHead(r.Costs)...)}
	for _, c := range r.Costs {
		t.Cells = append(t.Cells, append([]Cell{{Text: c.Case}, {Text: c.Model}}, costCells(r.Costs, c.Case, c.Model)...))
	}
	return t
}

// Source is the picture as a data URL.
func (p Picture) Source() (template.URL, error) {
	kind := http.DetectContentType(p.Data)
	if kind != "image/png" && kind != "image/gif" {
		return "", fmt.Errorf("picture %q is %s, want a PNG or a GIF", p.Caption, kind)
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(p.Data)), nil
}
