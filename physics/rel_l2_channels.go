package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("rel_l2_channels", func() Loss { return &ChannelRelativeL2{Weighted{1}} })
}

// ChannelRelativeL2 is the relative error of each channel by itself, summed over
// the channels,
//
//	Σ_c mean_b ‖pred_c − target_c‖ / (‖target_c‖ + 10⁻⁸),
//
// so a small channel counts as much as a large one. It is LpLoss.rel of the
// package neuraloperator, which divides by the samples alone.
//
// Ref: Kossaifi et al., A Library for Learning Neural Operators (2024),
// arXiv:2412.10354.
type ChannelRelativeL2 struct{ Weighted }

// Node implements [Comparison].
func (l *ChannelRelativeL2) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	parts := make([]*graph.Node, graph.Channels(pred))
	for c := range parts {
		parts[c] = g.RelativeL2Above(1e-8, g.Select(pred, c, c+1), g.Select(target, c, c+1))
	}
	return g.Sum(parts...)
}
