package solver

// merge joins products that are needed only in one combination, as those of
// u·∇v are: their sum is formed on the grid, and transformed once.
func (n *nonlinear) merge() {
	forms := append([]*form{}, n.outputs...)
	for _, f := range n.factors {
		forms = append(forms, f.kept)
	}
	for i := 0; i < len(n.products); i++ {
		p := n.products[i]
		for j := i + 1; j < len(n.products); {
			q := n.products[j]
			ratio := ratio(forms, p.base, q.base)
			if ratio == 0 || p.power != 0 || q.power != 0 || p.level != q.level {
				j++
				continue
			}
			p.terms = append(p.terms, productTerm{ratio, q.terms[0].a, q.terms[0].b})
			for _, f := range forms {
				f.without(q.base)
			}
			n.products = append(n.products[:j], n.products[j+1:]...)
		}
	}
}

// ratio returns the number r for which q occurs in all forms as r times p, 0 if
// there is none.
func ratio(forms []*form, p, q *base) float64 {
	r := 0.0
	for _, f := range forms {
		a, b := f.on(p), f.on(q)
		if (a == nil) != (b == nil) {
			return 0
		}
		for m := range a {
			if r == 0 && a[m] != 0 {
				r = real(b[m] / a[m])
			}
			if scaled(r, a[m]) != b[m] {
				return 0
			}
		}
	}
	return r
}

func scaled(a float64, x complex128) complex128 { return complex(a*real(x), a*imag(x)) }
