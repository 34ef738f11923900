package graph

import "eddy/internal/kernel"

// panelWidth is the number of columns of a panel, a part of a layer's weights
// that stays in the second-level cache while all samples pass by.
const panelWidth = 64

// packBatch is the number of samples that make it worth to copy weights, so
// that a panel is contiguous.
const packBatch = 4

// panels are the weights of a convolution, a matrix [K, N] for each tap, cut by
// columns: [N/64][taps, K, 64] where they are copied, else [taps, K, N]. A copy
// lives in the graph's scratch while an operation runs.
type panels[T kernel.Float] struct {
	g          *Graph
	taps, k, n int
	copied     bool
	buf        []T
}

// newPanels makes the panels for a batch.
func newPanels[T kernel.Float](g *Graph, taps, k, n, batch int) *panels[T] {
	p := &panels[T]{g: g, taps: taps, k: k, n: n, copied: n > panelWidth && batch >= packBatch}
	if p.copied {
		reserve[T](g, p.size())
	}
	return p
}

// newTransposedPanels makes panels of transposed weights, which are copied
// always.
func newTransposedPanels[T kernel.Float](g *Graph, taps, k, n int) *panels[T] {
	p := &panels[T]{g: g, taps: taps, k: k, n: n, copied: true}
	reserve[T](g, p.size())
	return p
}

func (p *panels[T]) size() int { return p.taps * p.k * p.n }

// count is the number of panels.
func (p *panels[T]) count() int { return (p.n + panelWidth - 1) / panelWidth }

// panel is panel j with its width and the stride of its rows.
func (p *panels[T]) panel(j int) (b []T, width, ld int) {
	width = min(panelWidth, p.n-j*panelWidth)
	if !p.copied {
		return p.buf[j*panelWidth:], width, p.n
	}
	size := p.taps * p.k
	return p.buf[j*panelWidth*size:][:width*size], width, width
}

// pack takes weights [taps, K, N].
func (p *panels[T]) pack(w []T) {
	if !p.copied {
		p.buf = w
		return
	}
	p.buf = scratch[T](p.g, p.size())
	p.g.pool.For(p.count(), func(j, _ int) {
		b, width, _ := p.panel(j)
		for r := range p.taps * p.k {
			copy(b[r*width:][:width], w[r*p.n+j*panelWidth:])
		}
	})
}

// packTransposed takes weights [taps, N, K].
func (p *panels[T]) packTransposed(w []T) {
	p.packTaps(w, func(t int) int { return t })
}

// packReversed takes weights [taps, N, K], the last tap first.
func (p *panels[T]) packReversed(w []T) {
	p.packTaps(w, func(t int) int { return p.taps - 1 - t })
}

// packTaps takes weights [taps, N, K], tap from(t) in the place of t.
func (p *panels[T]) packTaps(w []T, from func(t int) int) {
	p.buf = scratch[T](p.g, p.size())
	p.g.pool.For(p.count(), func(j, _ int) {
		b, width, _ := p.panel(j)
		for t := range p.taps {
			kernel.Transpose(sample(b, t, p.k*width), w[(from(t)*p.n+j*panelWidth)*p.k:][:width*p.k], width, p.k)
		}
	})
}

// gather computes, for panel j and one sample, the columns of
//
//	y[i] = bias + Σ_t x[i·stride + t·dilation] W_t
//
// with x [P₀, P₁, lx] padded, y [M₀, M₁, N] and W_t [K, N].
func (p *panels[T]) gather(k *window, j int, y, x []T, lx int, bias []T) {
	b, width, ld := p.panel(j)
	taps, depth := k.taps[1], p.k
	if k.dilation == 1 && lx == p.k { // taps are adjacent
		taps, depth = 1, k.taps[1]*p.k
	}
	for i := range k.coarse[0] {
		row := y[i*k.coarse[1]*p.n+j*panelWidth:]
		for s := range k.taps[0] {
			for t := range taps {
				a := x[((i*k.stride+s*k.dilation)*k.padded[1]+t*k.dilation)*lx:]
				w := b[(s*taps+t)*depth*ld:]
				if s == 0 && t == 0 && bias != nil {
					kernel.GemmBias(k.coarse[1], width, depth, a, k.stride*lx, 1, w, ld, bias[j*panelWidth:][:width], row, p.n)
					continue
				}
				acc := kernel.Plus
				if s == 0 && t == 0 {
					acc = kernel.Set
				}
				kernel.Gemm(k.coarse[1], width, depth, a, k.stride*lx, 1, w, ld, row, p.n, acc)
			}
		}
	}
}

// scatter is the adjoint arrangement: for panel j and one sample the columns of
//
//	y[i·stride + t·dilation] += x[i] W_t
//
// with x [M₀, M₁, lx], y [P₀, P₁, ly] padded, from zero.
func (p *panels[T]) scatter(k *window, j int, y []T, ly int, x []T, lx int) {
	b, width, ld := p.panel(j)
	for r := range points(k.padded) {
		clear(y[r*ly+j*panelWidth:][:width])
	}
	for i := range k.coarse[0] {
		for s := range k.taps[0] {
			for t := range k.taps[1] {
				at := ((i*k.stride+s*k.dilation)*k.padded[1] + t*k.dilation) * ly
				w := b[(s*k.taps[1]+t)*p.k*ld:]
				kernel.Gemm(k.coarse[1], width, p.k, x[i*k.coarse[1]*lx:], lx, 1, w, ld, y[at+j*panelWidth:], k.stride*ly, kernel.Plus)
			}
		}
	}
}
