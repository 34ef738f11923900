package rollout

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestSignedRank(t *testing.T) {
	zero := make([]float64, 200)
	ramp := make([]float64, 200)
	for i := range ramp {
		ramp[i] = float64(i + 1)
	}
	for _, test := range []struct {
		name string
		d    []float64
		want float64
	}{
		{"five of a sign", []float64{1, 2, 3, 4, 5}, 2. / 32},
		{"six of a sign", []float64{1, 2, 3, 4, 5, 6}, 2. / 64},
		// sums up to 3 of the ranks 1 to 4: {}, {1}, {2}, {3}, {1, 2} of 16 subsets
		{"one against three", []float64{-3, 1, 2, 4}, 2 * 5. / 16},
		// the ranks are 1.5, 1.5 and 3; sums up to 1.5: {} and two of one
		{"a tie", []float64{1, -1, 2}, 2 * 3. / 8},
		{"zeros and losses left out", []float64{0, 1, 2, math.NaN(), 3, 4, 5, math.Inf(1)}, 2. / 64},
		{"nothing", nil, 1},
	} {
		if got := signedRank(test.d, zero[:len(test.d)]); math.Abs(got-test.want) > 1e-15 {
			t.Errorf("%s: p = %v, want %v", test.name, got, test.want)
		}
		for i := range test.d {
			test.d[i] = -test.d[i]
		}
		if got := signedRank(test.d, zero[:len(test.d)]); math.Abs(got-test.want) > 1e-15 {
			t.Errorf("%s, signs changed: p = %v, want %v", test.name, got, test.want)
		}
	}
	// The normal law takes over beyond 100 pairs: out here, where p is 0.003, it is
	// some percent above the exact one. Every third sign is negative.
	for i := range ramp {
		if i%3 == 0 {
			ramp[i] = -ramp[i]
		}
	}
	ranks, least := doubledRanks(ramp[:101]), 0
	for i, r := range ranks {
		if ramp[i] < 0 {
			least += r
		}
	}
	all := 101 * 102
	exact := 2 * shareBelow(ranks, all, min(least, all-least))
	if got := signedRank(ramp[:101], zero[:101]); math.Abs(got/exact-1) > 0.1 {
		t.Errorf("101 pairs: p = %v, exactly %v", got, exact)
	}
}

// Welch's own quantities for {1, 2, 3} and {4, 6, 8, 10}: means 2 and 7, squared
// standard errors 1/3 and 5/3, so t = 5/√2 and ν = 4/(1/18 + 25/27) = 216/53.
func TestWelch(t *testing.T) {
	// of Student's law with 4 degrees of freedom, 2.5 % are beyond 2.776445
	critical := []float64{0, 2 * 2.776445105198 / math.Sqrt(5)}
	for _, test := range []struct {
		name string
		a, b []float64
		want float64
		off  float64
	}{
		{"two groups", []float64{1, 2, 3}, []float64{4, 6, 8, 10}, 0.0204, 0.0038}, // 0.0242 for ν = 4, 0.0166 for ν = 5
		{"at the table's value", []float64{-2, -1, 0, 1, 2}, critical[1:], 0.0000, 1},
		{"one seed on a side", []float64{-2, -1, 0, 1, 2}, []float64{2.776445105198 / math.Sqrt2}, 0.05, 1e-9},
		{"equal means", []float64{1, 3}, []float64{2}, 1, 0},
		{"no chance", []float64{1, 1}, []float64{2}, 0, 0},
	} {
		if got := welch(test.a, test.b); math.Abs(got-test.want) > test.off {
			t.Errorf("%s: p = %v, want %v", test.name, got, test.want)
		}
		if a, b := welch(test.a, test.b), welch(test.b, test.a); a != b {
			t.Errorf("%s: p = %v, the other way around %v", test.name, a, b)
		}
	}
}

func TestHolm(t *testing.T) {
	// 3·0.01, then 2·0.04 and, no less than it, 1·0.05
	if got := holm([]float64{0.04, 0.01, 0.05}); !slices.EqualFunc(got, []float64{0.08, 0.03, 0.08}, func(a, b float64) bool { return math.Abs(a-b) < 1e-15 }) {
		t.Errorf("corrected to %v", got)
	}
}

// sampled are rows of a model that say what each of its samples has.
func sampled(model string, seed uint64, values ...float64) []Row {
	rows := result(model, seed, len(values), 0, 0, map[string]float64{"nrmse": mean(values), "nrmse.std": deviation(values)}, 5)
	for i := range rows {
		if rows[i].Metric == "nrmse" {
			rows[i].Samples = values
		}
	}
	return rows
}

// Pairs find what the spread over samples hides: b is a tenth worse than a on
// every sample, while samples differ by a factor 32.
func TestBoldIsPaired(t *testing.T) {
	a := []float64{1, 2, 4, 8, 16, 32}
	worse := make([]float64, len(a))
	for i := range a {
		worse[i] = 1.1 * a[i]
	}
	mixed := slices.Clone(worse)
	mixed[3] = 7
	for _, test := range []struct {
		name string
		rows [][]Row
		bold bool
	}{
		{"six of six", [][]Row{sampled("a", 0, a...), sampled("b", 0, worse...)}, true},
		{"five of six", [][]Row{sampled("a", 0, a...), sampled("b", 0, mixed...)}, false},
		{"five samples", [][]Row{sampled("a", 0, a[:5]...), sampled("b", 0, worse[:5]...)}, false},
		// 2·(1/32) for two rivals is above 0.05
		{"two rivals", [][]Row{sampled("a", 0, a...), sampled("b", 0, worse...), sampled("c", 0, worse...)}, false},
		{"other samples", [][]Row{sampled("a", 0, a...), sampled("b", 1, worse...)}, false},
		{"seeds agree", [][]Row{sampled("a", 0, a...), sampled("a", 1, a...), sampled("b", 0, worse...), sampled("b", 1, worse...)}, true},
		// means 10.5 and 10.6 of a, 11.55 and 13.3 of b: seeds of b differ by more than a from b
		{"seeds differ", [][]Row{sampled("a", 0, a...), sampled("a", 1, append([]float64{1.6}, a[1:]...)...),
			sampled("b", 0, worse...), sampled("b", 1, append([]float64{11.6}, worse[1:]...)...)}, false},
	} {
		table := Tabulate(slices.Concat(test.rows...), Layout{})
		if got := cell(t, table, "a", "nrmse"); got.Bold != test.bold {
			t.Errorf("%s: bold is %v, want %v", test.name, got.Bold, test.bold)
		}
	}
}

func TestMedianOfSeeds(t *testing.T) {
	var rows []Row
	for seed, v := range []float64{0.1, 0.2, 0.3, 0.4, 9} {
		rows = append(rows, result("fno", uint64(seed), 16, 0, 0, map[string]float64{"nrmse": v, "nrmse.std": 0.4}, 5)...)
	}
	table := Tabulate(rows, Layout{Seeds: MedianOfSeeds})
	if got, want := cell(t, table, "fno", "nrmse").Text, "0.300 [0.200, 0.400]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if notes := strings.Join(table.Notes, "\n"); !strings.Contains(notes, "median [25 %, 75 %]") {
		t.Errorf("notes %s", notes)
	}
}
