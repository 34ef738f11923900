package bench

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/rollout"
)

// line is a number of a cell of one problem.
func line(seed uint64, of, metric string, value float64) Line {
	return Line{Place: Place{Scenario: "waves", Model: "net", Seed: seed, Hash: "x"}, Of: of, Metric: metric, Value: value}
}

// TestCosts: of three seeds the medians count. A model of 2 ms a frame with an
// error of 0.1 is compared with the cheapest solver that is as good, which takes
// 5 ms, so that 300 s of training are saved after 300 s / (100 · 3 ms) = 1000
// forecasts of 100 frames; and with the one of 1 ms, whose cost is nearest.
func TestCosts(t *testing.T) {
	b := &book{}
	for seed, frame := range []float64{2, 1, 40} {
		b.Cells = append(b.Cells, line(uint64(seed), "", "", 0).Place)
		for _, n := range []struct {
			of, metric string
			value      float64
		}{
			{"", lineParameters, 500}, {"", lineUsed, 64}, {"", lineTraining, 300}, {"", lineFrames, 100}, {"", lineFrame, frame}, {"", lineError, 0.1},
			{"fine", lineFrame, 9}, {"fine", lineError, 0.001}, {"middle", lineFrame, 5}, {"middle", lineError, 0.1},
			{"coarse", lineFrame, 1}, {"coarse", lineError, 0.3},
		} {
			b.costs = append(b.costs, line(uint64(seed), n.of, n.metric, n.value))
		}
	}
	want := []string{"waves", "net", "500", "64", "300", "2", "0.1", "middle", "5", "2.5", "1000", "coarse", "0.3"}
	if got := texts(b.costTable().Cells[0]); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range b.costs {
		if b.costs[i].Of == "" && b.costs[i].Metric == lineError {
			b.costs[i].Value = 1e-4 // better than any solver
		}
	}
	if got := texts(b.costTable().Cells[0]); got[7] != "none" || got[9] != "–" || got[10] != "never" {
		t.Errorf("got %q, want no solver of equal error, no speed-up, and never", got)
	}
}

func texts(cells []rollout.Cell) []string {
	var all []string
	for _, c := range cells {
		all = append(all, c.Text)
	}
	return all
}

func TestBreakEven(t *testing.T) {
	for _, test := range []struct {
		training, saved float64
		want            string
	}{{10, 4, "3"}, {10, 0, "never"}, {10, -1, "never"}, {10, math.NaN(), "never"}} {
		if got := breakEven(test.training, test.saved); got != test.want {
			t.Errorf("%v s, %v s saved: %s, want %s", test.training, test.saved, got, test.want)
		}
	}
}

// TestPublishedNumbers stand below ours, with the ratio: 0.3 is three times
// 0.1, 0.22 is 1.1 times 0.2.
func TestPublishedNumbers(t *testing.T) {
	b := &book{}
	b.Columns = []Column{{Metric: "nrmse", Times: []float64{1, 2}}}
	b.Published = Published{From: "a paper", Values: []Value{{Model: "net", Metric: "nrmse", Times: []float64{1, 2}, Values: []float64{0.1, 0.2}}}}
	for seed := range uint64(3) {
		p := line(seed, "", "", 0).Place
		b.Cells = append(b.Cells, p)
		shift := float64(seed) - 1 // the median is that of seed 1
		b.results = append(b.results, line(seed, "", "forecast.samples", 1), line(seed, "", "forecast.bounded", 1), line(seed, "", "forecast.horizon", 2))
		for i, v := range []float64{0.3, 0.22} {
			l := line(seed, "", "nrmse", v+shift/100)
			l.Time = float64(i + 1)
			b.results = append(b.results, l)
		}
	}
	table := b.table()
	if got, want := texts(table.Cells[1]), []string{"net, published", "–", "–", "0.1 (× 3.00)", "0.2 (× 1.10)", "–"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := texts(table.Cells[0])[3]; got != "0.300 [0.295, 0.305]" {
		t.Errorf("ours: %q, want the median and the middle half of 0.29, 0.30, 0.31", got)
	}
	if notes := strings.Join(table.Notes, "\n"); !strings.Contains(notes, "within a factor 1.5 for 1 of 2 numbers, within 2 for 1") {
		t.Errorf("notes:\n%s", notes)
	}
}

// TestSolverErrors says until when a truth is one.
func TestSolverErrors(t *testing.T) {
	p := Place{Scenario: "waves", Hash: "y"}
	b := &book{}
	b.Truths = []Place{p}
	for i, e := range []float64{0.01, 0.04, 0.5} {
		for _, refined := range []string{"dt", "dx"} {
			if refined == "dx" {
				e /= 100
			}
			b.results = append(b.results, Line{Place: p, Of: ofTruth, Metric: lineSolverError + refined, Time: float64(i + 1), Value: e})
		}
	}
	want := "waves: the truth's own error, its relative L2 distance from a finer one: within 0.1 until t = 2 with half the dt, 0.005 at t = 3 with half the dx"
	if got := b.solverErrors(); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLines: what is written is read back, values that are not finite, too.
func TestLines(t *testing.T) {
	lines := []Line{line(1, "", "a", math.Inf(1)), line(2, "b, c", "d", 0.1)}
	lines[0].Time, lines[0].Samples, lines[0].Note = 0.3, []float64{1, math.Inf(1), 0.25}, "two words"
	text, err := writeLines(lines)
	check(t, err)
	got, err := readLines(strings.NewReader(string(text)))
	check(t, err)
	again, err := writeLines(got)
	check(t, err)
	if string(again) != string(text) || len(got) != 2 || got[0].Note != "two words" || got[0].Samples[2] != 0.25 || !math.IsInf(got[0].Value, 1) {
		t.Errorf("got %+v", got)
	}
	for _, bad := range []string{"", "a,b\n", string(text) + "x\n", strings.Replace(string(text), "0.1", "much", 1), strings.Replace(string(text), ",1,", ",-1,", 1)} {
		if _, err := readLines(strings.NewReader(bad)); err == nil {
			t.Errorf("read %q", bad)
		}
	}
}
