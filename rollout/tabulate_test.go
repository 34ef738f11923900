package rollout

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// cell finds a cell by the model and the beginning of the column's name.
func cell(t *testing.T, table Table, model, column string) Cell {
	t.Helper()
	for c, name := range table.Head {
		for _, row := range table.Cells {
			if strings.HasPrefix(name, column) && (row[0].Text == model || row[1].Text == model) {
				return row[c]
			}
		}
	}
	t.Fatalf("no cell %s of %s in %v", column, model, table.Head)
	return Cell{}
}

// result makes the rows of one forecast of case "ks".
func result(model string, seed uint64, samples, diverged int, at float64, values map[string]float64, time float64) []Row {
	row := func(metric string, time, value float64) Row { return Row{"ks", model, seed, metric, time, value, nil} }
	rows := []Row{row(rowSamples, 0, float64(samples)), row(rowBounded, 0, float64(samples-diverged)), row(rowHorizon, 0, 10)}
	if diverged > 0 {
		rows = append(rows, row(rowDivergedAt, 0, at))
	}
	for _, metric := range []string{"nrmse", "nrmse.std"} {
		if v, ok := values[metric]; ok {
			rows = append(rows, row(metric, time, v))
		}
	}
	for _, metric := range []string{"correlation_time/mean@0.8", "correlation_time/mean@0.8.low", "correlation_time/mean@0.8.high"} {
		if v, ok := values[metric]; ok {
			rows = append(rows, row(metric, 0, v))
		}
	}
	return rows
}

func TestDivergedIsShownAndNotAveraged(t *testing.T) {
	var rows []Row
	for _, p := range []struct {
		name string
		p    Predictor
	}{{"persistence", PredictFunc(Persistence)}, {"wild", breaking(1, 2, math.NaN())}} {
		e, err := Forecast(p.name, p.p, line(3, 4, 2), 100)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, Rows("ks", 0, e, Evaluate(e, []Metric{&NRMSE{}, &RelL2{}, &CorrelationTime{0.8}, &Bounded{}}))...)
	}
	table := Tabulate(rows, Layout{Columns: []Column{
		{"nrmse", []float64{1, 1.5, 2}}, {"rel_l2/fno", nil}, {"bounded", []float64{2}}, {"correlation_time/mean@0.8", nil},
	}})
	for column, want := range map[string]string{
		"nrmse ↓ t = 1": "0 ± 0", "nrmse ↓ t = 1.5": "diverged at t = 1.5", "nrmse ↓ t = 2": "diverged at t = 1.5",
		"rel_l2/fno": "diverged at t = 1.5", "bounded ↑": "0.667", "samples": "3", "bounded": "2 of 3",
		"correlation_time": "0 [0, 0]", // the truth is constant in space
	} {
		if column == "nrmse ↓ t = 1" { // the name is the beginning of another
			table.Head[4-1], column = "first", "first"
		}
		if got := cell(t, table, "wild", column).Text; got != want {
			t.Errorf("%s: %q, want %q", column, got, want)
		}
	}
	if !cell(t, table, "persistence", "nrmse ↓ t = 2").Bold {
		t.Error("the only forecast that stayed bounded is not the best")
	}
}

func TestBoldIsReallyBetter(t *testing.T) {
	for _, test := range []struct {
		name    string
		a, b    map[string]float64
		samples int
		bold    bool
		text    string
	}{
		// 16 samples: standard errors are a quarter of the deviations
		{"clear", map[string]float64{"nrmse": 0.1, "nrmse.std": 0.1}, map[string]float64{"nrmse": 0.2, "nrmse.std": 0.1}, 16, true, "0.100 ± 0.10"},
		{"within errors", map[string]float64{"nrmse": 0.1, "nrmse.std": 0.2}, map[string]float64{"nrmse": 0.2, "nrmse.std": 0.2}, 16, false, "0.100 ± 0.20"},
		{"worse", map[string]float64{"nrmse": 0.3, "nrmse.std": 0.1}, map[string]float64{"nrmse": 0.2, "nrmse.std": 0.1}, 16, false, "0.300 ± 0.10"},
		{"nothing known of errors", map[string]float64{"nrmse": 0.1}, map[string]float64{"nrmse": 0.9}, 1, false, "0.100"},
		{"same in print", map[string]float64{"nrmse": 0.1, "nrmse.std": 0}, map[string]float64{"nrmse": 0.10000001, "nrmse.std": 0}, 16, false, "0.100 ± 0"},
		{"not finite", map[string]float64{"nrmse": math.Inf(1)}, map[string]float64{"nrmse": 0.2, "nrmse.std": 0.1}, 16, false, "∞"},
		{"not a number", map[string]float64{"nrmse": math.NaN()}, map[string]float64{"nrmse": 0.2, "nrmse.std": 0.1}, 16, false, "NaN"},
	} {
		rows := append(result("a", 0, test.samples, 0, 0, test.a, 5), result("b", 0, test.samples, 0, 0, test.b, 5)...)
		got := cell(t, Tabulate(rows, Layout{}), "a", "nrmse")
		if got.Bold != test.bold || got.Text != test.text {
			t.Errorf("%s: %v, want %q, bold %v", test.name, got, test.text, test.bold)
		}
	}
}

func TestLongerIsBetterAndCapped(t *testing.T) {
	name := "correlation_time/mean@0.8"
	rows := append(result("long", 0, 8, 0, 0, map[string]float64{name: 10, name + ".low": 9, name + ".high": 10}, 0),
		result("short", 0, 8, 2, 3, map[string]float64{name: 4, name + ".low": 3, name + ".high": 5}, 0)...)
	table := Tabulate(rows, Layout{})
	if got, want := cell(t, table, "long", name), (Cell{"≥ 10.0 [9.00, 10.0]", true}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := cell(t, table, "short", name), (Cell{"4.00 [3.00, 5.00]", false}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSeeds(t *testing.T) {
	var rows []Row
	for seed, v := range []float64{0.1, 0.2, 0.3} {
		rows = append(rows, result("fno", uint64(seed), 16, 0, 0, map[string]float64{"nrmse": v, "nrmse.std": 0.4}, 5)...)
	}
	rows = append(rows, result("unet", 7, 16, 0, 0, map[string]float64{"nrmse": 0.6, "nrmse.std": 0.4}, 5)...)
	table := Tabulate(rows, Layout{Models: []string{"fno", "unet", "deeponet"}})
	for _, test := range []struct{ model, column, want string }{
		{"fno", "nrmse", "0.200 ± 0.10"}, {"fno", "samples", "16 × 3 seeds"}, {"fno", "bounded", "48 of 48"},
		{"unet", "nrmse", "0.600 ± 0.40"}, {"unet", "samples", "16"}, {"deeponet", "nrmse", "missing"}, {"deeponet", "samples", "missing"},
	} {
		if got := cell(t, table, test.model, test.column).Text; got != test.want {
			t.Errorf("%s of %s: %q, want %q", test.column, test.model, got, test.want)
		}
	}
	// √(0.1² + 0.1²/3) from samples and seeds, 0.1 from samples: together 0.153, and 0.4 > 2·0.153
	if !cell(t, table, "fno", "nrmse").Bold {
		t.Error("fno is not bold")
	}
	if want := "seeds: fno (0 1 2), unet (7)"; !strings.Contains(table.Notes[0], want) {
		t.Errorf("note %q, want %q", table.Notes[0], want)
	}
}

func TestTimesReadTheNearestFrame(t *testing.T) {
	var rows []Row
	for frame := range 4 {
		rows = append(rows, Row{"ks", "fno", 0, "nrmse", 0.8 * float64(frame+1), float64(frame), nil})
	}
	table := Tabulate(rows, Layout{Columns: []Column{{"nrmse", []float64{1.5, 3.2, 9}}}})
	texts := table.Cells[0][3:]
	if texts[0].Text != "1.00" || texts[1].Text != "3.00" || texts[2].Text != "–" {
		t.Errorf("cells %v, want 1.00 3.00 –", texts)
	}
	if notes := strings.Join(table.Notes, "\n"); !strings.Contains(notes, "nrmse at t = 1.5 is read at the frame t = 1.6") || strings.Contains(notes, "t = 3.2 is") {
		t.Errorf("notes %s", notes)
	}
}

func TestTableIsAFunctionOfStoredRows(t *testing.T) {
	e, err := Forecast("persistence", PredictFunc(Persistence), line(5, 9, 4), 100)
	if err != nil {
		t.Fatal(err)
	}
	rows := Rows("ks", 0, e, Evaluate(e, []Metric{&NRMSE{}, &RelL2{}, &GMeanNRMSE{}, &CorrelationTime{0.8}}))
	var stored, first, second bytes.Buffer
	if err := WriteRows(&stored, rows); err != nil {
		t.Fatal(err)
	}
	read, err := ReadRows(&stored)
	if err != nil {
		t.Fatal(err)
	}
	if err := Tabulate(rows, Layout{}).Markdown(&first); err != nil {
		t.Fatal(err)
	}
	if err := Tabulate(read, Layout{}).Markdown(&second); err != nil || first.String() != second.String() {
		t.Errorf("after storing:\n%s\nbefore:\n%s\n%v", &second, &first, err)
	}
}

func TestEmptyTables(t *testing.T) {
	for _, l := range []Layout{{}, {Models: []string{"a"}}, {Columns: []Column{{"nrmse", []float64{1}}}}, {Costs: []Cost{{}}}} {
		var out bytes.Buffer
		table := Tabulate(nil, l)
		if table.Markdown(&out) != nil || table.CSV(&out) != nil || table.LaTeX(&out) != nil {
			t.Errorf("%v cannot be written", l)
		}
	}
}

func TestDigits(t *testing.T) {
	for _, test := range []struct {
		v    float64
		n    int
		want string
	}{
		{0, 3, "0"}, {1, 3, "1.00"}, {0.0100, 3, "0.0100"}, {9.999, 3, "10.0"}, {1234.5, 3, "1234"}, {123456, 3, "123456"}, {-0.5, 2, "-0.50"},
		{1234567, 3, "1.23e+06"}, {0.0000123, 2, "1.2e-05"}, {math.Inf(1), 3, "∞"}, {math.NaN(), 3, "NaN"},
	} {
		if got := digits(test.v, test.n); got != test.want {
			t.Errorf("%v in %d digits is %q, want %q", test.v, test.n, got, test.want)
		}
	}
}
