package rollout

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestRowsRoundTrip(t *testing.T) {
	rows := []Row{
		{"ks", `a "quoted", name|<b>`, 0, "nrmse", 0.1 + 0.2, 1. / 3, []float64{0.5, math.Inf(1), -3e-7}},
		{"ks", " spaced ", math.MaxUint64, "nrmse", math.SmallestNonzeroFloat64, -math.MaxFloat64, nil},
		{"", "", 1, "correlation_time/mean@0.8", 0, math.Inf(1), nil},
		{"ks", "ψ", 2, "x", math.MaxFloat64, 5e-324, nil},
		{"ks", "ψ", 3, "x", 1, math.Copysign(0, -1), nil},
	}
	var text bytes.Buffer
	if err := WriteRows(&text, rows); err != nil {
		t.Fatal(err)
	}
	stored := text.String()
	got, err := ReadRows(&text)
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b Row) bool {
		return a.number() == b.number() && math.Float64bits(a.Value) == math.Float64bits(b.Value) && slices.Equal(a.Samples, b.Samples)
	}
	if !slices.EqualFunc(got, rows, same) {
		t.Errorf("read\n%v\nwrote\n%v", got, rows)
	}
	if want := "case,model,seed,metric,time,value,samples\n"; !strings.HasPrefix(stored, want) {
		t.Errorf("first line of %q, want %q", stored, want)
	}
	if want := ",,1,correlation_time/mean@0.8,,+Inf,\n"; !strings.Contains(stored, want) {
		t.Errorf("no line %q in %q", want, stored)
	}
}

func TestRowsRefused(t *testing.T) {
	head := "case,model,seed,metric,time,value\n"
	for text, want := range map[string]string{
		"":                                     "EOF",
		"a,b\n":                                "columns a,b",
		"model,case,seed,metric,time,value\n":  "columns",
		head + "a,b,1,m,1\n":                   "wrong number of fields",
		head + "a,b,-1,m,1,2\n":                "line 2: seed",
		head + "a,b,1,m,0,2\n":                 "line 2: time = 0",
		head + "a,b,1,m,NaN,2\n":               "line 2: time = NaN",
		head + "a,b,1,m,1,two\n":               "line 2: value",
		head + "a,b,1,m,1,2\na,b,1,m,1.0,3\n":  "line 3: second value of m of b",
		head + "a,b,1,m,,2\na,b,1,m,,2\n":      "line 3: second value",
		head + "a,b,99999999999999999999,m,,2": "line 2: seed",
		strings.Replace(head, "\n", ",samples\na,b,1,m,1,2,1 two\n", 1): "line 2: samples",
	} {
		if _, err := ReadRows(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
	if err := WriteRows(&bytes.Buffer{}, []Row{{Case: "two\nlines"}}); err == nil {
		t.Error("a name of two lines is written")
	}
}

func FuzzReadRows(f *testing.F) {
	f.Add("case,model,seed,metric,time,value\nks,fno,0,nrmse,0.5,0.25\nks,fno,0,rel_l2/fno,,+Inf\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := ReadRows(strings.NewReader(text))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if WriteRows(&again, rows) != nil {
			return // a name with a control character
		}
		if got, err := ReadRows(&again); err != nil || len(got) != len(rows) {
			t.Errorf("%d rows came back as %d: %v", len(rows), len(got), err)
		}
		Tabulate(rows, Layout{}) // does not panic
	})
}
