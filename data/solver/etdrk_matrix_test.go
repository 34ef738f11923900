package solver

import (
	"math"
	"math/cmplx"
	"testing"
)

// farthestPhi compares φ_k of a matrix and of its half with want, relative to
// the largest entry that is wanted, or 1/k!.
func farthestPhi(t *testing.T, name string, m matrix, tolerance float64, want func(k int, scale float64) []complex128) {
	t.Helper()
	half, full := m.phis()
	for k := range full {
		for _, test := range []struct {
			scale float64
			got   matrix
		}{{0.5, half[k]}, {1, full[k]}} {
			values := want(k, test.scale)
			size := 1 / math.Gamma(float64(k+1))
			for _, v := range values {
				size = max(size, cmplx.Abs(v))
			}
			if d := farthest(test.got.a, values); !(d <= tolerance*size) {
				t.Errorf("%s: φ_%d of %v times %v is %v, want %v: error %.1e", name, k, test.scale, m.a, test.got.a, values, d/size)
			}
		}
	}
}

// The wave of length zero of a wave equation is [[0, 1], [0, 0]].
func TestPhiOfNilpotent(t *testing.T) {
	for _, x := range []complex128{1e-9, 1, 1e6} {
		farthestPhi(t, "nilpotent", matrix{2, []complex128{0, x, 0, 0}}, 1e-15, func(k int, scale float64) []complex128 {
			a := complex(1/math.Gamma(float64(k+1)), 0)
			return []complex128{a, a * x * complex(scale/float64(k+1), 0), 0, a}
		})
	}
}

// φ_k of [[z, 1], [0, z]] has φ_k' = φ_k − k φ_{k+1} beside the diagonal, and
// that of a matrix which is nearly so is near to it.
func TestPhiOfDefective(t *testing.T) {
	for _, z := range []complex128{0, 1e-8, -0.3, -3, -30, 1i, 20i, -2 + 5i} {
		for _, apart := range []complex128{0, 1e-15, 1e-9} {
			m := matrix{2, []complex128{z, 1, 0, z + apart}}
			tolerance := 1e-14 * max(1, cmplx.Abs(z))
			if apart != 0 {
				tolerance += cmplx.Abs(apart)
			}
			farthestPhi(t, "defective", m, tolerance, func(k int, scale float64) []complex128 {
				s := complex(scale, 0)
				diagonal := bigPhi(k, s*z)
				return []complex128{diagonal, s * (diagonal - complex(float64(k), 0)*bigPhi(k+1, s*z)), 0, diagonal}
			})
		}
	}
}

// An oscillator of frequency ω has φ_k = Re φ_k(iω) + Im φ_k(iω) Z/ω, however
// different the units of its position and its speed are.
func TestPhiOfOscillator(t *testing.T) {
	for _, omega := range []float64{1e-6, 0.1, 1, 7, 39} {
		for _, unit := range []float64{1e-5, 1, 300} {
			m := matrix{2, []complex128{0, complex(unit, 0), complex(-omega*omega/unit, 0), 0}}
			half, full := m.phis()
			for k := range full {
				for scale, got := range map[float64]matrix{0.5: half[k], 1: full[k]} {
					phi := bigPhi(k, complex(0, scale*omega))
					want := []complex128{complex(real(phi), 0), complex(imag(phi)/omega*unit, 0), complex(-imag(phi)*omega/unit, 0), complex(real(phi), 0)}
					for i, size := range []float64{1, unit / omega, omega / unit, 1} {
						if d := cmplx.Abs(got.a[i] - want[i]); !(d <= 1e-14*size*max(1, omega)) {
							t.Errorf("ω = %v, unit %v: entry %d of φ_%d is %v, want %v", omega, unit, i, k, got.a[i], want[i])
						}
					}
				}
			}
		}
	}
}

// A symmetric matrix has φ of its eigenvalues, stiff ones beside slow ones.
func TestPhiOfSymmetric(t *testing.T) {
	for _, eigenvalues := range [][3]complex128{{-40, -1e-3, 0.5}, {5i, -20, -20}, {0, 0, -1e-12}, {-39, 39i, -2 + 3i}} {
		// Householder's reflection in (1, 2, 3).
		var q [3][3]float64
		for i := range q {
			for j := range q {
				q[i][j] = -2 * float64((i+1)*(j+1)) / 14
			}
			q[i][i]++
		}
		rotated := func(f func(z complex128) complex128) []complex128 {
			a := make([]complex128, 9)
			for e, z := range eigenvalues {
				for i := range a {
					a[i] += f(z) * complex(q[i/3][e]*q[i%3][e], 0)
				}
			}
			return a
		}
		m := matrix{3, rotated(func(z complex128) complex128 { return z })}
		farthestPhi(t, "symmetric", m, 1e-13, func(k int, scale float64) []complex128 {
			return rotated(func(z complex128) complex128 { return bigPhi(k, complex(scale, 0)*z) })
		})
	}
}
