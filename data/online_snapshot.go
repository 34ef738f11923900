package data

import (
	"errors"
	"fmt"
	"slices"
)

// Snapshot implements Stream. It holds each frame of the buffer once, however
// many samples share it:
//
//	ints    next      the trajectory that enters next, and its windows entered
//	        counts    the counters of the report
//	        buffer    samples drawn before, different samples drawn
//	        samples   [S, Window] for each sample the numbers of its frames
//	floats  frames     [F, N…·C] in the order in which samples first have them
//	        parameters [S, P], where there are any
//
// The trajectory that is entering is not stored; it is computed again.
func (s *onlineStream) Snapshot() (Snapshot, error) {
	var samples []int64
	var frames, parameters []float64
	number := map[*float64]int64{}
	for _, sample := range s.buffer.Samples {
		parameters = append(parameters, sample.Parameters...)
		for _, u := range sample.Frames {
			i, ok := number[&u[0]]
			if !ok {
				i = int64(len(number))
				number[&u[0]] = i
				frames = append(frames, u...)
			}
			samples = append(samples, i)
		}
	}
	floats := map[string][]float64{"frames": frames}
	if len(parameters) > 0 {
		floats["parameters"] = parameters
	}
	c := s.counts
	return Snapshot{
		Ints: map[string][]int64{
			"next":    {int64(s.next), int64(s.position)},
			"counts":  ints(c.produced, c.draws, c.deferred, c.rejected, c.failed, c.steps, c.occupied),
			"buffer":  ints(s.buffer.Seen, s.buffer.Used),
			"samples": samples,
		},
		Floats: floats,
	}, nil
}

func ints(values ...int) []int64 {
	r := make([]int64, len(values))
	for i, v := range values {
		r[i] = int64(v)
	}
	return r
}

// Restore implements Stream.
func (s *onlineStream) Restore(snapshot Snapshot) error {
	next, counts, seen := snapshot.Ints["next"], snapshot.Ints["counts"], snapshot.Ints["buffer"]
	if len(next) != 2 || len(counts) != 7 || len(seen) != 2 {
		return errors.New("online: this is not a snapshot of an online stream")
	}
	for _, v := range [][]int64{next, counts, seen} {
		for _, n := range v {
			if n < 0 {
				return fmt.Errorf("online: snapshot has the counter %d, want 0 or more", n)
			}
		}
	}
	samples, err := s.unpack(snapshot.Ints["samples"], snapshot.Floats["frames"], snapshot.Floats["parameters"])
	if err != nil {
		return fmt.Errorf("online: snapshot: %w", err)
	}
	if len(samples) > s.buffer.Capacity || int(seen[0]) > len(samples) || int(next[1]) >= s.windows {
		return fmt.Errorf("online: snapshot has %d samples, %d of them drawn, and window %d of a trajectory; the settings have room for %d samples and %d windows",
			len(samples), seen[0], next[1], s.buffer.Capacity, s.windows)
	}
	s.queue.close()
	s.arrivals, s.lost, s.err = nil, arrival{}, nil
	s.next, s.position = uint64(next[0]), int(next[1])
	s.buffer = Buffer{Capacity: s.buffer.Capacity, Samples: samples, Seen: int(seen[0]), Used: int(seen[1])}
	s.counts = onlineCounts{
		produced: int(counts[0]), draws: int(counts[1]), deferred: int(counts[2]),
		rejected: int(counts[3]), failed: int(counts[4]), steps: int(counts[5]), occupied: int(counts[6]),
	}
	return s.start(s.next)
}

// unpack rebuilds samples that share frames, which are numbered in the order in
// which the samples first have them.
func (s *onlineStream) unpack(numbers []int64, values, parameters []float64) ([]Sample, error) {
	window, own := s.request.Window, len(s.request.Problem.Parameters)
	if len(numbers)%window != 0 {
		return nil, fmt.Errorf("%d frame numbers, want a multiple of the window %d", len(numbers), window)
	}
	if len(parameters) != own*(len(numbers)/window) {
		return nil, fmt.Errorf("%d parameters, want %d for each of %d samples", len(parameters), own, len(numbers)/window)
	}
	var frames [][]float64
	samples := make([]Sample, len(numbers)/window)
	for i := range samples {
		samples[i] = Sample{make([][]float64, window), slices.Clone(parameters[i*own : (i+1)*own])}
		for t, n := range numbers[i*window : (i+1)*window] {
			size := s.size(t)
			if int(n) == len(frames) && len(values) >= size {
				frames = append(frames, slices.Clone(values[:size]))
				values = values[size:]
			}
			if n < 0 || n >= int64(len(frames)) || len(frames[n]) != size {
				return nil, fmt.Errorf("sample %d wants frame %d of %d, of %d numbers", i, n, len(frames), size)
			}
			samples[i].Frames[t] = frames[n]
		}
	}
	if len(values) > 0 {
		return nil, fmt.Errorf("%d values that no sample has", len(values))
	}
	return samples, nil
}
