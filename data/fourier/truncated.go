package fourier

// Truncated moves fields that have only the waves that the two-thirds rule keeps,
// and does not touch the others: of two dimensions it transforms two thirds of
// the columns. Coefficients are spread, [rows][columns][2][lanes]: all rows of
// the grid, but the kept columns alone.
type Truncated struct {
	*Series
	Width int     // of a row of spread coefficients
	lines [][]int // for each axis before the last, the rows where its lines begin
}

// NewTruncated returns the truncated form of a series, whose memory it shares.
func NewTruncated(s *Series) *Truncated {
	t := &Truncated{Series: s, Width: s.Columns * Pair}
	for axis := range s.others {
		var starts []int
		for r := range s.Rows {
			if t.begins(r, axis) {
				starts = append(starts, r)
			}
		}
		t.lines = append(t.lines, starts)
	}
	return t
}

// begins tells whether a line along an axis begins at row r that must be
// transformed: one where the later axes are kept.
func (t *Truncated) begins(r, axis int) bool {
	for a := len(t.others) - 1; a >= axis; a-- {
		p := t.Grid.Points[a]
		j := r % p
		if r /= p; a == axis && j != 0 || a > axis && !isResolved(min(j, p-j), p) {
			return false
		}
	}
	return true
}

// Inverse replaces the coefficients c by values along all axes but the last. It
// takes the rows that are not kept as 0.
func (t *Truncated) Inverse(c []float64) {
	if len(t.others) == 0 {
		return
	}
	for r, row := range t.Rows {
		if !row.IsKept {
			clear(c[r*t.Width : (r+1)*t.Width])
		}
	}
	for axis, f := range t.others {
		t.along(axis, c, f.Inverse)
	}
}

// Forward undoes Inverse, up to a factor. Rows that are not kept mean nothing.
func (t *Truncated) Forward(c []float64) {
	for axis := len(t.others) - 1; axis >= 0; axis-- {
		t.along(axis, c, t.others[axis].Forward)
	}
}

// along applies a transform to the lines along an axis before the last.
func (t *Truncated) along(axis int, c []float64, transform func(x []float64, stride int)) {
	stride := t.Width
	for _, p := range t.Grid.Points[axis+1 : t.Grid.Dims()-1] {
		stride *= p
	}
	for _, r := range t.lines[axis] {
		for j := 0; j < t.Width; j += Pair {
			transform(c[r*t.Width+j:], stride)
		}
	}
}

// RowValues writes the values x [N][lanes] of row r of c.
func (t *Truncated) RowValues(x, c []float64, r int) {
	t.last.Inverse(x, c[r*t.Width:(r+1)*t.Width])
}

// SetRow writes row r of c from its values x [N][lanes], which it spoils.
func (t *Truncated) SetRow(c, x []float64, r int) {
	t.last.Forward(c[r*t.Width:(r+1)*t.Width], x, 1/float64(t.Grid.Size()))
}
