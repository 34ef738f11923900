package rollout

import "math"

// field is a picture's worth of values: w to the right, h upwards.
type field struct {
	w, h int
	at   func(i, j int) float64
}

func (f field) each(visit func(v float64)) {
	for j := range f.h {
		for i := range f.w {
			visit(f.at(i, j))
		}
	}
}

// spaceTime is one channel of a trajectory [T][N·C] in one dimension, time to
// the right.
func spaceTime(states [][]float64, points, channel, channels int) field {
	return field{len(states), points, func(i, j int) float64 { return states[i][j*channels+channel] }}
}

// plane is one channel of a state [N0, N1, C] in two dimensions, the first
// axis to the right.
func plane(u []float64, points []int, channel, channels int) field {
	return field{points[0], points[1], func(i, j int) float64 { return u[(i*points[1]+j)*channels+channel] }}
}

// minus is the field f − g.
func (f field) minus(g field) field {
	return field{f.w, f.h, func(i, j int) float64 { return f.at(i, j) - g.at(i, j) }}
}

// shown returns the forecast of a sample with NaN for frames after it
// diverged, [T][N…·C].
func (e Ensemble) shown(sample int) [][]float64 {
	shown := make([][]float64, e.Truth.Steps())
	for t := range shown {
		if t < e.Bounded[sample] {
			shown[t] = e.Forecast[sample][t]
			continue
		}
		shown[t] = make([]float64, len(e.Truth.Frames[sample][t]))
		for i := range shown[t] {
			shown[t][i] = math.NaN()
		}
	}
	return shown
}
