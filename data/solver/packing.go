package solver

import (
	"eddy/data/fourier"
	"eddy/internal/kernel"
)

// packing moves states [N…, C] into lanes and out of them.
type packing struct {
	channels int
	states   []float64 // [lanes][N…·C]
	lanes    []float64 // [N…·C][lanes]
	grid     []float64 // [N…][lanes] a channel, where there are several
}

func newPacking(size, channels int) *packing {
	p := &packing{channels: channels, states: make([]float64, fourier.Lanes*size*channels), lanes: make([]float64, fourier.Lanes*size*channels)}
	if p.grid = p.lanes; channels > 1 {
		p.grid = make([]float64, fourier.Lanes*size)
	}
	return p
}

// state is the place of the state in lane l.
func (p *packing) state(l int) []float64 {
	size := len(p.states) / fourier.Lanes
	return p.states[l*size : (l+1)*size]
}

// enter makes the lanes from the states.
func (p *packing) enter() {
	kernel.Transpose(p.lanes, p.states, fourier.Lanes, len(p.states)/fourier.Lanes)
}

// leave makes the states from the lanes.
func (p *packing) leave() {
	kernel.Transpose(p.states, p.lanes, len(p.states)/fourier.Lanes, fourier.Lanes)
}

// load takes channel c of the lanes to the grid.
func (p *packing) load(c int) {
	for i := 0; p.channels > 1 && i < len(p.grid); i += fourier.Lanes {
		copy(p.grid[i:i+fourier.Lanes], p.lanes[i*p.channels+c*fourier.Lanes:])
	}
}

// store puts the grid into channel c of the lanes.
func (p *packing) store(c int) {
	for i := 0; p.channels > 1 && i < len(p.grid); i += fourier.Lanes {
		copy(p.lanes[i*p.channels+c*fourier.Lanes:][:fourier.Lanes], p.grid[i:i+fourier.Lanes])
	}
}
