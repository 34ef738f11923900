package kernel

import "golang.org/x/sys/cpu"

// vectorPaths lists the paths in assembly that this processor can run, best
// first.
func vectorPaths() (have []func() path) {
	x := cpu.X86
	if x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasBMI2 && x.HasAVX2 && x.HasFMA {
		have = append(have, avx512)
	}
	if x.HasAVX2 && x.HasFMA {
		have = append(have, avx2)
	}
	return have
}

func avx512() path {
	p := portable()
	p.name = "avx512"
	p.f32.use(vectorsF32x16, &tilesF32x16)
	p.f64.use(vectorsF64x8, &tilesF64x8)
	p.f32.activation(GELU, geluF32x16, geluGradF32x16)
	p.f32.activation(GELUTanh, geluTanhF32x16, geluTanhGradF32x16)
	p.f32.activation(Tanh, tanhF32x16, tanhGradF32x16)
	p.f32.activation(Sin, sinF32x16, sinGradF32x16)
	p.f32.activation(ReLU, reluF32x16, reluGradF32x16)
	p.f32.activation(SiLU, siluF32x16, siluGradF32x16)
	return p
}

func avx2() path {
	p := portable()
	p.name = "avx2"
	p.f32.use(vectorsF32x8, &tilesF32x8)
	p.f64.use(vectorsF64x4, &tilesF64x4)
	p.f32.activation(GELU, geluF32x8, geluGradF32x8)
	p.f32.activation(GELUTanh, geluTanhF32x8, geluTanhGradF32x8)
	p.f32.activation(Tanh, tanhF32x8, tanhGradF32x8)
	p.f32.activation(Sin, sinF32x8, sinGradF32x8)
	p.f32.activation(ReLU, reluF32x8, reluGradF32x8)
	p.f32.activation(SiLU, siluF32x8, siluGradF32x8)
	return p
}

var (
	tilesF32x16 = tiles[float32]{
		lanes:  16,
		one:    []tileFunc[float32]{nil, tile1x1F32x16, tile2x1F32x16, tile3x1F32x16, tile4x1F32x16, tile5x1F32x16, tile6x1F32x16, tile7x1F32x16, tile8x1F32x16, tile9x1F32x16, tile10x1F32x16, tile11x1F32x16, tile12x1F32x16},
		two:    []tileFunc[float32]{nil, tile1x2F32x16, tile2x2F32x16, tile3x2F32x16, tile4x2F32x16, tile5x2F32x16, tile6x2F32x16, tile7x2F32x16, tile8x2F32x16, tile9x2F32x16, tile10x2F32x16, tile11x2F32x16, tile12x2F32x16},
		rows:   rowsF32x16,
		narrow: &tilesF32x8,
	}
	vectorsF32x16 = vectors[float32]{add: addF32x16, sub: subF32x16, mul: mulF32x16, scale: scaleF32x16, axpy: axpyF32x16, lerp: lerpF32x16, adam: adamF32x16, sum: sumF32x16, naught: naughtF32x16, dot: dotF32x16}
	tilesF32x8    = tiles[float32]{
		lanes: 8,
		one:   []tileFunc[float32]{nil, tile1x1F32x8, tile2x1F32x8, tile3x1F32x8, tile4x1F32x8, tile5x1F32x8, tile6x1F32x8, tile7x1F32x8, tile8x1F32x8, tile9x1F32x8, tile10x1F32x8, tile11x1F32x8, tile12x1F32x8},
		two:   []tileFunc[float32]{nil, tile1x2F32x8, tile2x2F32x8, tile3x2F32x8, tile4x2F32x8, tile5x2F32x8, tile6x2F32x8},
		rows:  rowsF32x8,
	}
	vectorsF32x8 = vectors[float32]{add: addF32x8, sub: subF32x8, mul: mulF32x8, scale: scaleF32x8, axpy: axpyF32x8, lerp: lerpF32x8, adam: adamF32x8, sum: sumF32x8, naught: naughtF32x8, dot: dotF32x8}
	tilesF64x8   = tiles[float64]{
		lanes:  8,
		one:    []tileFunc[float64]{nil, tile1x1F64x8, tile2x1F64x8, tile3x1F64x8, tile4x1F64x8, tile5x1F64x8, tile6x1F64x8, tile7x1F64x8, tile8x1F64x8, tile9x1F64x8, tile10x1F64x8, tile11x1F64x8, tile12x1F64x8},
		two:    []tileFunc[float64]{nil, tile1x2F64x8, tile2x2F64x8, tile3x2F64x8, tile4x2F64x8, tile5x2F64x8, tile6x2F64x8, tile7x2F64x8, tile8x2F64x8, tile9x2F64x8, tile10x2F64x8, tile11x2F64x8, tile12x2F64x8},
		rows:   rowsF64x8,
		narrow: &tilesF64x4,
	}
	vectorsF64x8 = vectors[float64]{add: addF64x8, sub: subF64x8, mul: mulF64x8, scale: scaleF64x8, axpy: axpyF64x8, lerp: lerpF64x8, adam: adamF64x8, sum: sumF64x8, naught: naughtF64x8, dot: dotF64x8}
	tilesF64x4   = tiles[float64]{
		lanes: 4,
		one:   []tileFunc[float64]{nil, tile1x1F64x4, tile2x1F64x4, tile3x1F64x4, tile4x1F64x4, tile5x1F64x4, tile6x1F64x4, tile7x1F64x4, tile8x1F64x4, tile9x1F64x4, tile10x1F64x4, tile11x1F64x4, tile12x1F64x4},
		two:   []tileFunc[float64]{nil, tile1x2F64x4, tile2x2F64x4, tile3x2F64x4, tile4x2F64x4, tile5x2F64x4, tile6x2F64x4},
		rows:  rowsF64x4,
	}
	vectorsF64x4 = vectors[float64]{add: addF64x4, sub: subF64x4, mul: mulF64x4, scale: scaleF64x4, axpy: axpyF64x4, lerp: lerpF64x4, adam: adamF64x4, sum: sumF64x4, naught: naughtF64x4, dot: dotF64x4}
)
