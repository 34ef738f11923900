package data

// analyze writes the series of the values u [N…][lanes] to c
// [modes][2][lanes]. It spoils u.
func (s *spectral) analyze(c, u []float64) {
	if len(s.rows) == 1 { // where full is c
		s.last.forward(c, u, 1/float64(s.grid.Size()))
		return
	}
	n, half := s.last.n, (s.last.n/2+1)*pair
	for r := range s.rows {
		s.last.forward(s.full[r*half:(r+1)*half], u[r*n*lanes:(r+1)*n*lanes], 1/float64(s.grid.Size()))
	}
	for axis, f := range s.others {
		s.alongAxis(axis, f.forward)
	}
	for r := range s.rows {
		kept, rest, full := s.parts(c, r)
		copy(kept, full)
		copy(rest, full[len(kept):])
	}
}

// synthesize writes the values of the series c [modes][2][lanes] to u
// [N…][lanes].
func (s *spectral) synthesize(u, c []float64) {
	if len(s.rows) == 1 {
		s.last.inverse(u, c)
		return
	}
	for r := range s.rows {
		kept, rest, full := s.parts(c, r)
		copy(full, kept)
		copy(full[len(kept):], rest)
	}
	for axis, f := range s.others {
		s.alongAxis(axis, f.inverse)
	}
	n, half := s.last.n, (s.last.n/2+1)*pair
	for r := range s.rows {
		s.last.inverse(u[r*n*lanes:(r+1)*n*lanes], s.full[r*half:(r+1)*half])
	}
}

// parts returns the two parts of row r of a series, and its place in full.
func (s *spectral) parts(c []float64, r int) (kept, rest, full []float64) {
	half, row := s.last.n/2+1, s.rows[r]
	full = s.full[r*half*pair : (r+1)*half*pair]
	if row.isKept {
		kept = c[row.kept*pair : (row.kept+s.columns)*pair]
		half -= s.columns
	}
	return kept, c[row.rest*pair : (row.rest+half)*pair], full
}

// alongAxis applies a transform to each line of full along an axis before the
// last.
func (s *spectral) alongAxis(axis int, transform func(x []float64, stride int)) {
	stride := s.last.n/2 + 1
	for _, p := range s.grid.Points[axis+1 : s.grid.Dims()-1] {
		stride *= p
	}
	for start := 0; start < s.modes; start += s.grid.Points[axis] * stride {
		for i := start; i < start+stride; i++ {
			transform(s.full[i*pair:], stride*pair)
		}
	}
}
