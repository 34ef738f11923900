package physics

// Means tells of each channel whether an equation conserves its mean over a
// periodic box: whether one of the invariants is the integral of the channel
// itself.
func Means(e Equation, dims int) []bool {
	means := make([]bool, e.Channels(dims))
	c, ok := e.(Conservative)
	if !ok {
		return means
	}
	u := probes(len(means))
	for _, invariant := range c.Invariants(dims) {
		if i, ok := invariant.Density(u).(probe); ok && i >= 0 {
			means[i] = true
		}
	}
	return means
}

// probes are the channels of a state.
func probes(channels int) []Field {
	u := make([]Field, channels)
	for i := range u {
		u[i] = probe(i)
	}
	return u
}

// probe is a field that knows which channel of the state it is; −1 is what has
// been computed from channels.
type probe int

func (probe) Add(Field) Field              { return probe(-1) }
func (probe) Mul(Field) Field              { return probe(-1) }
func (probe) Scale(float64) Field          { return probe(-1) }
func (probe) D(int, int) Field             { return probe(-1) }
func (probe) Pow(float64) Field            { return probe(-1) }
func (probe) InverseLaplacian() Field      { return probe(-1) }
func (probe) Cosine([3]int, float64) Field { return probe(-1) }
