package rollout

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// level is how often chance alone may make the best of a table bold.
const level = 0.05

// mostExact is the largest number of pairs whose ranks are summed in every way;
// beyond it the sum of so many is as good as normal.
const mostExact = 100

// signedRank returns the two-sided p-value of Wilcoxon's signed-rank test that
// paired values differ by chance alone. Equal pairs, also those that are lost on
// both sides, say nothing and are left out; tied differences share the mean of
// their ranks. It needs six different pairs to be able to go below 0.05.
//
// Ref: Wilcoxon, Biometrics Bulletin 1 (1945); Pratt & Gibbons, Concepts of
// Nonparametric Theory (1981), ch. 3.
func signedRank(a, b []float64) float64 {
	var differences []float64
	for i := range a {
		if d := a[i] - b[i]; d != 0 && !math.IsNaN(d) {
			differences = append(differences, d)
		}
	}
	ranks, positive, all := doubledRanks(differences), 0, 0
	for i, r := range ranks {
		if all += r; differences[i] > 0 {
			positive += r
		}
	}
	least := min(positive, all-positive)
	if len(ranks) > mostExact {
		var variance float64 // of the positive sum: each rank is in it or not
		for _, r := range ranks {
			variance += float64(r) * float64(r) / 4
		}
		return min(1, 2*distuv.UnitNormal.CDF((float64(least)+1-float64(all)/2)/math.Sqrt(variance)))
	}
	return min(1, 2*shareBelow(ranks, all, least))
}

// doubledRanks returns twice the rank of each |d| among all, which is a whole
// number also where ties share a mean.
func doubledRanks(d []float64) []int {
	order := make([]int, len(d))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(math.Abs(d[i]), math.Abs(d[j])) })
	ranks := make([]int, len(d))
	for first := 0; first < len(order); {
		end := first + 1
		for end < len(order) && math.Abs(d[order[end]]) == math.Abs(d[order[first]]) {
			end++
		}
		for _, i := range order[first:end] {
			ranks[i] = first + 1 + end
		}
		first = end
	}
	return ranks
}

// shareBelow is the share of all subsets of ranks whose sum is at most a bound.
func shareBelow(ranks []int, all, bound int) float64 {
	share := make([]float64, all+1) // of the subsets of the ranks so far, by their sum
	share[0] = 1
	for _, r := range ranks {
		for sum := all; sum >= 0; sum-- {
			share[sum] /= 2
			if sum >= r {
				share[sum] += share[sum-r] / 2
			}
		}
	}
	var below float64
	for _, p := range share[:bound+1] {
		below += p
	}
	return below
}

// welch returns the two-sided p-value of Welch's t-test that two models differ
// by the chance of their seeds alone. A model of a single seed counts as
// without chance; one of the two has several.
//
// Ref: Welch, Biometrika 34 (1947).
func welch(a, b []float64) float64 {
	var difference, variance, spread float64
	for i, x := range [][]float64{a, b} {
		m := stat.Mean(x, nil)
		difference += m * float64(1-2*i)
		if len(x) > 1 {
			v := stat.Variance(x, nil) / float64(len(x))
			variance += v
			spread += v * v / float64(len(x)-1)
		}
	}
	switch {
	case difference == 0 || math.IsNaN(difference):
		return 1
	case variance == 0:
		return 0
	}
	t := distuv.StudentsT{Sigma: 1, Nu: variance * variance / spread}
	return 2 * t.CDF(-math.Abs(difference)/math.Sqrt(variance))
}

// holm corrects the p-values of several tests, so that the chance that any of
// them is wrong stays below the level.
//
// Ref: Holm, Scandinavian Journal of Statistics 6 (1979).
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	corrected, largest := make([]float64, len(p)), 0.0
	for rank, i := range order {
		largest = max(largest, min(1, p[i]*float64(len(p)-rank)))
		corrected[i] = largest
	}
	return corrected
}
