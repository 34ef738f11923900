package data

// narrow moves fields that have only the waves that the two-thirds rule keeps,
// and does not touch the others: of two dimensions it transforms two thirds of
// the columns. Coefficients are spread, [rows][columns][2][lanes]: all rows of
// the grid, but the kept columns alone.
type narrow struct {
	*spectral
	width int     // of a row of spread coefficients
	lines [][]int // for each axis before the last, the rows where its lines begin
}

func newNarrow(s *spectral) *narrow {
	n := &narrow{spectral: s, width: s.columns * pair}
	for axis := range s.others {
		var starts []int
		for r := range s.rows {
			if n.begins(r, axis) {
				starts = append(starts, r)
			}
		}
		n.lines = append(n.lines, starts)
	}
	return n
}

// begins tells whether a line along an axis begins at row r that must be
// transformed: one where the later axes are kept.
func (n *narrow) begins(r, axis int) bool {
	for a := len(n.others) - 1; a >= axis; a-- {
		p := n.grid.Points[a]
		j := r % p
		if r /= p; a == axis && j != 0 || a > axis && !isResolved(min(j, p-j), p) {
			return false
		}
	}
	return true
}

// inverse replaces the coefficients c by values along all axes but the last. It
// takes the rows that are not kept as 0.
func (n *narrow) inverse(c []float64) {
	if len(n.others) == 0 {
		return
	}
	for r, row := range n.rows {
		if !row.isKept {
			clear(c[r*n.width : (r+1)*n.width])
		}
	}
	for axis, f := range n.others {
		n.along(axis, c, f.inverse)
	}
}

// forward undoes inverse, up to a factor. Rows that are not kept mean nothing.
func (n *narrow) forward(c []float64) {
	for axis := len(n.others) - 1; axis >= 0; axis-- {
		n.along(axis, c, n.others[axis].forward)
	}
}

// along applies a transform to the lines along an axis before the last.
func (n *narrow) along(axis int, c []float64, transform func(x []float64, stride int)) {
	stride := n.width
	for _, p := range n.grid.Points[axis+1 : n.grid.Dims()-1] {
		stride *= p
	}
	for _, r := range n.lines[axis] {
		for j := 0; j < n.width; j += pair {
			transform(c[r*n.width+j:], stride)
		}
	}
}

// rowValues writes the values x [N][lanes] of row r of c.
func (n *narrow) rowValues(x, c []float64, r int) {
	n.last.inverse(x, c[r*n.width:(r+1)*n.width])
}

// setRow writes row r of c from its values x [N][lanes], which it spoils.
func (n *narrow) setRow(c, x []float64, r int) {
	n.last.forward(c[r*n.width:(r+1)*n.width], x, 1/float64(n.grid.Size()))
}
