package kernel

import (
	"fmt"
	"os"
	"strings"
)

// A path is one implementation of all kernels, in both precisions.
type path struct {
	name string
	f32  table[float32]
	f64  table[float64]
}

// table holds the kernels that have more than one implementation. Their
// arguments have been checked: lengths agree and are not zero.
type table[T Float] struct {
	gemm         func(m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc)
	dots         func(count, m, n, k int, a, b, c []T)
	transpose    func(dst, src []T, rows, cols int)
	add          func(dst, x, y []T)
	sub          func(dst, x, y []T)
	mul          func(dst, x, y []T)
	gate         func(dst, x, y []T)
	scale        func(dst []T, a T, x []T)
	axpy         func(dst []T, a T, x []T)
	lerp         func(dst, x []T, w, v T)
	adam         func(p, g, m, v []T, s adamStep[T])
	moment       func(acc, x, m, y, k []T)
	affine       func(dst, x, v, w []T, a T)
	blend        func(dst, x, p, y, q, r []T)
	center       func(dst, x []T, a, b T)
	mulAdd       func(dst, x, y []T)
	butterfly    func(rows, n int, sum, diff, x, y Rows[T])
	butterflyAdd func(rows, n int, sum, diff, x, y Rows[T])
	sum          func(x []T) T
	dot          func(x, y []T) T
	finite       func(x []T) bool
	pass         [6]func(p *pass[T], x, y line[T]) // of a transform, by radix; nil: goPass
	activate     [activations]func(y, x []T)
	activateGrad [activations]func(y, d, x []T)
	push         [activations]func(second []bool, a, z []T, n int)
	pull         [activations]func(second []bool, h, a, z []T, n int)

	combine, combineComplex func(dst []T, terms []Term[T])
	join                    func(n int, z, y, a, b Rows[T], roots []T)
	split                   func(n int, a, b, z, y Rows[T], roots []T, s T)
	peak                    func(top, x []T)
}

var (
	chosen  = portable()
	pathErr error
)

func init() { pathErr = start(os.Getenv("EDDY_KERNEL")) }

// start selects a path by the value of EDDY_KERNEL, or the best if that fails.
func start(name string) error {
	if err := Select(name); err != nil {
		Select("")
		return fmt.Errorf("EDDY_KERNEL: %w", err)
	}
	return nil
}

// Path names the implementation in use: "avx512", "avx2" or "portable".
func Path() string { return chosen.name }

// PathError says why the value of EDDY_KERNEL could not be followed; nil if it
// could. The best path is then in use.
func PathError() error { return pathErr }

// Select makes all kernels use the named path; the empty name means the best
// one this machine has. It must not run while a kernel does.
func Select(name string) error {
	have := append(vectorPaths(), portable)
	if name == "" {
		chosen = have[0]()
		return nil
	}
	var names []string
	for _, f := range have {
		p := f()
		if p.name == name {
			chosen = p
			return nil
		}
		names = append(names, p.name)
	}
	return fmt.Errorf("kernel path %q: want one of %s on this machine", name, strings.Join(names, ", "))
}

// portable is the path in plain Go: the reference for the others, and what
// processors without a vector path run.
func portable() path {
	return path{name: "portable", f32: portableTable(curves32), f64: portableTable(curves64)}
}

func portableTable[T Float](curves [activations]curve[T]) table[T] {
	t := table[T]{
		gemm:      goGemm[T],
		dots:      goDots(goDot[T]),
		transpose: goTranspose[T],
		add:       goAdd[T],
		sub:       goSub[T],
		mul:       goMul[T],
		gate:      goGate[T],
		scale:     goScale[T],
		axpy:      goAxpy[T],
		lerp:      goLerp[T],
		adam:      goAdam[T],
		moment:    goMoment[T],
		affine:    goAffine[T],
		blend:     goBlend[T],
		center:    goCenter[T],
		mulAdd:    goMulAdd[T],
		butterfly: goButterfly[T], butterflyAdd: goButterflyAdd[T],
		sum:    goSum[T],
		dot:    goDot[T],
		finite: goFinite[T],

		combine: goCombine[T], combineComplex: goCombineComplex[T],
		join: goJoin[T], split: goSplit[T], peak: goPeak[T],
	}
	for i, c := range curves {
		t.activate[i], t.activateGrad[i] = c.activate, c.activateGrad
		t.push[i], t.pull[i] = c.push, c.pull
	}
	return t
}

// kernels is the table in use for T.
func kernels[T Float]() *table[T] {
	if t, ok := any(&chosen.f32).(*table[T]); ok {
		return t
	}
	return any(&chosen.f64).(*table[T])
}
