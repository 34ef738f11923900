package kernel

import "math"

// Streams beyond the second derivative go through an activation by the chain
// rule of Faà di Bruno: with D the derivative along a direction, z_k = Dᵏz and
// f_k = f⁽ᵏ⁾(z),
//
//	D f   = f₁z₁,  D²f = f₂z₁² + f₁z₂,  D³f = f₃z₁³ + 3f₂z₁z₂ + f₁z₃,
//	D⁴f = f₄z₁⁴ + 6f₃z₁²z₂ + f₂(3z₂² + 4z₁z₃) + f₁z₄.
//
// Ref: Griewank & Walther, Evaluating Derivatives (2008), ch. 13.

// HighestOrder is the highest derivative that streams carry.
const HighestOrder = 4

// tower is f, f′, … f⁽⁵⁾ at a point.
type tower [HighestOrder + 2]float64

// towers are the activations that have one.
var towers = map[Activation]func(x float64) tower{
	Identity: func(x float64) tower { return tower{x, 1} },
	Tanh: func(x float64) tower {
		y := math.Tanh(x)
		d := 1 - y*y
		return tower{y, d, -2 * y * d, d * (6*y*y - 2), d * y * (16 - 24*y*y), d * (16 + y*y*(120*y*y-120))}
	},
	Sin: func(x float64) tower {
		s, c := math.Sincos(x)
		return tower{s, c, -s, -c, s, c}
	},
	GELU: func(x float64) tower {
		cumulative, density := 0.5*math.Erfc(-x/math.Sqrt2), math.Exp(-x*x/2)/math.Sqrt(2*math.Pi)
		q := x * x
		t := tower{x * cumulative, cumulative + x*density}
		if density > 0 {
			t[2], t[3], t[4], t[5] = density*(2-q), density*x*(q-4), density*(q*(7-q)-4), density*x*(q*(q-11)+18)
		}
		return t
	},
	SiLU: func(x float64) tower {
		s := 1 / (1 + math.Exp(-x))
		p := s * (1 - s)
		d := tower{s, p, p * (1 - 2*s), p * (1 - 6*p), p * (1 - 2*s) * (1 - 12*p), p * (1 + p*(120*p-30))}
		t := tower{x * s}
		for k := 1; k < len(t); k++ {
			t[k] = float64(k)*d[k-1] + x*d[k]
		}
		return t
	},
}

// HasTower tells whether an activation has derivatives for [PushAll].
func HasTower(act Activation) bool { return towers[act] != nil }

// PushAll is [Push] for as many derivatives along each direction as orders says.
func PushAll[T Float](act Activation, orders []int, a, z []T) {
	same("PushAll", len(a), len(z))
	n := len(z) / orderCount(orders)
	f := towers[act]
	for i := range n {
		t := f(float64(z[i]))
		at := i
		var v [HighestOrder + 1]float64
		for _, order := range orders {
			for k := 1; k <= order; k++ {
				v[k] = float64(z[at+k*n])
			}
			d := t.chain(0, order, v)
			for k := 1; k <= order; k++ {
				a[at+k*n] = T(d[k])
			}
			at += order * n
		}
		a[i] = T(t[0])
	}
}

// PullAll is the adjoint of [PushAll], and computes a again: as
// ∂(Dᵐf)/∂z_k = (m over k) Dᵐ⁻ᵏf′, gradients h of the streams of a make
//
//	g_k = Σ_{m≥k} (m over k) Dᵐ⁻ᵏf′ h_m.
func PullAll[T Float](act Activation, orders []int, h, a, z []T) {
	same("PullAll", len(h), len(a), len(z))
	n := len(z) / orderCount(orders)
	f := towers[act]
	for i := range n {
		t := f(float64(z[i]))
		at, g := i, t[1]*float64(h[i])
		var v, x [HighestOrder + 1]float64
		for _, order := range orders {
			for k := 1; k <= order; k++ {
				v[k], x[k] = float64(z[at+k*n]), float64(h[at+k*n])
			}
			d, e := t.chain(0, order, v), t.chain(1, order, v)
			for k := 1; k <= order; k++ {
				a[at+k*n] = T(d[k])
				g += e[k] * x[k]
				sum := 0.0
				for m := k; m <= order; m++ {
					sum += ways[m][k] * e[m-k] * x[m]
				}
				h[at+k*n] = T(sum)
			}
			at += order * n
		}
		a[i], h[i] = T(t[0]), T(g)
	}
}

// ways are the binomial coefficients.
var ways = [HighestOrder + 1][HighestOrder + 1]float64{{1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}}

// chain returns Dᵏ of the derivative that the tower has at a floor, k up to an
// order, where v holds z₁, z₂ ….
func (t *tower) chain(floor, order int, v [HighestOrder + 1]float64) (d [HighestOrder + 1]float64) {
	f := t[floor:]
	d[0] = f[0]
	d[1] = f[1] * v[1]
	if order > 1 {
		d[2] = f[2]*v[1]*v[1] + f[1]*v[2]
	}
	if order > 2 {
		d[3] = f[3]*v[1]*v[1]*v[1] + 3*f[2]*v[1]*v[2] + f[1]*v[3]
	}
	if order > 3 {
		d[4] = f[4]*v[1]*v[1]*v[1]*v[1] + 6*f[3]*v[1]*v[1]*v[2] + f[2]*(3*v[2]*v[2]+4*v[1]*v[3]) + f[1]*v[4]
	}
	return d
}

// orderCount is the number of streams, the values included.
func orderCount(orders []int) int {
	n := 1
	for _, order := range orders {
		n += order
	}
	return n
}
