package solver

// resampleCells returns means over cells u [A, from, stride] as those over
// other cells of the same box, [A, to, stride]. Each old cell has a line of
// slope limited as by MC, and none at the ends of the axis, so integrals are
// kept, no new extrema are made, and cells that are unions of old ones get
// exactly their mean.
func resampleCells(u []float64, from, to, stride int) []float64 {
	if from == to {
		return u
	}
	ratio := float64(from) / float64(to) // old cells per new one
	v := make([]float64, len(u)/from*to)
	for a := range len(u) / (from * stride) {
		for s := range stride {
			old := func(i int) float64 { return u[(a*from+i)*stride+s] }
			for j := range to {
				low, high, sum := float64(j)*ratio, float64(j+1)*ratio, 0.0
				for i := int(low); i < from && float64(i) < high; i++ {
					slope := 0.0
					if 0 < i && i < from-1 {
						slope = mc{}.Slope(old(i)-old(i-1), old(i+1)-old(i))
					}
					left, right := max(low, float64(i)), min(high, float64(i+1))
					sum += (right - left) * (old(i) + slope*((left+right)/2-float64(i)-0.5))
				}
				v[(a*to+j)*stride+s] = sum / ratio
			}
		}
	}
	return v
}
