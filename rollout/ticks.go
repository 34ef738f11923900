package rollout

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks are the plot library's, with a minus in place of a hyphen.
type ticks struct{}

func (ticks) Ticks(low, high float64) []plot.Tick {
	marks := plot.DefaultTicks{}.Ticks(low, high)
	for i := range marks {
		marks[i].Label = minus(marks[i].Label)
	}
	return marks
}

func minus(label string) string { return strings.ReplaceAll(label, "-", "−") }

// decades are ticks of a logarithmic axis, at most about eight of them with
// labels. A range of about one decade has labels in between.
type decades struct{}

func (decades) Ticks(low, high float64) []plot.Tick {
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
	if n < -4 || n > 4 {
		return minus(strconv.Itoa(k) + "e" + strconv.Itoa(n))
	}
	return strconv.FormatFloat(float64(k)*math.Pow10(n), 'f', max(0, -n), 64)
}
