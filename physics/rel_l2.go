package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("rel_l2", func() Loss { return &RelativeL2{Weighted{1}} }) }

// RelativeL2 is the mean over the samples of ‖pred − target‖ / ‖target‖, norms
// over all points and channels: every sample counts alike. It is the loss of
// the FNO paper and the metric rel_l2/fno.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §5.
type RelativeL2 struct{ Weighted }

// Node implements [Comparison].
func (l *RelativeL2) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.RelativeL2(pred, target)
}
