package solver

import "eddy/physics"

// hll solves the Riemann problems at the faces of a row approximately: between
// the slowest signal s and the fastest t of both states, a below the face and b
// above it, is one mean state, so that the flux through the face is
//
//	F = (t F(a) − s F(b) + s t (b − a)) / (t − s),
//
// and F(a) or F(b) where all signals go one way.
//
// Ref: Harten, Lax & van Leer, SIAM Rev. 25 (1983) 35; Davis, SIAM J. Sci. Stat.
// Comput. 9 (1988) 445: the signals.
type hll struct {
	law              physics.ConservationLaw
	dims, axis       int
	faces            int
	flux             *pointwise
	states           [][]float64 // [C][2 faces]: those below the faces, then those above them
	slowest, fastest []float64   // [2 faces]: signals of the states
}

func newHLL(law physics.ConservationLaw, dims, axis, faces int) (*hll, error) {
	h := &hll{
		law: law, dims: dims, axis: axis, faces: faces,
		slowest: make([]float64, 2*faces), fastest: make([]float64, 2*faces),
	}
	channels := law.Channels(dims)
	for range channels {
		h.states = append(h.states, make([]float64, 2*faces))
	}
	var err error
	h.flux, err = newPointwise(channels, nil, func(u []physics.Field) []physics.Field {
		return law.Flux(dims, u, axis)
	})
	if err != nil {
		return nil, err
	}
	h.flux.allocate(2 * faces)
	return h, nil
}

// set puts the state u [C] below or above a face, unless it is none.
func (h *hll) set(i int, u []float64) error {
	slowest, fastest, err := h.law.Speeds(h.dims, u, h.axis)
	if err != nil {
		return err
	}
	h.slowest[i], h.fastest[i] = slowest, fastest
	for c, v := range u {
		h.states[c][i] = v
	}
	return nil
}

// solve evaluates F in all states, which fluxes needs.
func (h *hll) solve() { h.flux.evaluate(h.states) }

// fluxes writes the flux of a channel through the faces.
func (h *hll) fluxes(dst []float64, channel int) {
	f, u := h.flux.output(channel), h.states[channel]
	for a := range dst {
		b := a + h.faces
		s, t := min(h.slowest[a], h.slowest[b]), max(h.fastest[a], h.fastest[b])
		switch {
		case s >= 0:
			dst[a] = f[a]
		case t <= 0:
			dst[a] = f[b]
		default:
			dst[a] = (t*f[a] - s*f[b] + s*t*(u[b]-u[a])) / (t - s)
		}
	}
}
