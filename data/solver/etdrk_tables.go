package solver

import (
	"fmt"
	"math/cmplx"

	"eddy/data/fourier"
	"eddy/internal/kernel"
	"eddy/physics"
)

// stageTable is a [stage] for one Δt: Δt times the weights, for each
// coefficient. Channel c of the stage is made of channel d by entry [c][d].
type stageTable struct {
	decay   table   // exp(time z)
	weights []table // [stages before], for the coefficients that N has
}

// table is a matrix for each coefficient, [C][C][modes]; nil entries are zero.
type table [][][]complex128

// newStageTables tabulates a method. Of N, only the active first coefficients
// can differ from zero.
func newStageTables(stages []stage, linear physics.Matrix, dt float64, space *fourier.Series, active int) ([]stageTable, error) {
	z := newTable(len(linear), space.Modes)
	for c, row := range linear {
		for d, o := range row {
			z[c][d] = space.Symbol(o.Scale(dt))
		}
	}
	tables := make([]stageTable, len(stages))
	for i, stage := range stages {
		tables[i].decay = newTable(len(linear), space.Modes)
		for range stage.weights {
			tables[i].weights = append(tables[i].weights, newTable(len(linear), active))
		}
	}
	m := newMatrix(len(linear))
	for k := range space.Modes {
		for i := range m.a {
			m.a[i] = z[i/m.n][i%m.n][k]
			if cmplx.IsNaN(m.a[i]) || cmplx.IsInf(m.a[i]) {
				var wave [3]int
				copy(wave[:], space.WaveNumber(k))
				return nil, fmt.Errorf("the linear terms times dt are %v in the wave %v, want a finite number", m.a[i], wave)
			}
		}
		half, full := m.phis()
		for i, stage := range stages {
			tables[i].set(stage, k, active, dt, half, full)
		}
	}
	for _, t := range tables {
		t.decay.prune()
		for _, w := range t.weights {
			w.prune()
		}
	}
	return tables, nil
}

func newTable(channels, modes int) table {
	t := make(table, channels)
	for c := range t {
		t[c] = make([][]complex128, channels)
		for d := range t[c] {
			t[c][d] = make([]complex128, modes)
		}
	}
	return t
}

// set writes coefficient k.
func (t stageTable) set(s stage, k, active int, dt float64, half, full [4]matrix) {
	for c, row := range t.decay {
		for d := range row {
			var h, f [4]complex128
			for i := range h {
				h[i], f[i] = half[i].a[c*len(row)+d], full[i].a[c*len(row)+d]
			}
			if row[d][k] = f[0]; s.time == 0.5 {
				row[d][k] = h[0]
			}
			if k < active {
				for j, w := range s.weights {
					t.weights[j][c][d][k] = scaled(dt, w.of(h, f))
				}
			}
		}
	}
}

// prune drops the entries that are zero.
func (t table) prune() {
	for _, row := range t {
		for d, entry := range row {
			zero := true
			for _, x := range entry {
				zero = zero && x == 0
			}
			if zero {
				row[d] = nil
			}
		}
	}
}

// sums returns what makes each channel of a stage: the active coefficients from
// u and N, and where the stage is the last one the rest from u.
func (t stageTable) sums(u [][]float64, n [][][]float64, active int, last bool) [][]combination {
	all := make([][]combination, len(u))
	for c := range u {
		s := combination{to: active * fourier.Pair}
		var weights [][]complex128
		add := func(entry []complex128, x []float64) {
			if entry != nil {
				s.terms = append(s.terms, kernel.Term[float64]{X: x[s.from:s.to]})
				weights = append(weights, entry[s.from/fourier.Pair:s.to/fourier.Pair])
			}
		}
		for d := range u {
			add(t.decay[c][d], u[d])
			for j, w := range t.weights {
				add(w[c][d], n[j][d])
			}
		}
		s.complex = weigh(s.terms, weights)
		all[c] = append(all[c], s)
		if modes := len(u[c]) / fourier.Pair; last && active < modes {
			s, weights = combination{from: active * fourier.Pair, to: modes * fourier.Pair}, nil
			for d := range u {
				add(t.decay[c][d], u[d])
			}
			s.complex = weigh(s.terms, weights)
			all[c] = append(all[c], s)
		}
	}
	return all
}
