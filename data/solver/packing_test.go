package solver

import (
	"eddy/data/fourier"
	"testing"
)

// States go into lanes and come back, channel by channel.
func TestPacking(t *testing.T) {
	for channels := 1; channels <= 3; channels++ {
		testPacking(t, 6, channels)
	}
}

func testPacking(t *testing.T, size, channels int) {
	p := newPacking(size, channels)
	for l := range fourier.Lanes {
		for i := range p.state(l) {
			p.state(l)[i] = float64(100*l + i)
		}
	}
	p.enter()
	for c := range channels {
		p.load(c)
		for i := range size {
			for l := range fourier.Lanes {
				if want := float64(100*l + i*channels + c); p.grid[i*fourier.Lanes+l] != want {
					t.Fatalf("channel %d, pair %d, lane %d: %v, want %v", c, i, l, p.grid[i*fourier.Lanes+l], want)
				}
				p.grid[i*fourier.Lanes+l]++
			}
		}
		p.store(c)
	}
	p.leave()
	for l := range fourier.Lanes {
		for i, v := range p.state(l) {
			if want := float64(100*l + i + 1); v != want {
				t.Fatalf("lane %d: number %d is %v, want %v", l, i, v, want)
			}
		}
	}
}
