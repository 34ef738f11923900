package train

import (
	"encoding/binary"
	"fmt"
	"math"

	"eddy/models/graph"

	"github.com/nlpodyssey/safetensors"
)

// tensors is what a safetensors file holds: arrays by name.
type tensors map[string]safetensors.TensorView

// float stores an array in its own precision.
func (ts tensors) float(name string, shape []int, a graph.Array) error {
	if a.F32 != nil {
		b := make([]byte, 0, 4*len(a.F32))
		for _, v := range a.F32 {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		return ts.put(name, safetensors.F32, shape, b)
	}
	b := make([]byte, 0, 8*len(a.F64))
	for _, v := range a.F64 {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return ts.put(name, safetensors.F64, shape, b)
}

// ints stores whole numbers.
func (ts tensors) ints(name string, v []int64) error {
	b := make([]byte, 0, 8*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint64(b, uint64(x))
	}
	return ts.put(name, safetensors.I64, []int{len(v)}, b)
}

func (ts tensors) put(name string, t safetensors.DType, shape []int, b []byte) error {
	dims := make([]uint64, len(shape))
	for i, n := range shape {
		dims[i] = uint64(n)
	}
	v, err := safetensors.NewTensorView(t, dims, b)
	if err != nil {
		return fmt.Errorf("tensor %s: %w", name, err)
	}
	ts[name] = v
	return nil
}

// encode returns the arrays as a safetensors file with notes in its header.
func (ts tensors) encode(notes map[string]string) ([]byte, error) {
	return safetensors.Serialize(ts, notes)
}

// decodeTensors reads a safetensors file.
func decodeTensors(name string, file []byte) (tensors, error) {
	st, err := safetensors.Deserialize(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	ts := tensors{}
	for _, t := range st.Tensors() {
		ts[t.Name] = t.TensorView
	}
	return ts, nil
}

// into reads a tensor into an array of the same precision and length.
func (ts tensors) into(name string, a graph.Array) error {
	t, ok := ts[name]
	switch want := a.Len(); {
	case !ok:
		return fmt.Errorf("tensor %s is missing", name)
	case a.F32 != nil && t.DType() != safetensors.F32 || a.F32 == nil && t.DType() != safetensors.F64:
		return fmt.Errorf("tensor %s has numbers of type %v, want the precision of the run", name, t.DType())
	case t.DataLen() != uint64(want)*t.DType().Size():
		return fmt.Errorf("tensor %s has the shape %v, want %d numbers", name, t.Shape(), want)
	}
	b := t.Data()
	for i := range a.F32 {
		a.F32[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	for i := range a.F64 {
		a.F64[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return nil
}

// words reads the numbers of a tensor of 8-byte elements.
func words[T any](t safetensors.TensorView, of func(uint64) T) []T {
	v := make([]T, t.DataLen()/8)
	for i := range v {
		v[i] = of(binary.LittleEndian.Uint64(t.Data()[8*i:]))
	}
	return v
}
