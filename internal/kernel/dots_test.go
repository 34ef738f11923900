package kernel

import "testing"

func TestDots(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testDots[float32], testDots[float64]) })
}

func testDots[T Float](t *testing.T) {
	for _, s := range [][4]int{{1, 5, 5, 16}, {3, 7, 13, 1}, {2, 20, 20, 209}, {4, 6, 5, 33}, {1, 1, 20, 40}, {2, 9, 2, 7}, {2, 3, 3, 0}, {0, 3, 3, 5}, {2, 0, 3, 5}} {
		count, m, n, k := s[0], s[1], s[2], s[3]
		a, b := fill(make([]T, count*m*k), 1), fill(make([]T, count*n*k), 2)
		all, c := guard[T](m * n)
		Dots(count, m, n, k, a, b, c)
		for i := range m {
			for j := range n {
				want := 0.0
				for s := range count {
					for p := range k {
						want += float64(a[(s*m+i)*k+p]) * float64(b[(s*n+j)*k+p])
					}
				}
				if !near[T](float64(c[i*n+j]), want, max(1, count*k)) {
					t.Fatalf("%v: C(%d,%d) = %v, want %v", s, i, j, c[i*n+j], want)
				}
			}
		}
		checkGuard(t, "Dots", all)
	}
}
