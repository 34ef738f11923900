package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("rel_l1", func() Loss { return &RelativeL1{Weighted{1}} }) }

// RelativeL1 is the mean over the samples of Σ|pred − target| / Σ|target|, sums
// over all points and channels. It is the error that Poseidon reports, there in
// percent and as a median.
//
// Ref: Herde et al., Poseidon (2024), arXiv:2405.19101, §4.
type RelativeL1 struct{ Weighted }

// Node implements [Comparison].
func (l *RelativeL1) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.RelativeL1(pred, target)
}
