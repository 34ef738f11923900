package kernel

import "testing"

// No kernel allocates, whatever the path.
func TestAllocs(t *testing.T) {
	const n, c = 40, 24
	x, y, w, d := make([]float32, n*c), make([]float32, n*c), make([]float32, c*c), make([]float32, n*c)
	row, state := make([]float32, c), make([]float32, 5*c)
	terms := []Term[float32]{{w[:1], x[:32]}}
	twoStreams := []bool{false}
	eachPath(t, func(t *testing.T) {
		for name, f := range map[string]func(){
			"Gemm":         func() { Gemm(n, c, c, x, c, 1, w, c, y, c, Plus) },
			"GemmBias":     func() { GemmBias(n, c, c, x, c, 1, w, c, row, y, c) },
			"Gemm column":  func() { Gemm(n, 1, c, x, c, 1, w, 1, y, 1, Set) },
			"Transpose":    func() { Transpose(y, x, n, c) },
			"AddTo":        func() { AddTo(y, x) },
			"Axpy":         func() { Axpy(y, 0.5, x) },
			"Lerp":         func() { Lerp(y, x, 0.5) },
			"Adam":         func() { Adam(y, x, d, d, AdamStep{Correct1: 1, Correct2: 1, Eps: 1}) },
			"ActivateGrad": func() { ActivateGrad(GELU, y, d, x) },
			"Sum":          func() { Sum(x) },
			"Dot":          func() { Dot(x, y) },
			"Dots":         func() { Dots(2, c, c, n/2, x[:2*c*n/2], y[:2*c*n/2], w) },
			"ColSum":       func() { ColSum(row, x, n, c) },
			"Finite":       func() { Finite(x) },
			"Push":         func() { Push(Tanh, twoStreams, y, x) },
			"Pull":         func() { Pull(Tanh, twoStreams, y, d, x) },
			"GroupNorm":    func() { GroupNorm(y, state, x, row, row, c, 3, 1e-5) },
			"Combine":      func() { Combine(y[:32], terms, false) },
		} {
			if a := testing.AllocsPerRun(10, f); a != 0 {
				t.Errorf("%s allocates %v times", name, a)
			}
		}
	})
}
