package npy

import (
	"encoding/binary"
	"fmt"
	"math"
)

// element is the type of an array's numbers: a boolean, an integer or a float
// in either byte order.
type element struct {
	kind  byte // 'b', 'i', 'u' or 'f'
	size  int  // bytes
	order binary.ByteOrder
}

// parseElement reads NumPy's name of a type, such as "<f4".
func parseElement(descr string) (element, error) {
	if len(descr) == 3 {
		e := element{kind: descr[1], size: int(descr[2] - '0'), order: binary.LittleEndian}
		if descr[0] == '>' {
			e.order = binary.BigEndian
		}
		switch descr[1:] {
		case "f4", "f8", "i2", "i4", "i8", "u2", "u4", "u8":
			if descr[0] == '<' || descr[0] == '>' {
				return e, nil
			}
		case "b1", "i1", "u1":
			if descr[0] == '|' || descr[0] == '<' || descr[0] == '>' {
				return e, nil
			}
		}
	}
	return element{}, fmt.Errorf("elements of type %q, want f4, f8, an integer or bool", descr)
}

// decode converts src to dst, element by element. Integers beyond 2⁵³ are
// rounded; a boolean is 0 or 1.
func (e element) decode(dst []float64, src []byte) {
	for i := range dst {
		dst[i] = e.value(src[i*e.size:])
	}
}

func (e element) value(b []byte) float64 {
	switch e.kind {
	case 'f':
		if e.size == 4 {
			return float64(math.Float32frombits(e.order.Uint32(b)))
		}
		return math.Float64frombits(e.order.Uint64(b))
	case 'i':
		switch e.size {
		case 1:
			return float64(int8(b[0]))
		case 2:
			return float64(int16(e.order.Uint16(b)))
		case 4:
			return float64(int32(e.order.Uint32(b)))
		}
		return float64(int64(e.order.Uint64(b)))
	case 'u':
		switch e.size {
		case 1:
			return float64(b[0])
		case 2:
			return float64(e.order.Uint16(b))
		case 4:
			return float64(e.order.Uint32(b))
		}
		return float64(e.order.Uint64(b))
	}
	if b[0] != 0 {
		return 1
	}
	return 0
}
