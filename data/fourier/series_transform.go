package fourier

// Analyze writes the series of the values u [N…][lanes] to c
// [modes][2][lanes]. It spoils u.
func (s *Series) Analyze(c, u []float64) {
	if len(s.Rows) == 1 { // where full is c
		s.last.Forward(c, u, 1/float64(s.Grid.Size()))
		return
	}
	n, half := s.last.n, (s.last.n/2+1)*Pair
	for r := range s.Rows {
		s.last.Forward(s.full[r*half:(r+1)*half], u[r*n*Lanes:(r+1)*n*Lanes], 1/float64(s.Grid.Size()))
	}
	for axis, f := range s.others {
		s.alongAxis(axis, f.Forward)
	}
	for r := range s.Rows {
		kept, rest, full := s.parts(c, r)
		copy(kept, full)
		copy(rest, full[len(kept):])
	}
}

// Synthesize writes the values of the series c [modes][2][lanes] to u
// [N…][lanes].
func (s *Series) Synthesize(u, c []float64) {
	if len(s.Rows) == 1 {
		s.last.Inverse(u, c)
		return
	}
	for r := range s.Rows {
		kept, rest, full := s.parts(c, r)
		copy(full, kept)
		copy(full[len(kept):], rest)
	}
	for axis, f := range s.others {
		s.alongAxis(axis, f.Inverse)
	}
	n, half := s.last.n, (s.last.n/2+1)*Pair
	for r := range s.Rows {
		s.last.Inverse(u[r*n*Lanes:(r+1)*n*Lanes], s.full[r*half:(r+1)*half])
	}
}

// parts returns the two parts of row r of a series, and its place in full.
func (s *Series) parts(c []float64, r int) (kept, rest, full []float64) {
	half, row := s.last.n/2+1, s.Rows[r]
	full = s.full[r*half*Pair : (r+1)*half*Pair]
	if row.IsKept {
		kept = c[row.Kept*Pair : (row.Kept+s.Columns)*Pair]
		half -= s.Columns
	}
	return kept, c[row.rest*Pair : (row.rest+half)*Pair], full
}

// alongAxis applies a transform to each line of full along an axis before the
// last.
func (s *Series) alongAxis(axis int, transform func(x []float64, stride int)) {
	stride := s.last.n/2 + 1
	for _, p := range s.Grid.Points[axis+1 : s.Grid.Dims()-1] {
		stride *= p
	}
	for start := 0; start < s.Modes; start += s.Grid.Points[axis] * stride {
		for i := start; i < start+stride; i++ {
			transform(s.full[i*Pair:], stride*Pair)
		}
	}
}
