package solver

import (
	"math"
	"testing"

	"eddy/data/fourier"
	"eddy/data/npy"
	"eddy/physics"

	"gonum.org/v1/gonum/mat"
)

// unseen is what is not known of a trajectory of burgers16: the Fourier series
// of its initial state beyond the waves that 16 points show.
//
// The initial states were drawn from a Gaussian random field, by the law of
//
//	u_0 = Σ_k c_k exp(2πikx),  E|c_k|² = 625² ((2πk)² + 25)^−4,
//
// with zero mean, so their parts p = √2 c_k / √E|c_k|² are about 1.
type unseen struct {
	space  *fourier.Series
	solver physics.Stepper
	waves  int
	c      []complex128
	u      []float64
}

func newUnseen(t *testing.T, points, substeps, waves int, dt float64) unseen {
	p := of(&physics.Burgers{Convection: 1, Viscosity: 0.01}, points, 1, dt)
	space, err := fourier.NewSeries(p.Grid)
	if err != nil {
		t.Fatal(err)
	}
	return unseen{space, solver(t, p, 4, substeps), waves, make([]complex128, space.Modes), make([]float64, points)}
}

// frames writes what 16 points see of the trajectory from parts p [2·waves] to
// dst [17, 16].
func (s unseen) frames(t *testing.T, dst, p []float64) {
	clear(s.c)
	for k := 1; k <= s.waves; k++ {
		size := 625 / math.Pow(4*math.Pi*math.Pi*float64(k*k)+25, 2)
		s.c[k] = scaled(size/math.Sqrt2, complex(p[2*k-2], p[2*k-1]))
	}
	s.space.Values(s.u, s.c)
	for i := range dst {
		if i > 0 && i%16 == 0 {
			if err := s.solver.Step(s.u, s.u); err != nil {
				t.Fatal(err)
			}
		}
		dst[i] = s.u[i%16*len(s.u)/16]
	}
}

// fit returns the parts under which frames 1 to 16 come closest to the data
// [17, 16], by Gauss–Newton steps of least squares in which the parts count as
// if the data were known to a precision that rises to the last.
func (s unseen) fit(t *testing.T, data []float64) []float64 {
	const shown = 256
	n := 2 * s.waves
	p, frames, moved := make([]float64, n), make([]float64, 272), make([]float64, 272)
	rows, rest := mat.NewDense(shown+n, n, nil), mat.NewVecDense(shown+n, nil)
	for _, precision := range []float64{1e-2, 1e-3, 1e-4, 1e-5, 1e-7, 1e-9, 1e-10} {
		s.frames(t, frames, p)
		for i := range shown {
			rest.SetVec(i, (data[16+i]-frames[16+i])/precision)
		}
		for j := range n {
			const little = 1e-4
			p[j] += little
			s.frames(t, moved, p)
			p[j] -= little
			for i := range shown {
				rows.Set(i, j, (moved[16+i]-frames[16+i])/little/precision)
			}
			rows.Set(shown+j, j, 1)
			rest.SetVec(shown+j, -p[j])
		}
		var step mat.VecDense
		if err := step.SolveVec(rows, rest); err != nil {
			t.Fatal(err)
		}
		for j := range n {
			p[j] += step.AtVec(j)
		}
	}
	return p
}

// Trajectories that others computed are solutions of ours: 48 numbers explain
// the 256 of frames 1 to 16, and nearly frame 0, which is not fitted. The time
// between frames is 0.06; under another the fit fails.
//
// The step and the points of this test are enough for gentle waves only;
// ../testdata/README.md says what the steepest of the trajectories tells.
func TestBurgers16(t *testing.T) {
	a, err := npy.Open("../testdata/burgers16_train.npz", "u")
	if err != nil {
		t.Fatal(err)
	}
	data, frames := make([]float64, 272), make([]float64, 272)
	s := newUnseen(t, 128, 12, 24, 0.06)
	for _, trajectory := range []int{0, 2} {
		if err := a.Read(data, 272*trajectory); err != nil {
			t.Fatal(err)
		}
		p := s.fit(t, data)
		s.frames(t, frames, p)
		fitted, first := distance(frames[16:], data[16:]), distance(frames[:16], data[:16])
		norm := 0.0
		for _, v := range p {
			norm += v * v / float64(len(p))
		}
		t.Logf("trajectory %d: %.1e, frame 0 %.1e, norm %.2f", trajectory, fitted, first, norm)
		if !(fitted < 1e-9) || !(first < 1e-3) {
			t.Errorf("trajectory %d: frames 1 to 16 differ by %.1e, frame 0 by %.1e", trajectory, fitted, first)
		}
	}
}

// distance is |u − v| / |v|.
func distance(u, v []float64) float64 {
	d, n := 0.0, 0.0
	for i := range u {
		d, n = math.Hypot(d, u[i]-v[i]), math.Hypot(n, v[i])
	}
	return d / n
}
