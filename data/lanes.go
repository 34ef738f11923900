package data

import "eddy/internal/kernel"

// lanes is the number of trajectories that a solver advances together, one in
// each lane of a vector. A lane never looks at another, so the bits of a
// trajectory do not depend on which others share its vectors.
//
// Values on a grid are [N…][lanes], Fourier coefficients [modes][2][lanes]:
// the real parts of all lanes, then the imaginary ones.
const lanes = 8

// pair is the length of a coefficient: its real and its imaginary parts.
const pair = 2 * lanes

// packing moves states [N…, C] into lanes and out of them.
type packing struct {
	channels int
	states   []float64 // [lanes][N…·C]
	lanes    []float64 // [N…·C][lanes]
}

func newPacking(size, channels int) *packing {
	return &packing{channels, make([]float64, lanes*size*channels), make([]float64, lanes*size*channels)}
}

// state is the place of lane l.
func (p *packing) state(l int) []float64 {
	size := len(p.states) / lanes
	return p.states[l*size : (l+1)*size]
}

// enter makes the lanes from the states.
func (p *packing) enter() { kernel.Transpose(p.lanes, p.states, lanes, len(p.states)/lanes) }

// leave makes the states from the lanes.
func (p *packing) leave() { kernel.Transpose(p.states, p.lanes, len(p.states)/lanes, lanes) }

// channel copies channel c from the lanes to grid [N…][lanes].
func (p *packing) channel(grid []float64, c int) {
	if p.channels == 1 {
		copy(grid, p.lanes)
		return
	}
	for i := 0; i < len(grid); i += lanes {
		copy(grid[i:i+lanes], p.lanes[i*p.channels+c*lanes:])
	}
}

// setChannel copies grid [N…][lanes] to channel c of the lanes.
func (p *packing) setChannel(c int, grid []float64) {
	if p.channels == 1 {
		copy(p.lanes, grid)
		return
	}
	for i := 0; i < len(grid); i += lanes {
		copy(p.lanes[i*p.channels+c*lanes:][:lanes], grid[i:i+lanes])
	}
}
