package rollout

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks are four to nine multiples of 1, 2 or 5 times a power of ten, zero among
// them where it is in the range, all with labels of as many digits.
type ticks struct{}

func (ticks) Ticks(low, high float64) []plot.Tick {
	if !(high-low > 1e-12*math.Abs(low)) { // no room for steps
		return []plot.Tick{{Value: low, Label: minus(strconv.FormatFloat(low, 'g', 3, 64))}}
	}
	exponent := int(math.Floor(math.Log10((high - low) / 4)))
	step := 1.0
	for _, larger := range []float64{2, 5} {
		if larger*math.Pow10(exponent) <= (high-low)/4 {
			step = larger
		}
	}
	step *= math.Pow10(exponent)
	var marks []plot.Tick
	for i := math.Ceil(low/step-1e-9) + 0; i <= math.Floor(high/step+1e-9); i++ { // + 0 takes the sign off −0
		label := strconv.FormatFloat(i*step, 'f', max(0, -exponent), 64)
		if exponent < -4 || exponent > 5 {
			label = strconv.FormatFloat(i*step, 'g', 4, 64)
		}
		marks = append(marks, plot.Tick{Value: i * step, Label: minus(label)})
	}
	return marks
}

func minus(label string) string { return strings.ReplaceAll(label, "-", "−") }

// decades are ticks of a logarithmic axis, at most about eight of them with
// labels. A range of about one decade has labels in between.
type decades struct{}

func (decades) Ticks(low, high float64) []plot.Tick {
	if !(low > 0 && high < math.Inf(1)) {
		return nil
	}
	first, last := int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high)))
	every := max(1, (last-first)/8)
	var marks []plot.Tick
	for n := first; n <= last; n++ {
		tick := plot.Tick{Value: math.Pow10(n)}
		if (n-first)%every == 0 {
			tick.Label = power(1, n)
		}
		marks = append(marks, tick)
		for k := 2; k < 10 && every == 1; k++ {
			tick := plot.Tick{Value: float64(k) * math.Pow10(n)}
			if high < 15*low {
				tick.Label = power(k, n)
			}
			marks = append(marks, tick)
		}
	}
	return marks
}

// power prints k·10ⁿ. The typeface has no raised digits.
func power(k, n int) string {
	if n < -3 || n > 4 {
		return minus(strconv.Itoa(k) + "e" + strconv.Itoa(n))
	}
	return strconv.FormatFloat(float64(k)*math.Pow10(n), 'f', max(0, -n), 64)
}
