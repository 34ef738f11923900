package physics

import (
	"math/cmplx"
	"testing"
)

// An operator's symbol is its factor on exp(i k·x), and sums and compositions
// have the sums and products of the symbols.
func TestOperatorSymbols(t *testing.T) {
	k := []int{2, -1, 3}
	at := []float64{2, -1, 3}
	one := series{{2, -1, 3}: 1}
	a := Deriv(0, 1).Scale(-2).Add(Laplacian(3).Scale(0.5))
	b := Deriv(1, 3).Add(Deriv(2, 2).Mul(Deriv(0, 1)))
	for _, test := range []struct {
		name string
		o    Operator
		want complex128
	}{
		{"identity", Operator{{Coef: 1}}, 1},
		{"∂³/∂y³", Deriv(1, 3), 1i},
		{"Δ", Laplacian(3), -14},
		{"Δ²", Laplacian(3).Mul(Laplacian(3)), 196},
		{"Δ in the plane", Laplacian(2), -5},
		{"a + b", a.Add(b), a.Symbol(at...) + b.Symbol(at...)},
		{"a b", a.Mul(b), a.Symbol(at...) * b.Symbol(at...)},
		{"−3a", a.Scale(-3), -3 * a.Symbol(at...)},
		{"zero", nil, 0},
	} {
		if got := test.o.Symbol(at...); cmplx.Abs(got-test.want) > 1e-13 {
			t.Errorf("%s: symbol %v at %v, want %v", test.name, got, k, test.want)
		}
		if got := test.o.Apply(one).(series)[[3]int{2, -1, 3}]; cmplx.Abs(got-test.want) > 1e-12 {
			t.Errorf("%s: applied to a wave %v, want %v", test.name, got, test.want)
		}
	}
}
