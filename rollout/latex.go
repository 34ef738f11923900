package rollout

import (
	"io"
	"strings"
	"text/template"
)

// latexEscape spells what LaTeX would read as commands, and the signs of our
// tables that its fonts do not have. Everything else beyond ASCII needs
// LuaLaTeX or XeLaTeX.
var latexEscape = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "%", `\%`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "<", `\textless{}`, ">", `\textgreater{}`, "|", `\textbar{}`, `"`, `\textquotedbl{}`,
	"±", `$\pm$`, "×", `$\times$`, "≥", `$\geq$`, "∞", `$\infty$`, "↓", `$\downarrow$`, "↑", `$\uparrow$`,
	"√", `$\surd$`, "‖", `$\Vert$`, "₂", `$_2$`, "²", `$^2$`, "−", "$-$", "–", "--", "\n", " ", "\r", " ",
)

var latexTable = template.Must(template.New("table").Funcs(template.FuncMap{"tex": latexEscape.Replace}).Parse(
	`% needs \usepackage{booktabs}
\begin{table}
\caption{ {{- range $i, $note := .Notes}}{{if $i}}; {{end}}{{tex $note}}{{end -}} }
\begin{tabular}{ {{- .Columns -}} }
\toprule
{{range $i, $name := .Head}}{{if $i}} & {{end}}{{tex $name}}{{end}} \\
\midrule
{{range .Cells}}{{range $i, $cell := .}}{{if $i}} & {{end}}{{if .Bold}}\textbf{ {{- tex .Text -}} }{{else}}{{tex .Text}}{{end}}{{end}} \\
{{end}}\bottomrule
\end{tabular}
\end{table}
`))

// LaTeX writes the table in booktabs style, with the notes as its caption.
func (t Table) LaTeX(w io.Writer) error {
	var columns strings.Builder
	for i := range t.Head {
		if t.left(i) {
			columns.WriteByte('l')
		} else {
			columns.WriteByte('r')
		}
	}
	return latexTable.Execute(w, struct {
		Table
		Columns string
	}{t, columns.String()})
}
