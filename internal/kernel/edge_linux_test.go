package kernel

import (
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// atEdge is a slice of n elements before a page that cannot be read: a kernel
// that reads past the end of a slice crashes.
func atEdge[T Float](t *testing.T, n int) []T {
	page := os.Getpagesize()
	size := (n*int(unsafe.Sizeof(T(0))) + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(mem) })
	if err := syscall.Mprotect(mem[size:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	all := unsafe.Slice((*T)(unsafe.Pointer(&mem[0])), size/int(unsafe.Sizeof(T(0))))
	return fill(all[len(all)-n:], uint64(n))
}

func TestEdge(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testEdge[float32], testEdge[float64]) })
}

func testEdge[T Float](t *testing.T) {
	for _, n := range []int{1, 3, 5, 9, 17, 23, 33} {
		for _, k := range []int{1, 2, 7, 33} {
			const m = 13
			a, b, c, bias := atEdge[T](t, m*k), atEdge[T](t, k*n), atEdge[T](t, m*n), atEdge[T](t, n)
			Gemm(m, n, k, a, k, 1, b, n, c, n, Plus)
			Gemm(m, n, k, a, 1, m, b, n, c, n, Set)
			GemmBias(m, n, k, a, k, 1, b, n, bias, c, n)
		}
		x, y, z := atEdge[T](t, 13*n), atEdge[T](t, 13*n), atEdge[T](t, 13*n)
		Transpose(y, x, 13, n)
		Mul(z, x, y)
		Axpy(z, 0.5, x)
		Lerp(z, x, 0.5)
		Adam(z, x, atEdge[T](t, 13*n), y, AdamStep{Eps: 1, Correct1: 1, Correct2: 1})
		for act := range activations {
			Activate(act, y, x)
			ActivateGrad(act, y, z, x)
			streams := []bool{true, false}
			Push(act, streams, atEdge[T](t, 4*n), atEdge[T](t, 4*n))
			Pull(act, streams, atEdge[T](t, 4*n), atEdge[T](t, 4*n), atEdge[T](t, 4*n))
		}
		Sum(x)
		Dot(x, z)
		Dots(1, 13, 13, n, x, y, atEdge[T](t, 169))
		Finite(x)
		ColSum(atEdge[T](t, n), x, 13, n)
		NewFFT[T](13, n).Forward(atEdge[T](t, 26*n), 2*n)
		NewFFT[T](12, n).Inverse(atEdge[T](t, 24*n), 2*n)
		GroupNorm(y, atEdge[T](t, 5*n), x, atEdge[T](t, n), atEdge[T](t, n), n, 1, 1e-5)
	}
}
