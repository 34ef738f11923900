package kernel

// Modulate scales and shifts each channel of x [n,channels],
//
//	y = x·scale + shift, scale and shift [channels].
//
// y may be x.
func Modulate[T Float](y, x, scale, shift []T) {
	channels := len(scale)
	normSizes("Modulate", len(x), channels, 1)
	same("Modulate: y", len(x), len(y))
	same("Modulate: shift", channels, len(shift))
	k := kernels[T]()
	for i := 0; i < len(x); i += channels {
		k.affine(y[i:i+channels], x[i:i+channels], scale, shift, 1)
	}
}

// ModulateGrad adds Σ dy·x to dscale and Σ dy to dshift, over the rows of dy
// and x [n,channels].
func ModulateGrad[T Float](dscale, dshift, dy, x []T) {
	channels := len(dscale)
	n := normSizes("ModulateGrad", len(x), channels, 1)
	same("ModulateGrad: dy", len(x), len(dy))
	same("ModulateGrad: dshift", channels, len(dshift))
	k := kernels[T]()
	for i := 0; i < len(x); i += channels {
		k.mulAdd(dscale, dy[i:i+channels], x[i:i+channels])
	}
	ColSum(dshift, dy, n, channels)
}
