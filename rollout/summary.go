package rollout

// Summary says what a cell shows of several seeds.
type Summary int

// The mean ± the standard deviation over seeds; or, as APEBench has it, their
// median and the band that holds the middle half of them.
const (
	MeanOfSeeds Summary = iota
	MedianOfSeeds
)

// of returns the value of several seeds, and what a cell says of their spread.
func (s Summary) of(values []float64) (value float64, spread string) {
	if s == MedianOfSeeds {
		return median(values), " [" + digits(quantile(values, 0.25), 3) + ", " + digits(quantile(values, 0.75), 3) + "]"
	}
	return mean(values), " ± " + digits(deviation(values), 2)
}

// note says it in words, for the lines above a table.
func (s Summary) note() string {
	if s == MedianOfSeeds {
		return "of several seeds: median [25 %, 75 %]; else ±: standard deviation over samples; "
	}
	return "±: standard deviation over seeds where a model has several, else over samples; "
}
