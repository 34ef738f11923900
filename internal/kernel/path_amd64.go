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
	p.f32.transpose, p.f64.transpose = squares(8, squareF32x8), squares(4, squareF64x4)
	p.f32.use(vectorsF32x16, &tilesF32x16)
	p.f32.dotTiles(5, 16, dotsF32x16)
	p.f32.transforms(pass2F32x16, pass3F32x16, pass4F32x16, pass5F32x16)
	p.f64.use(vectorsF64x8, &tilesF64x8)
	p.f64.dotTiles(5, 8, dotsF64x8)
	p.f64.transforms(pass2F64x8, pass3F64x8, pass4F64x8, pass5F64x8)
	p.f64.spectra(spectral[float64]{combineF64x8, combineComplexF64x8, joinF64x8, splitF64x8, peakF64x8})
	p.f32.activation(GELU, geluF32x16, geluGradF32x16)
	p.f32.streams(GELU, geluChainF32x16, geluPushF32x16, geluPullF32x16)
	p.f32.activation(GELUTanh, geluTanhF32x16, geluTanhGradF32x16)
	p.f32.streams(GELUTanh, geluTanhChainF32x16, geluTanhPushF32x16, geluTanhPullF32x16)
	p.f32.activation(Tanh, tanhF32x16, tanhGradF32x16)
	p.f32.streams(Tanh, tanhChainF32x16, tanhPushF32x16, tanhPullF32x16)
	p.f32.activation(Sin, sinF32x16, sinGradF32x16)
	p.f32.streams(Sin, sinChainF32x16, sinPushF32x16, sinPullF32x16)
	p.f32.activation(ReLU, reluF32x16, reluGradF32x16)
	p.f32.streams(ReLU, reluChainF32x16, reluPushF32x16, reluPullF32x16)
	p.f32.activation(SiLU, siluF32x16, siluGradF32x16)
	p.f32.streams(SiLU, siluChainF32x16, siluPushF32x16, siluPullF32x16)
	p.f32.activation(TanhSin, tanhSinF32x16, tanhSinGradF32x16)
	return p
}

func avx2() path {
	p := portable()
	p.name = "avx2"
	p.f32.transpose, p.f64.transpose = squares(8, squareF32x8), squares(4, squareF64x4)
	p.f32.use(vectorsF32x8, &tilesF32x8)
	p.f32.dotTiles(3, 8, dotsF32x8)
	p.f32.transforms(pass2F32x8, pass3F32x8, pass4F32x8, pass5F32x8)
	p.f64.use(vectorsF64x4, &tilesF64x4)
	p.f64.dotTiles(3, 4, dotsF64x4)
	p.f64.transforms(pass2F64x4, pass3F64x4, pass4F64x4, pass5F64x4)
	p.f64.spectra(spectral[float64]{combineF64x4, combineComplexF64x4, joinF64x4, splitF64x4, peakF64x4})
	p.f32.activation(GELU, geluF32x8, geluGradF32x8)
	p.f32.streams(GELU, geluChainF32x8, geluPushF32x8, geluPullF32x8)
	p.f32.activation(GELUTanh, geluTanhF32x8, geluTanhGradF32x8)
	p.f32.streams(GELUTanh, geluTanhChainF32x8, geluTanhPushF32x8, geluTanhPullF32x8)
	p.f32.activation(Tanh, tanhF32x8, tanhGradF32x8)
	p.f32.streams(Tanh, tanhChainF32x8, tanhPushF32x8, tanhPullF32x8)
	p.f32.activation(Sin, sinF32x8, sinGradF32x8)
	p.f32.streams(Sin, sinChainF32x8, sinPushF32x8, sinPullF32x8)
	p.f32.activation(ReLU, reluF32x8, reluGradF32x8)
	p.f32.streams(ReLU, reluChainF32x8, reluPushF32x8, reluPullF32x8)
	p.f32.activation(SiLU, siluF32x8, siluGradF32x8)
	p.f32.streams(SiLU, siluChainF32x8, siluPushF32x8, siluPullF32x8)
	p.f32.activation(TanhSin, tanhSinF32x8, tanhSinGradF32x8)
	return p
}

var (
	tilesF32x16 = tiles[float32]{rows: rowsF32x16, kinds: []tileKind[float32]{
		{8, 0, []tileFunc[float32]{nil, tileOne1F32x8, tileOne2F32x8, tileOne3F32x8, tileOne4F32x8, tileOne5F32x8, tileOne6F32x8, tileOne7F32x8, tileOne8F32x8, tileOne9F32x8, tileOne10F32x8, tileOne11F32x8, tileOne12F32x8}},
		{16, 0, []tileFunc[float32]{nil, tileOne1F32x16, tileOne2F32x16, tileOne3F32x16, tileOne4F32x16, tileOne5F32x16, tileOne6F32x16, tileOne7F32x16, tileOne8F32x16, tileOne9F32x16, tileOne10F32x16, tileOne11F32x16, tileOne12F32x16}},
		{24, 16, []tileFunc[float32]{nil, tileHalf1F32x16, tileHalf2F32x16, tileHalf3F32x16, tileHalf4F32x16, tileHalf5F32x16, tileHalf6F32x16, tileHalf7F32x16, tileHalf8F32x16, tileHalf9F32x16, tileHalf10F32x16, tileHalf11F32x16, tileHalf12F32x16}},
		{32, 16, []tileFunc[float32]{nil, tileTwo1F32x16, tileTwo2F32x16, tileTwo3F32x16, tileTwo4F32x16, tileTwo5F32x16, tileTwo6F32x16, tileTwo7F32x16, tileTwo8F32x16, tileTwo9F32x16, tileTwo10F32x16, tileTwo11F32x16, tileTwo12F32x16}},
	}}
	vectorsF32x16 = vectors[float32]{
		add: addF32x16, sub: subF32x16, mul: mulF32x16, gate: gateF32x16, scale: scaleF32x16, axpy: axpyF32x16, lerp: lerpF32x16, adam: adamF32x16,
		mulAdd: mulAddF32x16, moment: momentF32x16, affine: affineF32x16, blend: blendF32x16, center: centerF32x16,
		butterfly: butterflyF32x16, butterflyAdd: butterflyAddF32x16,
		sum: sumF32x16, dot: dotF32x16, naught: naughtF32x16,
	}
	tilesF32x8 = tiles[float32]{rows: rowsF32x8, kinds: []tileKind[float32]{
		{8, 0, []tileFunc[float32]{nil, tileOne1F32x8, tileOne2F32x8, tileOne3F32x8, tileOne4F32x8, tileOne5F32x8, tileOne6F32x8, tileOne7F32x8, tileOne8F32x8, tileOne9F32x8, tileOne10F32x8, tileOne11F32x8, tileOne12F32x8}},
		{16, 8, []tileFunc[float32]{nil, tileTwo1F32x8, tileTwo2F32x8, tileTwo3F32x8, tileTwo4F32x8, tileTwo5F32x8, tileTwo6F32x8}},
	}}
	vectorsF32x8 = vectors[float32]{
		add: addF32x8, sub: subF32x8, mul: mulF32x8, gate: gateF32x8, scale: scaleF32x8, axpy: axpyF32x8, lerp: lerpF32x8, adam: adamF32x8,
		mulAdd: mulAddF32x8, moment: momentF32x8, affine: affineF32x8, blend: blendF32x8, center: centerF32x8,
		butterfly: butterflyF32x8, butterflyAdd: butterflyAddF32x8,
		sum: sumF32x8, dot: dotF32x8, naught: naughtF32x8,
	}
	tilesF64x8 = tiles[float64]{rows: rowsF64x8, kinds: []tileKind[float64]{
		{4, 0, []tileFunc[float64]{nil, tileOne1F64x4, tileOne2F64x4, tileOne3F64x4, tileOne4F64x4, tileOne5F64x4, tileOne6F64x4, tileOne7F64x4, tileOne8F64x4, tileOne9F64x4, tileOne10F64x4, tileOne11F64x4, tileOne12F64x4}},
		{8, 0, []tileFunc[float64]{nil, tileOne1F64x8, tileOne2F64x8, tileOne3F64x8, tileOne4F64x8, tileOne5F64x8, tileOne6F64x8, tileOne7F64x8, tileOne8F64x8, tileOne9F64x8, tileOne10F64x8, tileOne11F64x8, tileOne12F64x8}},
		{12, 8, []tileFunc[float64]{nil, tileHalf1F64x8, tileHalf2F64x8, tileHalf3F64x8, tileHalf4F64x8, tileHalf5F64x8, tileHalf6F64x8, tileHalf7F64x8, tileHalf8F64x8, tileHalf9F64x8, tileHalf10F64x8, tileHalf11F64x8, tileHalf12F64x8}},
		{16, 8, []tileFunc[float64]{nil, tileTwo1F64x8, tileTwo2F64x8, tileTwo3F64x8, tileTwo4F64x8, tileTwo5F64x8, tileTwo6F64x8, tileTwo7F64x8, tileTwo8F64x8, tileTwo9F64x8, tileTwo10F64x8, tileTwo11F64x8, tileTwo12F64x8}},
	}}
	vectorsF64x8 = vectors[float64]{
		add: addF64x8, sub: subF64x8, mul: mulF64x8, gate: gateF64x8, scale: scaleF64x8, axpy: axpyF64x8, lerp: lerpF64x8, adam: adamF64x8,
		mulAdd: mulAddF64x8, moment: momentF64x8, affine: affineF64x8, blend: blendF64x8, center: centerF64x8,
		butterfly: butterflyF64x8, butterflyAdd: butterflyAddF64x8,
		sum: sumF64x8, dot: dotF64x8, naught: naughtF64x8,
	}
	tilesF64x4 = tiles[float64]{rows: rowsF64x4, kinds: []tileKind[float64]{
		{4, 0, []tileFunc[float64]{nil, tileOne1F64x4, tileOne2F64x4, tileOne3F64x4, tileOne4F64x4, tileOne5F64x4, tileOne6F64x4, tileOne7F64x4, tileOne8F64x4, tileOne9F64x4, tileOne10F64x4, tileOne11F64x4, tileOne12F64x4}},
		{8, 4, []tileFunc[float64]{nil, tileTwo1F64x4, tileTwo2F64x4, tileTwo3F64x4, tileTwo4F64x4, tileTwo5F64x4, tileTwo6F64x4}},
	}}
	vectorsF64x4 = vectors[float64]{
		add: addF64x4, sub: subF64x4, mul: mulF64x4, gate: gateF64x4, scale: scaleF64x4, axpy: axpyF64x4, lerp: lerpF64x4, adam: adamF64x4,
		mulAdd: mulAddF64x4, moment: momentF64x4, affine: affineF64x4, blend: blendF64x4, center: centerF64x4,
		butterfly: butterflyF64x4, butterflyAdd: butterflyAddF64x4,
		sum: sumF64x4, dot: dotF64x4, naught: naughtF64x4,
	}
)
