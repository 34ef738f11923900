package kernel

import (
	"fmt"
	"testing"
)

// gflops reports the rate of a benchmark that does work operations a turn.
func gflops(b *testing.B, work int) {
	b.ReportMetric(float64(work)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

// aligned is a case whose matrices begin where the allocator puts them, at the
// start of a cache line, as those of a network do.
func aligned[T Float](m, n, k, pad int, trans bool) *product[T] {
	q := newProduct[T](m, n, k, pad, trans, Set)
	q.a, q.b, q.c = append([]T(nil), q.a...), append([]T(nil), q.b...), append([]T(nil), q.c...)
	return q
}

// BenchmarkTile is the rate at which the tallest tile runs with all operands in
// the first-level cache: the limit of what a product can reach.
func BenchmarkTile(b *testing.B) {
	const m, n, k = 12, 32, 128
	q := aligned[float32](m, n, k, 0, false)
	for b.Loop() {
		for range 100 {
			q.run()
		}
	}
	gflops(b, 100*2*m*n*k)
}

// BenchmarkGemm has the products of a training step on one core: FNO with
// channels last, modes as products, DeepONet and PINN, and large ones.
func BenchmarkGemm(b *testing.B) {
	for _, s := range []struct {
		name    string
		m, n, k int
		trans   bool
		pad     int // on the strides, against rows a multiple of 4 KB apart
	}{
		{"conv", 20480, 64, 64, false, 0},
		{"conv32", 81920, 32, 32, false, 0},
		{"convWeights", 64, 64, 20480, true, 0},
		{"dft", 32, 64, 1024, false, 16},
		{"inverseDFT", 1024, 64, 32, false, 0},
		{"dft2d", 1280, 32, 1024, false, 16},
		{"mode", 20, 64, 64, false, 0},
		{"mode128", 20, 128, 128, false, 0},
		{"modeSmall", 5, 12, 12, false, 0},
		{"dense", 10000, 128, 128, false, 0},
		{"denseWeights", 128, 128, 10000, true, 0},
		{"pinn20", 10000, 20, 20, false, 0},
		{"lift3", 20480, 64, 3, false, 0},
		{"project1", 20480, 1, 128, false, 0},
		{"project4", 20480, 4, 64, false, 0},
		{"square512", 512, 1024, 1024, false, 16},
	} {
		b.Run(s.name, func(b *testing.B) {
			q := aligned[float32](s.m, s.n, s.k, s.pad, s.trans)
			for b.Loop() {
				q.run()
			}
			gflops(b, 2*s.m*s.n*s.k)
		})
	}
}

func BenchmarkGemm64(b *testing.B) {
	for _, s := range [][3]int{{1024, 64, 64}, {256, 256, 256}} {
		b.Run(fmt.Sprintf("%dx%dx%d", s[0], s[1], s[2]), func(b *testing.B) {
			q := aligned[float64](s[0], s[1], s[2], 0, false)
			for b.Loop() {
				q.run()
			}
			gflops(b, 2*s[0]*s[1]*s[2])
		})
	}
}

// perElement reports the time of a benchmark over n elements a turn.
func perElement(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/element")
}

// BenchmarkElementwise works on 16 K elements, which stay in the second-level
// cache.
func BenchmarkElementwise(b *testing.B) {
	const n = 1 << 14
	x, y, d := fill(make([]float32, n), 1), fill(make([]float32, n), 2), make([]float32, n)
	m, v := make([]float32, n), make([]float32, n)
	Scale(x, 3, x)
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			perElement(b, n)
		})
	}
	for act := GELU; act < activations; act++ {
		run(act.String(), func() { Activate(act, d, x) })
		run(act.String()+"Grad", func() { ActivateGrad(act, d, y, x) })
	}
	run("mul", func() { Mul(d, x, y) })
	run("axpy", func() { Axpy(d, 0.5, x) })
	run("sum", func() { Sum(x) })
	run("dot", func() { Dot(x, y) })
	run("finite", func() { Finite(x) })
	run("lerp", func() { Lerp(d, x, 0.999) })
	run("transpose", func() { Transpose(d, x, 128, 128) })
	step := AdamStep{Rate: 1e-6, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correct1: 1, Correct2: 1}
	run("adam", func() { Adam(d, x, m, v, step) })
}

// BenchmarkFor is the cost of a loop over workers that are awake.
func BenchmarkFor(b *testing.B) {
	p := NewPool(2)
	defer p.Close()
	f := func(i, w int) {}
	for b.Loop() {
		p.For(2, f)
	}
}

// BenchmarkFFT is the time of a transform of 8 lanes in float64, that is of 16
// real fields, and 64 lanes (channels) in float32.
func BenchmarkFFT(b *testing.B) {
	for _, n := range []int{64, 256, 1024, 160} {
		b.Run(fmt.Sprintf("float64/%d", n), func(b *testing.B) { benchFFT[float64](b, n, 8) })
		b.Run(fmt.Sprintf("float32/%d", n), func(b *testing.B) { benchFFT[float32](b, n, 64) })
	}
}

func benchFFT[T Float](b *testing.B, n, lanes int) {
	f := NewFFT[T](n, lanes)
	x := make([]T, 2*n*lanes)
	for b.Loop() {
		f.Forward(x, 2*lanes)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(2*lanes), "ns/field")
}
