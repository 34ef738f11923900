package kernel

// AddTo computes dst += x.
func AddTo[T Float](dst, x []T) { AddInto(dst, dst, x) }

// AddInto computes dst = x + y. dst may be x or y.
func AddInto[T Float](dst, x, y []T) {
	same("AddInto", len(dst), len(x), len(y))
	if len(dst) > 0 {
		kernels[T]().add(dst, x, y)
	}
}

// SubInto computes dst = x - y. dst may be x or y.
func SubInto[T Float](dst, x, y []T) {
	same("SubInto", len(dst), len(x), len(y))
	if len(dst) > 0 {
		kernels[T]().sub(dst, x, y)
	}
}

// Mul computes dst = x·y, element by element. dst may be x or y.
func Mul[T Float](dst, x, y []T) {
	same("Mul", len(dst), len(x), len(y))
	if len(dst) > 0 {
		kernels[T]().mul(dst, x, y)
	}
}

// Gate computes dst = x·[y > 0], element by element: what the gradient x of y =
// [ReLU] becomes. dst may be x or y.
func Gate[T Float](dst, x, y []T) {
	same("Gate", len(dst), len(x), len(y))
	if len(dst) > 0 {
		kernels[T]().gate(dst, x, y)
	}
}

// Scale computes dst = a x. dst may be x.
func Scale[T Float](dst []T, a T, x []T) {
	same("Scale", len(dst), len(x))
	if len(dst) > 0 {
		kernels[T]().scale(dst, a, x)
	}
}

// Axpy computes dst += a x.
func Axpy[T Float](dst []T, a T, x []T) {
	same("Axpy", len(dst), len(x))
	if len(dst) > 0 {
		kernels[T]().axpy(dst, a, x)
	}
}

// Lerp computes dst = w dst + (1-w) x, one step of an exponential moving
// average.
func Lerp[T Float](dst, x []T, w T) {
	same("Lerp", len(dst), len(x))
	if len(dst) > 0 {
		kernels[T]().lerp(dst, x, w, 1-w)
	}
}

func goAdd[T Float](dst, x, y []T) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = x[i] + y[i]
	}
}

func goSub[T Float](dst, x, y []T) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = x[i] - y[i]
	}
}

func goMul[T Float](dst, x, y []T) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = x[i] * y[i]
	}
}

func goGate[T Float](dst, x, y []T) {
	x, y = x[:len(dst)], y[:len(dst)]
	for i := range dst {
		_, d := reluGrad(y[i])
		dst[i] = x[i] * d
	}
}

func goScale[T Float](dst []T, a T, x []T) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = a * x[i]
	}
}

func goAxpy[T Float](dst []T, a T, x []T) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += a * x[i]
	}
}

// goLerp computes dst = w dst + v x.
func goLerp[T Float](dst, x []T, w, v T) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = w*dst[i] + v*x[i]
	}
}
