package data

import "eddy/internal/kernel"

// packing moves states [N…, C] into lanes and out of them.
type packing struct {
	channels int
	states   []float64 // [lanes][N…·C]
	lanes    []float64 // [N…·C][lanes]
	grid     []float64 // [N…][lanes] a channel, where there are several
}

func newPacking(size, channels int) *packing {
	p := &packing{channels: channels, states: make([]float64, lanes*size*channels), lanes: make([]float64, lanes*size*channels)}
	if p.grid = p.lanes; channels > 1 {
		p.grid = make([]float64, lanes*size)
	}
	return p
}

// state is the place of the state in lane l.
func (p *packing) state(l int) []float64 {
	size := len(p.states) / lanes
	return p.states[l*size : (l+1)*size]
}

// enter makes the lanes from the states.
func (p *packing) enter() { kernel.Transpose(p.lanes, p.states, lanes, len(p.states)/lanes) }

// leave makes the states from the lanes.
func (p *packing) leave() { kernel.Transpose(p.states, p.lanes, len(p.states)/lanes, lanes) }

// load takes channel c of the lanes to the grid.
func (p *packing) load(c int) {
	for i := 0; p.channels > 1 && i < len(p.grid); i += lanes {
		copy(p.grid[i:i+lanes], p.lanes[i*p.channels+c*lanes:])
	}
}

// store puts the grid into channel c of the lanes.
func (p *packing) store(c int) {
	for i := 0; p.channels > 1 && i < len(p.grid); i += lanes {
		copy(p.lanes[i*p.channels+c*lanes:][:lanes], p.grid[i:i+lanes])
	}
}
