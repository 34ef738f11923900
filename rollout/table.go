package rollout

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Table is text in rows and columns, with notes on how to read it.
type Table struct {
	Notes []string
	Head  []string
	Cells [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Text string
	Bold bool
}

// markdownEscape hides what Markdown would read as markup. The table writer
// escapes the bars.
var markdownEscape = strings.NewReplacer(`\`, `\\`, "*", `\*`, "`", "\\`", "<", `\<`, "](", `]\(`, "\n", " ", "\r", " ")

// Markdown writes the notes as a list and the table below.
func (t Table) Markdown(w io.Writer) error {
	var out strings.Builder
	for _, note := range t.Notes {
		out.WriteString("- " + markdownEscape.Replace(note) + "\n")
	}
	pretty := t.pretty(func(c Cell) string {
		if c.Bold {
			return "**" + markdownEscape.Replace(c.Text) + "**"
		}
		return markdownEscape.Replace(c.Text)
	})
	_, err := fmt.Fprintf(w, "%s\n%s\n", &out, pretty.RenderMarkdown())
	return err
}

// CSV writes the table without its notes and bold type.
func (t Table) CSV(w io.Writer) error {
	_, err := fmt.Fprintln(w, t.pretty(func(c Cell) string { return c.Text }).RenderCSV())
	return err
}

// left tells the columns of names from those of numbers.
func (t Table) left(column int) bool { return t.Head[column] == "case" || t.Head[column] == "model" }

// pretty hands the cells over to the table writer, numbers right-aligned.
func (t Table) pretty(print func(Cell) string) table.Writer {
	out := table.NewWriter()
	var aligned []table.ColumnConfig
	head := make(table.Row, len(t.Head))
	for i, name := range t.Head {
		head[i] = print(Cell{Text: name})
		align := text.AlignRight
		if t.left(i) {
			align = text.AlignLeft
		}
		aligned = append(aligned, table.ColumnConfig{Number: i + 1, Align: align, AlignHeader: align})
	}
	out.SetColumnConfigs(aligned)
	out.AppendHeader(head)
	for _, cells := range t.Cells {
		row := make(table.Row, len(cells))
		for i, c := range cells {
			row[i] = print(c)
		}
		out.AppendRow(row)
	}
	return out
}
