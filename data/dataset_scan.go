package data

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"eddy/data/npy"
)

// scan reads everything once. It refuses values that are not finite, and gives
// each trajectory to visit, with a hash of its bits.
func (d *dataset) scan(visit func(t Trajectory, hash [32]byte)) error {
	bad := make([]badValues, len(d.parts))
	var badParameters, badFields badValues
	for s := range d.count {
		trajectory, err := d.trajectory(s, d.frames)
		if err != nil {
			return err
		}
		badParameters.look(trajectory.Parameters, s*d.width())
		badFields.look(trajectory.Fields, s*d.fields.size)
		hash := sha256.New()
		frame := 0
		for i, p := range d.parts {
			for k := range p.frames {
				u := trajectory.Frames[frame]
				bad[i].look(u, (s*p.frames+k)*p.size)
				hash.Write(bits(u))
				frame++
			}
		}
		visit(trajectory, [32]byte(hash.Sum(nil)))
	}
	for i, p := range d.parts {
		if err := bad[i].in(p.Array); err != nil {
			return err
		}
	}
	return errors.Join(badParameters.in(d.parameters), badFields.in(d.fields.Array))
}

// badValues counts values that are not finite.
type badValues struct {
	count, first int
	value        float64
}

// look looks through u, the elements of an array from a number on.
func (b *badValues) look(u []float64, from int) {
	for i, v := range u {
		if v-v != 0 { // true for NaN and the infinities
			if b.count == 0 {
				b.first, b.value = from+i, v
			}
			b.count++
		}
	}
}

// in reports what was found in an array.
func (b *badValues) in(a *npy.Array) error {
	if b.count == 0 {
		return nil
	}
	return fmt.Errorf("%s: %d of the values are not finite, the first is %g at %v", a.Name, b.count, b.value, place(b.first, a.Shape))
}

// place turns the number of an element into its index.
func place(n int, shape []int) []int {
	index := make([]int, len(shape))
	for axis := len(shape) - 1; axis >= 0; axis-- {
		index[axis] = n % shape[axis]
		n /= shape[axis]
	}
	return index
}

func bits(u []float64) []byte {
	b := make([]byte, 0, 8*len(u))
	for _, v := range u {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}
