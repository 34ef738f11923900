package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("rel_l2_global", func() Loss { return &GlobalRelativeL2{Weighted{1}} })
}

// GlobalRelativeL2 is ‖pred − target‖ / ‖target‖ with norms over the whole
// batch: large samples count more than in [RelativeL2]. It depends on how
// samples meet in batches. Papers on PINNs report it of all test points.
//
// Ref: l2_relative_error of DeepXDE, Lu et al., SIAM Rev. 63 (2021) 208.
type GlobalRelativeL2 struct{ Weighted }

// Node implements [Comparison].
func (l *GlobalRelativeL2) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.GlobalL2(pred, target)
}
