package kernel

import "testing"

func TestModulate(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testModulate[float32], testModulate[float64]) })
}

func testModulate[T Float](t *testing.T) {
	for _, s := range [][2]int{{0, 3}, {1, 1}, {5, 3}, {9, 17}, {4, 34}} {
		n, channels := s[0], s[1]
		x, dy := fill(make([]T, n*channels), 1), fill(make([]T, n*channels), 2)
		scale, shift := fill(make([]T, channels), 3), fill(make([]T, channels), 4)
		ally, y := guard[T](n * channels)
		copy(y, x)
		Modulate(y, y, scale, shift)
		dscale, dshift := make([]T, channels), make([]T, channels)
		ModulateGrad(dscale, dshift, dy, x)
		wscale, wshift := make([]float64, channels), make([]float64, channels)
		for i := range x {
			c := i % channels
			if want := float64(x[i])*float64(scale[c]) + float64(shift[c]); !near[T](float64(y[i]), want, 1) {
				t.Fatalf("%v: y[%d] = %v, want %v", s, i, y[i], want)
			}
			wscale[c] += float64(dy[i]) * float64(x[i])
			wshift[c] += float64(dy[i])
		}
		for c := range wscale {
			if !near[T](float64(dscale[c]), wscale[c], n) || !near[T](float64(dshift[c]), wshift[c], n) {
				t.Fatalf("%v: dscale, dshift[%d] = %v, %v, want %v, %v", s, c, dscale[c], dshift[c], wscale[c], wshift[c])
			}
		}
		checkGuard(t, "y", ally)
	}
}
