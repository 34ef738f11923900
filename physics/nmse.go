package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("nmse", func() Loss { return &NMSE{Weighted{1}} }) }

// NMSE is the mean square of the error over the mean square of the target, means
// over the whole batch: the square of [GlobalRelativeL2]. Its gradient is that
// of [MSE] but for a factor, so one learning rate fits data of any units.
//
// Ref: Luo, Chen & Zhang, CFDBench (2023), arXiv:2310.05963, §4.
type NMSE struct{ Weighted }

// Node implements [Comparison].
func (l *NMSE) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.GlobalSquare(pred, target)
}
