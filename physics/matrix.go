package physics

// Matrix is a square matrix of operators, [C][C]: row c says what L u is in
// channel c. An empty operator is zero.
type Matrix [][]Operator

// Diagonal returns the matrix of a system whose channels do not mix.
func Diagonal(o ...Operator) Matrix {
	m := NewMatrix(len(o))
	for c := range o {
		m[c][c] = o[c]
	}
	return m
}

// NewMatrix returns a matrix of zeros for a number of channels.
func NewMatrix(channels int) Matrix {
	m := make(Matrix, channels)
	for c := range m {
		m[c] = make([]Operator, channels)
	}
	return m
}

// IsDiagonal tells whether no channel acts on another.
func (m Matrix) IsDiagonal() bool {
	for i, row := range m {
		for j, o := range row {
			if i != j && len(o) > 0 {
				return false
			}
		}
	}
	return true
}

// Apply returns m u.
func (m Matrix) Apply(u []Field) []Field {
	mu := make([]Field, len(u))
	for c, row := range m {
		mu[c] = row[0].Apply(u[0])
		for j := 1; j < len(row); j++ {
			if len(row[j]) > 0 {
				mu[c] = mu[c].Add(row[j].Apply(u[j]))
			}
		}
	}
	return mu
}
