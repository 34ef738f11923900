package data

import "math"

// moments gathers mean and standard deviation of each channel, frame by frame,
// with the update of Chan, Golub & LeVeque, "Updating formulae and a pairwise
// algorithm for computing sample variances", 1979. The result depends on the
// order of the frames only by rounding, and that order is always fixed.
type moments struct {
	count    float64
	mean, m2 []float64 // [C]; m2 = Σ (u − mean)²
}

func newMoments(channels int) *moments {
	return &moments{mean: make([]float64, channels), m2: make([]float64, channels)}
}

// add takes in a frame u [N…, C].
func (m *moments) add(u []float64) {
	channels := len(m.mean)
	n := float64(len(u) / channels)
	for c := range channels {
		var mean, m2 float64
		for i := c; i < len(u); i += channels {
			mean += u[i]
		}
		mean /= n
		for i := c; i < len(u); i += channels {
			m2 += (u[i] - mean) * (u[i] - mean)
		}
		d := mean - m.mean[c]
		m.mean[c] += d * n / (m.count + n)
		m.m2[c] += m2 + d*d*m.count*n/(m.count+n)
	}
	m.count += n
}

// addChanges takes in the changes between the frames of a trajectory.
func (m *moments) addChanges(frames [][]float64) {
	for t := 1; t < len(frames); t++ {
		change := make([]float64, len(frames[t]))
		for i, v := range frames[t] {
			change[i] = v - frames[t-1][i]
		}
		m.add(change)
	}
}

// channels returns the statistics, none where there was nothing to add. A constant channel, whose standard deviation
// is rounding error, gets 1, so that dividing by it is harmless.
func (m *moments) channels(names []string) []Channel {
	if m.count == 0 {
		return nil
	}
	channels := make([]Channel, len(m.mean))
	for c := range channels {
		std := positive(math.Sqrt(m.m2[c]/m.count), m.mean[c])
		channels[c] = Channel{Name: names[c], Mean: m.mean[c], Std: std}
	}
	return channels
}

// positive is a standard deviation, or 1 where it is rounding error.
func positive(std, mean float64) float64 {
	if std <= 1e-12*math.Abs(mean) {
		return 1
	}
	return std
}
