package data

import "math"

// The passes below compute, for every p < l/r and q < s,
//
//	y[q + s(rp+k)] = w^{kp} Σ_j exp(−2πi jk/r) x[q + s(p + jl/r)],
//
// where r is the radix, s the stride and w = exp(−2πi/l).

func (p pass) radix2(y, x []complex128) {
	s := p.stride
	half := len(x) / 2
	for i, w := range p.twiddles {
		a, b := x[i*s:][:s], x[half+i*s:][:s]
		y0, y1 := y[2*i*s:][:s], y[(2*i+1)*s:][:s]
		for q := range a {
			y0[q], y1[q] = a[q]+b[q], w*(a[q]-b[q])
		}
	}
}

func (p pass) radix3(y, x []complex128) {
	const sin60 = 0.866025403784438646763723170752936183
	s := p.stride
	third := len(x) / 3
	for i := range third / s {
		w1, w2 := p.twiddles[2*i], p.twiddles[2*i+1]
		a, b, c := x[i*s:][:s], x[third+i*s:][:s], x[2*third+i*s:][:s]
		y0, y1, y2 := y[3*i*s:][:s], y[(3*i+1)*s:][:s], y[(3*i+2)*s:][:s]
		for q := range a {
			sum, diff := b[q]+c[q], b[q]-c[q]
			even := complex(real(a[q])-0.5*real(sum), imag(a[q])-0.5*imag(sum))
			odd := complex(sin60*imag(diff), -sin60*real(diff))
			y0[q], y1[q], y2[q] = a[q]+sum, w1*(even+odd), w2*(even-odd)
		}
	}
}

func (p pass) radix4(y, x []complex128) {
	s := p.stride
	quarter := len(x) / 4
	for i := range quarter / s {
		w := p.twiddles[3*i:][:3]
		w1, w2, w3 := w[0], w[1], w[2]
		a, b := x[i*s:][:s], x[quarter+i*s:][:s]
		c, d := x[2*quarter+i*s:][:s], x[3*quarter+i*s:][:s]
		y0, y1 := y[4*i*s:][:s], y[(4*i+1)*s:][:s]
		y2, y3 := y[(4*i+2)*s:][:s], y[(4*i+3)*s:][:s]
		for q := range a {
			ac, bd := a[q]+c[q], b[q]+d[q]
			am, bm := a[q]-c[q], b[q]-d[q]
			turned := complex(imag(bm), -real(bm)) // −i bm
			y0[q], y2[q] = ac+bd, w2*(ac-bd)
			y1[q], y3[q] = w1*(am+turned), w3*(am-turned)
		}
	}
}

func (p pass) radix5(y, x []complex128) {
	s := p.stride
	fifth := len(x) / 5
	s1, c1 := math.Sincos(2 * math.Pi / 5)
	s2, c2 := math.Sincos(4 * math.Pi / 5)
	for i := range fifth / s {
		w := p.twiddles[4*i:][:4]
		for q := range s {
			at := i*s + q
			x0 := x[at]
			sum1, diff1 := x[at+fifth]+x[at+4*fifth], x[at+fifth]-x[at+4*fifth]
			sum2, diff2 := x[at+2*fifth]+x[at+3*fifth], x[at+2*fifth]-x[at+3*fifth]
			even1 := x0 + scaled(c1, sum1) + scaled(c2, sum2)
			even2 := x0 + scaled(c2, sum1) + scaled(c1, sum2)
			odd1 := scaled(s1, diff1) + scaled(s2, diff2)
			odd2 := scaled(s2, diff1) - scaled(s1, diff2)
			odd1 = complex(imag(odd1), -real(odd1))
			odd2 = complex(imag(odd2), -real(odd2))
			to := y[5*i*s+q:]
			to[0] = x0 + sum1 + sum2
			to[s], to[4*s] = w[0]*(even1+odd1), w[3]*(even1-odd1)
			to[2*s], to[3*s] = w[1]*(even2+odd2), w[2]*(even2-odd2)
		}
	}
}

func scaled(a float64, x complex128) complex128 { return complex(a*real(x), a*imag(x)) }
