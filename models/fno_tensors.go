package models

import (
	"fmt"

	"eddy/models/graph"
)

// Tensors implements [Exchanged]: the tensors of the FNO paper's programs, fc0,
// conv0 … and w0 … for the blocks, fc1 and fc2. What those do not have keeps its
// name. The complex weights of a layer are tensors weights1, … [I, O, modes…, 2],
// as torch.view_as_real gives them, one for each choice of signs of the modes
// along all axes but the last; along the first axis the sign changes first.
func (m *FNO) Tensors(ps *graph.Params) []Tensor {
	named := map[*graph.Param]string{}
	name := func(layer dense, name string) { named[layer.w], named[layer.b] = name+".weight", name+".bias" }
	if len(m.lift.layers) == 1 {
		name(m.lift.layers[0], "fc0")
	}
	if len(m.project.layers) == 2 {
		name(m.project.layers[0], "fc1")
		name(m.project.layers[1], "fc2")
	}
	var all []Tensor
	spectral, linear := map[*graph.Param]string{}, map[*graph.Param]bool{}
	for i, b := range m.blocks {
		name(dense{b.skip.w, b.bias}, fmt.Sprintf("w%d", i))
		spectral[b.spectral] = fmt.Sprintf("conv%d", i)
		linear[b.skip.w] = b.skip.kind == Linear
	}
	for _, p := range ps.List {
		if conv := spectral[p]; conv != "" {
			all = append(all, m.corners(p, conv)...)
			continue
		}
		t := tensorOf(p)
		if named[p] != "" {
			t.Name = named[p]
		}
		if linear[p] { // a convolution of one tap
			for range m.modes {
				t.Shape, t.Strides = append(t.Shape, 1), append(t.Strides, 0)
			}
		}
		all = append(all, t)
	}
	return all
}

// corners are the tensors of the complex weights S [K, 2, I, O] of a layer.
func (m *FNO) corners(p *graph.Param, conv string) []Tensor {
	i, o := p.Shape[2], p.Shape[3]
	last := len(m.modes) - 1
	strides := make([]int, last+1) // of the modes
	step := 2 * i * o
	for a := last; a >= 0; a-- {
		strides[a] = step
		if step *= m.modes[a]; a < last {
			step *= 2
		}
	}
	var all []Tensor
	for corner := range 1 << last {
		t := Tensor{Name: fmt.Sprintf("%s.weights%d", conv, corner+1), Param: p, Shape: []int{i, o}, Strides: []int{o, 1}}
		for a, n := range m.modes {
			t.Shape, t.Strides = append(t.Shape, n), append(t.Strides, strides[a])
			t.Offset += corner >> a & 1 * n * strides[a]
		}
		t.Shape, t.Strides = append(t.Shape, 2), append(t.Strides, i*o)
		all = append(all, t)
	}
	return all
}
