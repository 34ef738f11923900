package main

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// workload is a batch of trajectories to be timed.
type workload struct {
	scenario
	batch, frames int
	wanted        float64 // least ratio of eddy's speed to exponax's
}

// settings are words for exponax_speed.py: those of either precision that
// have won before.
var settings = map[string][]string{
	"float64": {"default", "fourier", "jemalloc", "fourier+jemalloc"},
	"float32": {"single", "fourier+single", "jemalloc+single", "fourier+jemalloc+single"},
}

// order of the method, in both programs, as training data are made.
const order = 2

// speed times the programs in turn and prints their trajectories per second.
func speed(o options, workloads []workload) error {
	fmt.Printf("%d processors, %s, order %d, %d rounds; trajectories per second\n\n", runtime.NumCPU(), runtime.Version(), order, o.rounds)
	fmt.Println("| workload | batch | frames | eddy | exponax | setting | eddy / exponax | wanted | exponax, float32 |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	for _, w := range workloads {
		rates, err := rounds(o, w)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		words := best(rates, settings["float64"])
		ratios := make([]float64, o.rounds)
		for i := range ratios {
			ratios[i] = rates["eddy"][i] / rates[words][i]
		}
		fmt.Printf("| %s | %d | %d | %s | %s | %s | %s | ≥ %g | %s |\n", w.name, w.batch, w.frames, summary(rates["eddy"]),
			summary(rates[words]), words, summary(ratios), w.wanted, summary(rates[best(rates, settings["float32"])]))
	}
	return nil
}

// rounds returns the trajectories per second of eddy and of every setting of
// exponax, one number a round.
func rounds(o options, w workload) (map[string][]float64, error) {
	p := w.problem(order)
	states, err := draw(p, w.batch)
	if err != nil {
		return nil, err
	}
	j := w.job(order, w.frames)
	j.Batch = w.batch
	e, err := newEnsemble(p)
	if err != nil {
		return nil, err
	}
	rates := map[string][]float64{}
	for range o.rounds {
		s, err := median(o.seconds, func() error {
			_, err := e.trajectories(states, w.frames)
			return err
		})
		if err != nil {
			return nil, err
		}
		rates["eddy"] = append(rates["eddy"], float64(w.batch)/s)
		for _, words := range slices.Concat(settings["float64"], settings["float32"]) {
			out, err := script(o, "exponax_speed.py", j, nil, "--setting", words, "--seconds", fmt.Sprint(o.seconds))
			if err != nil {
				return nil, err
			}
			ms, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
			if err != nil {
				return nil, fmt.Errorf("exponax_speed.py: %w", err)
			}
			rates[words] = append(rates[words], float64(w.batch)/(ms/1e3))
		}
	}
	return rates, nil
}

// median runs f until the time is over, 10 times or more, and returns the
// seconds of a run, as exponax_speed.py does.
func median(seconds float64, f func() error) (float64, error) {
	var times []float64
	for start := time.Now(); len(times) < 10 || time.Since(start).Seconds() < seconds; {
		t := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		times = append(times, time.Since(t).Seconds())
	}
	return middle(times), nil
}

// best returns the setting with the largest median.
func best(rates map[string][]float64, of []string) string {
	return slices.MaxFunc(of, func(a, b string) int { return cmp.Compare(middle(rates[a]), middle(rates[b])) })
}

// middle is the median.
func middle(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// summary is the median of the rounds and their range.
func summary(x []float64) string {
	return fmt.Sprintf("%.3g (%.3g–%.3g)", middle(x), slices.Min(x), slices.Max(x))
}
