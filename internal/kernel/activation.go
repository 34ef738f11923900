package kernel

import "fmt"

// Activation names a nonlinearity f that acts on each element.
type Activation int

const (
	Identity Activation = iota // x
	GELU                       // x Φ(x) with Φ(x) = ½ (1 + erf(x/√2)), exact
	GELUTanh                   // x σ(2u), u = √(2/π) (x + 0.044715 x³): GELU by tanh
	Tanh                       // tanh x
	Sin                        // sin x; for float32, |x| up to about 1e5
	ReLU                       // max(x, 0)
	SiLU                       // x σ(x) with σ(x) = 1/(1+e⁻ˣ)
	TanhSin                    // x + tanh sin π(x+1)
	activations
)

var activationNames = [activations]string{"identity", "gelu", "gelu_tanh", "tanh", "sin", "relu", "silu", "tanh_sin"}

// String is the name in lower case: "gelu", "gelu_tanh", …
func (a Activation) String() string {
	if a < 0 || a >= activations {
		return fmt.Sprintf("activation(%d)", int(a))
	}
	return activationNames[a]
}

// Activate computes y = f(x). y may be x.
//
// For float32 the absolute error is below 1e-6 (1+|f|); float64 has the
// accuracy of package math. An infinity gives the limit of f there, or what is
// not a finite number.
func Activate[T Float](act Activation, y, x []T) {
	same("Activate", len(y), len(x))
	if len(y) > 0 {
		kernels[T]().activate[known(act)](y, x)
	}
}

// ActivateGrad computes y = f(x) and d = f'(x) in one pass, so that the
// gradient later costs one multiplication. y may be x; d may not. ReLU'(0) = 0.
func ActivateGrad[T Float](act Activation, y, d, x []T) {
	same("ActivateGrad", len(y), len(d), len(x))
	if len(y) > 0 {
		kernels[T]().activateGrad[known(act)](y, d, x)
	}
}

func known(a Activation) Activation {
	if a < 0 || a >= activations {
		panic(fmt.Sprintf("kernel: %v: no such activation", a))
	}
	return a
}

// curve is an activation in portable Go: f, f with f', and f with f', f”, f”'.
type curve[T Float] struct {
	f    func(x T) T
	grad func(x T) (y, d T)
	jet  func(x T) (y, d1, d2, d3 T)
}

func (c curve[T]) activate(y, x []T) {
	x = x[:len(y)]
	for i := range y {
		y[i] = c.f(x[i])
	}
}

func (c curve[T]) activateGrad(y, d, x []T) {
	x, d = x[:len(y)], d[:len(y)]
	for i := range y {
		y[i], d[i] = c.grad(x[i])
	}
}

func identity[T Float](x T) T            { return x }
func identityGrad[T Float](x T) (y, d T) { return x, 1 }
func relu[T Float](x T) T                { return max(x, 0) }

func reluGrad[T Float](x T) (y, d T) {
	if x > 0 {
		d = 1
	}
	return max(x, 0), d
}
