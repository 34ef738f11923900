package rollout

import (
	"bytes"
	"strings"
	"testing"
)

func nasty() Table {
	return Table{
		Notes: []string{"ks: 100 % & more_less"},
		Head:  []string{"model", "nrmse ↓"},
		Cells: [][]Cell{{{"a|b_<i>*#$", false}, {"0.1 ± 0.02", true}}, {{`back\slash, "q"`, false}, {"≥ 3", false}}},
	}
}

func TestTableFormats(t *testing.T) {
	for _, test := range []struct {
		name  string
		write func(Table, *bytes.Buffer) error
		want  string
	}{
		{"Markdown", func(t Table, b *bytes.Buffer) error { return t.Markdown(b) }, `- ks: 100 % & more_less

| model | nrmse ↓ |
|:--- | ---:|
| a\|b_\<i>\*#$ | **0.1 ± 0.02** |
| back\\slash, "q" | ≥ 3 |
`},
		{"CSV", func(t Table, b *bytes.Buffer) error { return t.CSV(b) }, `model,nrmse ↓
a|b_<i>*#$,0.1 ± 0.02
"back\slash, ""q""",≥ 3
`},
		{"LaTeX", func(t Table, b *bytes.Buffer) error { return t.LaTeX(b) }, `% needs \usepackage{booktabs}
\begin{table}
\caption{ks: 100 \% \& more\_less}
\begin{tabular}{lr}
\toprule
model & nrmse $\downarrow$ \\
\midrule
a\textbar{}b\_\textless{}i\textgreater{}*\#\$ & \textbf{0.1 $\pm$ 0.02} \\
back\textbackslash{}slash, \textquotedbl{}q\textquotedbl{} & $\geq$ 3 \\
\bottomrule
\end{tabular}
\end{table}
`},
	} {
		var out bytes.Buffer
		if err := test.write(nasty(), &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != test.want {
			t.Errorf("%s is\n%s\nwant\n%s", test.name, &out, test.want)
		}
	}
}

func TestReportIsSafeAndSelfContained(t *testing.T) {
	picture, err := LossFigure(nil)
	if err != nil {
		t.Fatal(err)
	}
	evil := `"><script>alert(1)</script><img src=http://x/ onerror=alert(1)>`
	var out bytes.Buffer
	err = Report{
		Title: evil, Summary: evil, Tables: []Table{{Notes: []string{evil}, Head: []string{evil}, Cells: [][]Cell{{{evil, true}}}}},
		Pictures: []Picture{{evil, picture}}, Config: evil, Environment: []Entry{{evil, evil}},
		Costs: []Cost{{Case: evil, Model: evil, SpeedUp: evil}}, Counters: []Entry{{evil, evil}}, Command: evil,
	}.HTML(&out)
	if err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, forbidden := range []string{"<script", `src="http`, "href=", "<link", "@import", "url(", "<img src=h"} {
		if strings.Contains(page, forbidden) {
			t.Errorf("the page has %q", forbidden)
		}
	}
	for _, wanted := range []string{"Results", "Pictures", "Configuration", "Environment", "Cost", "Stream of training data", "How to reproduce",
		`src="data:image/png;base64,iVBOR`, "&lt;script&gt;", "default-src 'none'"} {
		if !strings.Contains(page, wanted) {
			t.Errorf("the page lacks %q", wanted)
		}
	}
	if err := (Report{Pictures: []Picture{{"svg", []byte("<svg onload=alert(1)>")}}}).HTML(&out); err == nil {
		t.Error("a picture that is none is taken")
	}
	if err := (Report{}).HTML(&out); err != nil {
		t.Errorf("empty report: %v", err)
	}
}
