package kernel

import (
	"fmt"
	"math"
)

// GroupNorm normalises one sample x [n,channels] over its points and over each
// of a number of groups of adjacent channels:
//
//	y = (x - mean) / √(variance + eps) · scale + shift, scale and shift [channels].
//
// One group normalises over the whole sample. Good values: eps 1e-5. state
// [5,channels] is kept for [GroupNormGrad]; its first two rows are the mean and
// 1/√(variance + eps). y may be x.
//
// Ref: Wu & He, Group Normalization (2018).
func GroupNorm[T Float](y, state, x, scale, shift []T, channels, groups int, eps T) {
	n := normSizes("GroupNorm", len(x), channels, groups)
	same("GroupNorm: y", len(x), len(y))
	same("GroupNorm: scale, shift", channels, len(scale), len(shift))
	same("GroupNorm: state", 5*channels, len(state))
	if n == 0 {
		return
	}
	mean, inverse := state[:channels], state[channels:2*channels]
	size, count := channels/groups, float64(n*(channels/groups))

	clear(state)
	ColSum(mean, x, n, channels)
	for c := 0; c < channels; c += size {
		spread(mean[c:c+size], Sum(mean[c:c+size])/T(count))
	}
	k := kernels[T]()
	for i := 0; i < len(x); i += channels {
		k.moment(inverse, x[i:i+channels], mean, x[i:i+channels], mean)
	}
	for c := 0; c < channels; c += size {
		variance := float64(Sum(inverse[c:c+size])) / count
		spread(inverse[c:c+size], T(1/math.Sqrt(variance+float64(eps))))
	}
	a, b := state[2*channels:3*channels], state[3*channels:4*channels]
	Mul(a, inverse, scale)
	Mul(b, mean, a)
	SubInto(b, shift, b)
	for i := 0; i < len(x); i += channels {
		k.affine(y[i:i+channels], x[i:i+channels], a, b, 1)
	}
}

// GroupNormGrad computes dx from dy and x, and adds to dscale and dshift, for
// the state that [GroupNorm] left. dx may be dy.
func GroupNormGrad[T Float](dx, dscale, dshift, state, dy, x, scale []T, channels, groups int) {
	n := normSizes("GroupNormGrad", len(x), channels, groups)
	same("GroupNormGrad: dx, dy", len(x), len(dx), len(dy))
	same("GroupNormGrad: dscale, dshift, scale", channels, len(dscale), len(dshift), len(scale))
	same("GroupNormGrad: state", 5*channels, len(state))
	if n == 0 {
		return
	}
	row := func(i int) []T { return state[i*channels:][:channels] }
	mean, inverse, p, q, r := row(0), row(1), row(2), row(3), row(4)
	k := kernels[T]()
	clear(p) // Σ dy
	clear(q) // Σ dy (x - mean), then Σ dy x̂
	clear(r)
	ColSum(p, dy, n, channels)
	for i := 0; i < len(x); i += channels {
		k.moment(q, x[i:i+channels], mean, dy[i:i+channels], r)
	}
	Mul(q, q, inverse)
	AddTo(dshift, p)
	AddTo(dscale, q)
	size := channels / groups
	for c := 0; c < channels; c += size {
		g := func(x []T) []T { return x[c : c+size] }
		count := T(n * size)
		sum, slope := Dot(g(scale), g(p))/count, Dot(g(scale), g(q))/count
		for j := c; j < c+size; j++ { // dx = inverse (scale dy - sum - x̂ slope) = p dy + q x + r
			p[j] = inverse[j] * scale[j]
			q[j] = -inverse[j] * inverse[j] * slope
			r[j] = -inverse[j]*sum - mean[j]*q[j]
		}
	}
	for i := 0; i < len(x); i += channels {
		k.blend(dx[i:i+channels], dy[i:i+channels], p, x[i:i+channels], q, r)
	}
}

// normSizes checks sizes and returns the number of rows.
func normSizes(op string, size, channels, groups int) int {
	if channels < 1 || groups < 1 || channels%groups != 0 || size%channels != 0 {
		panic(fmt.Sprintf("kernel: %s: %d numbers in %d channels and %d groups, want whole rows and groups", op, size, channels, groups))
	}
	return size / channels
}

// spread sets all of dst to v.
func spread[T Float](dst []T, v T) {
	for i := range dst {
		dst[i] = v
	}
}

// LayerNorm normalises each row of x [rows,channels] over its channels, with
// the formula of [GroupNorm]. state [2,rows] is kept for [LayerNormGrad]: the
// means, and 1/√(variance + eps). y must not be x.
//
// Ref: Ba, Kiros & Hinton, Layer Normalization (2016).
func LayerNorm[T Float](y, state, x, scale, shift []T, channels int, eps T) {
	n := normSizes("LayerNorm", len(x), channels, 1)
	same("LayerNorm: y", len(x), len(y))
	same("LayerNorm: scale, shift", channels, len(scale), len(shift))
	same("LayerNorm: state", 2*n, len(state))
	k := kernels[T]()
	for i := range n {
		in, out := x[i*channels:][:channels], y[i*channels:][:channels]
		mean := Sum(in) / T(channels)
		k.center(out, in, mean, 1)
		inverse := T(1 / math.Sqrt(float64(SumSquares(out)/T(channels)+eps)))
		k.affine(out, out, scale, shift, inverse)
		state[i], state[n+i] = mean, inverse
	}
}

// LayerNormGrad computes dx from dy and x, and adds to dscale and dshift, for
// the state that [LayerNorm] left. scratch holds [channels] numbers. dx must
// not be dy.
func LayerNormGrad[T Float](dx, dscale, dshift, state, dy, x, scale, scratch []T, channels int) {
	n := normSizes("LayerNormGrad", len(x), channels, 1)
	same("LayerNormGrad: dx, dy", len(x), len(dx), len(dy))
	same("LayerNormGrad: dscale, dshift, scale, scratch", channels, len(dscale), len(dshift), len(scale), len(scratch))
	same("LayerNormGrad: state", 2*n, len(state))
	ColSum(dshift, dy, n, channels)
	k := kernels[T]()
	for i := range n {
		in, g, out := x[i*channels:][:channels], dy[i*channels:][:channels], dx[i*channels:][:channels]
		mean, inverse := state[i], state[n+i]
		k.center(scratch, in, mean, inverse) // x̂
		k.mulAdd(dscale, g, scratch)
		Mul(out, g, scale)
		sum, slope := Sum(out)/T(channels), Dot(out, scratch)/T(channels)
		k.lerp(out, scratch, inverse, -inverse*slope)
		k.center(out, out, inverse*sum, 1)
	}
}

// goMoment adds (x-m)(y-k) to acc.
func goMoment[T Float](acc, x, m, y, k []T) {
	for i := range acc {
		acc[i] += (x[i] - m[i]) * (y[i] - k[i])
	}
}

// goAffine computes dst = a x v + w.
func goAffine[T Float](dst, x, v, w []T, a T) {
	for i := range dst {
		dst[i] = a*x[i]*v[i] + w[i]
	}
}

// goBlend computes dst = x p + y q + r.
func goBlend[T Float](dst, x, p, y, q, r []T) {
	for i := range dst {
		dst[i] = x[i]*p[i] + y[i]*q[i] + r[i]
	}
}

// goCenter computes dst = (x - a) b.
func goCenter[T Float](dst, x []T, a, b T) {
	for i := range dst {
		dst[i] = (x[i] - a) * b
	}
}

// goMulAdd computes dst += x y.
func goMulAdd[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] += x[i] * y[i]
	}
}
