package kernel

import (
	"math"
	"testing"
)

func phi(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// wantActivation is f and f' as a textbook has them.
func wantActivation(act Activation, x float64) (y, d float64) {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	switch act {
	case GELU:
		return x * phi(x), phi(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi)
	case GELUTanh:
		u, du := math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x), math.Sqrt(2/math.Pi)*(1+3*0.044715*x*x)
		c := math.Cosh(u)
		return 0.5 * x * (1 + math.Tanh(u)), 0.5*(1+math.Tanh(u)) + 0.5*x*du/(c*c)
	case Tanh:
		c := math.Cosh(x)
		return math.Tanh(x), 1 / (c * c)
	case Sin:
		return math.Sin(x), math.Cos(x)
	case ReLU:
		if x > 0 {
			return x, 1
		}
		return 0, 0
	case SiLU:
		return x * sigmoid(x), sigmoid(x) * (1 + x*sigmoid(-x))
	case TanhSin:
		s, c := math.Sincos(math.Pi * math.Remainder(x, 2)) // of πx; those of π(x+1) are −s and −c
		h := math.Cosh(-s)
		return math.Tanh(-s) + x, -math.Pi*c/(h*h) + 1
	}
	return x, 1
}

func TestActivation(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testActivation[float32], testActivation[float64]) })
}

func testActivation[T Float](t *testing.T) {
	var x []T
	for i := -4500; i <= 4500; i++ {
		x = append(x, T(i)/500) // [-9, 9], through 0
	}
	for _, v := range []T{12, 20, 50, 90, 200, 1000, 30000} {
		x = append(x, v, -v)
	}
	for act := Identity; act < activations; act++ {
		y, both, d := make([]T, len(x)), make([]T, len(x)), make([]T, len(x))
		Activate(act, y, x)
		ActivateGrad(act, both, d, x)
		for i := range x {
			wy, wd := wantActivation(act, float64(x[i]))
			tol := epsilon[T]() * (1 + math.Abs(wy))
			if !(math.Abs(float64(y[i])-wy) <= tol) || !(math.Abs(float64(both[i])-wy) <= tol) || !(math.Abs(float64(d[i])-wd) <= 2*epsilon[T]()) {
				t.Errorf("%v(%v) = %v and %v, want %v; derivative %v, want %v", act, x[i], y[i], both[i], wy, d[i], wd)
				break
			}
		}
	}
}

func TestActivationEdges(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testActivationEdges[float32], testActivationEdges[float64]) })
}

func testActivationEdges[T Float](t *testing.T) {
	for act := Identity; act < activations; act++ {
		long := fill(make([]T, 300), 1)
		ly, ld := make([]T, 300), make([]T, 300)
		ActivateGrad(act, ly, ld, long)
		for _, n := range []int{0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 257} {
			ally, y := guard[T](n)
			alld, d := guard[T](n)
			copy(y, long) // in place
			ActivateGrad(act, y, d, y)
			for i := range y {
				if bits(y[i]) != bits(ly[i]) || bits(d[i]) != bits(ld[i]) {
					t.Fatalf("%v n = %d: element %d is %v, %v, in a longer slice %v, %v", act, n, i, y[i], d[i], ly[i], ld[i])
				}
			}
			copy(y, long)
			Activate(act, y, y)
			for i := range y {
				if !(math.Abs(float64(y[i]-ly[i])) <= epsilon[T]()) {
					t.Fatalf("%v n = %d: Activate gives %v at %d, ActivateGrad %v", act, n, y[i], i, ly[i])
				}
			}
			checkGuard(t, act.String(), ally)
			checkGuard(t, act.String(), alld)
		}
	}
}

func TestActivationNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testActivationNaN[float32], testActivationNaN[float64]) })
}

func testActivationNaN[T Float](t *testing.T) {
	inf := math.Inf(1)
	for act := Identity; act < activations; act++ {
		for at := range 21 {
			x := fill(make([]T, 21), 1)
			x[at] = T(math.NaN())
			y, z, d := make([]T, 21), make([]T, 21), make([]T, 21)
			Activate(act, y, x)
			ActivateGrad(act, z, d, x)
			for i := range x {
				if (y[i] != y[i]) != (i == at) || (z[i] != z[i]) != (i == at) {
					t.Fatalf("%v: NaN at %d gave %v, %v at %d", act, at, y[i], z[i], i)
				}
			}
		}
		x, y, d := []T{T(inf), T(-inf)}, make([]T, 2), make([]T, 2)
		Activate(act, y, x)
		switch ActivateGrad(act, x, d, x); act {
		case Tanh:
			if math.Abs(float64(y[0])-1) > 1e-6 || math.Abs(float64(y[1])+1) > 1e-6 {
				t.Errorf("tanh(±∞) = %v", y)
			}
		case Sin:
			if y[0] == y[0] || y[1] == y[1] {
				t.Errorf("sin(±∞) = %v, want NaN", y)
			}
		default:
			if Finite(y[:1]) || Finite(x[:1]) || math.Abs(float64(y[1])) < math.Inf(1) && math.Abs(float64(y[1])) > 1e-6 {
				t.Errorf("%v(±∞) = %v and %v, want nothing finite but the limit", act, y, x)
			}
		}
	}
}

func TestActivationString(t *testing.T) {
	if s := GELUTanh.String(); s != "gelu_tanh" {
		t.Errorf("GELUTanh is called %q", s)
	}
	if s := Activation(99).String(); s != "activation(99)" {
		t.Errorf("Activation(99) is called %q", s)
	}
}
