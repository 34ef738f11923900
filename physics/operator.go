package physics

// Term is Coef ∂x^Order[0] ∂y^Order[1] ∂z^Order[2].
type Term struct {
	Coef  float64
	Order [3]int
}

// Operator is a linear operator with constant coefficients: a sum of terms.
// It is data, so the solver can read its symbol and a loss can apply it.
type Operator []Term

// Deriv returns ∂^order/∂x_axis^order.
func Deriv(axis, order int) Operator {
	t := Term{Coef: 1}
	t.Order[axis] = order
	return Operator{t}
}

// Identity returns the operator that changes nothing.
func Identity() Operator { return Operator{{Coef: 1}} }

// Laplacian returns Δ in the given number of dimensions.
func Laplacian(dims int) Operator { return sumOfDerivs(dims, 2) }

// sumOfDerivs returns Σ_a ∂^order/∂x_a^order.
func sumOfDerivs(dims, order int) Operator {
	var l Operator
	for axis := range dims {
		l = append(l, Deriv(axis, order)...)
	}
	return l
}

// Scale returns s·o.
func (o Operator) Scale(s float64) Operator {
	r := make(Operator, len(o))
	for i, t := range o {
		r[i] = Term{s * t.Coef, t.Order}
	}
	return r
}

// Add returns o + p.
func (o Operator) Add(p Operator) Operator { return append(append(Operator{}, o...), p...) }

// Mul returns the composition o∘p.
func (o Operator) Mul(p Operator) Operator {
	var r Operator
	for _, a := range o {
		for _, b := range p {
			t := Term{Coef: a.Coef * b.Coef}
			for i := range t.Order {
				t.Order[i] = a.Order[i] + b.Order[i]
			}
			r = append(r, t)
		}
	}
	return r
}

// Apply returns o u.
func (o Operator) Apply(u Field) Field {
	sum := u.Scale(0)
	for _, t := range o {
		d := u
		for axis, n := range t.Order {
			if n > 0 {
				d = d.D(axis, n)
			}
		}
		sum = sum.Add(d.Scale(t.Coef))
	}
	return sum
}

// Symbol returns o's factor on exp(i k·x), that is Σ Coef Π (i k_a)^Order[a].
func (o Operator) Symbol(k ...float64) complex128 {
	var s complex128
	for _, t := range o {
		f := complex(t.Coef, 0)
		for a, ka := range k {
			for range t.Order[a] {
				f *= complex(0, ka)
			}
		}
		s += f
	}
	return s
}
