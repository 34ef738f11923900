package train

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"eddy/internal/bundle"
	"eddy/models"
	"eddy/models/graph"

	"github.com/nlpodyssey/safetensors"
)

// Export returns the weights for PyTorch: a safetensors file with the tensors
// of the model's module, see [models.Tensors], and the normalisation around it.
func (s *Session) Export() ([]byte, error) {
	ts := tensors{}
	for _, t := range models.Tensors(s.Model.Value, s.Params) {
		a := graph.NewArray(s.Precision, t.Len())
		a.Put(t.Values())
		if err := ts.float(t.Name, t.Shape, a); err != nil {
			return nil, err
		}
	}
	if err := s.putScales(ts); err != nil {
		return nil, err
	}
	return ts.encode(map[string]string{"format": "pt", "model": models.Name(s.Model), "config": s.Name})
}

// Import takes the weights from the content of such a file. One without
// normalisation is of a module that sees its data as they are.
func (s *Session) Import(name string, content []byte) error {
	ts, err := decodeTensors(name, content)
	if err != nil {
		return err
	}
	if err := s.adopt(ts); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *Session) adopt(ts tensors) error {
	rest := maps.Clone(ts)
	for _, t := range models.Tensors(s.Model.Value, s.Params) {
		v, err := ts.numbers(t.Name, t.Shape)
		if err != nil {
			return err
		}
		t.Put(v)
		delete(rest, t.Name)
	}
	for name, scales := range s.normalization() {
		for i := range scales {
			scales[i] = models.Scale{Std: 1}
		}
		if _, ok := ts[name]; !ok {
			continue
		}
		v, err := ts.numbers(name, []int{len(scales), 2})
		if err != nil {
			return err
		}
		for i := range scales {
			scales[i] = models.Scale{Mean: v[2*i], Std: v[2*i+1]}
		}
		delete(rest, name)
	}
	if len(rest) > 0 {
		return fmt.Errorf("the model has no tensors %s", strings.Join(slices.Sorted(maps.Keys(rest)), ", "))
	}
	return nil
}

// numbers reads a tensor of a shape, up to axes of length one, in either
// precision.
func (ts tensors) numbers(name string, shape []int) ([]float64, error) {
	t, ok := ts[name]
	if !ok {
		return nil, fmt.Errorf("tensor %s is missing, which has the shape %v", name, shape)
	}
	var have []int
	for _, n := range t.Shape() {
		have = append(have, int(n))
	}
	if !slices.Equal(squeeze(have), squeeze(shape)) {
		return nil, fmt.Errorf("tensor %s has the shape %v, want %v", name, have, shape)
	}
	var v []float64
	switch t.DType() {
	case safetensors.F32:
		for b := range slices.Chunk(t.Data(), 4) {
			v = append(v, float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
		}
	case safetensors.F64:
		v = words(t, math.Float64frombits)
	default:
		return nil, fmt.Errorf("tensor %s has numbers of type %v, want F32 or F64", name, t.DType())
	}
	if !(graph.Array{F64: v}).Finite() {
		return nil, fmt.Errorf("tensor %s has numbers that are not finite", name)
	}
	return v, nil
}

// squeeze drops axes of length one.
func squeeze(shape []int) []int {
	return slices.DeleteFunc(slices.Clone(shape), func(n int) bool { return n == 1 })
}

// Keep makes the session's weights those of the run, as if it had been trained.
func (r *Run) Keep(s *Session) error {
	weights, err := s.weights()
	if err != nil {
		return err
	}
	m, err := json.MarshalIndent(marks{Build: ThisBuild()}, "", "  ")
	if err != nil {
		return err
	}
	return bundle.Write(r.last(), bundle.Files{weightsFile: weights, marksFile: m})
}
