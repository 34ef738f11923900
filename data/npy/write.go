package npy

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// Writer writes an array as an .npy file, in as many pieces as one likes.
type Writer struct {
	w    io.Writer
	bits int
	left int // elements to come
}

// NewWriter writes the header of an array of little-endian floats with 32 or
// 64 bits.
func NewWriter(w io.Writer, bits int, shape ...int) (*Writer, error) {
	if bits != 32 && bits != 64 {
		return nil, fmt.Errorf("npy: floats of %d bits, want 32 or 64", bits)
	}
	tuple, elements := "", 1
	for _, n := range shape {
		tuple += fmt.Sprintf("%d, ", n)
		elements *= n
	}
	h := fmt.Sprintf("{'descr': '<f%d', 'fortran_order': False, 'shape': (%s), }", bits/8, strings.TrimSuffix(tuple, " "))
	h += strings.Repeat(" ", 63-(10+len(h))%64) + "\n" // the elements begin at a multiple of 64
	prefix := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(h)))
	_, err := w.Write(append(prefix, h...))
	return &Writer{w, bits, elements}, err
}

// Write writes the next elements, the last axis running fastest.
func (n *Writer) Write(values []float64) error {
	if n.left -= len(values); n.left < 0 {
		return fmt.Errorf("npy: %d elements more than the shape has", -n.left)
	}
	raw := make([]byte, 0, len(values)*n.bits/8)
	for _, v := range values {
		if n.bits == 32 {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(v)))
		} else {
			raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(v))
		}
	}
	_, err := n.w.Write(raw)
	return err
}

// Close reports whether elements are missing. It leaves the file open.
func (n *Writer) Close() error {
	if n.left > 0 {
		return fmt.Errorf("npy: %d elements fewer than the shape has", n.left)
	}
	return nil
}
