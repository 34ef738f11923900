package physics

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("rel_l2_clamped", func() Loss { return &ClampedRelativeL2{Weighted{1}, 1e-4} })
}

// ClampedRelativeL2 is [RelativeL2] with ‖target‖ no smaller than it is for a
// target of the size Floor everywhere,
//
//	mean_b ‖pred − target‖ / max(‖target‖, Floor √(N C)),
//
// so samples that are almost zero do not rule the batch. Good values: Floor a
// hundredth of the deviation of the data.
type ClampedRelativeL2 struct {
	Weighted
	Floor float64 `range:"(0,inf)" doc:"size of a target, in its units, below which errors count absolutely"`
}

// Node implements [Comparison].
func (l *ClampedRelativeL2) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	size := float64(pred.Shape().TotalSize() / pred.Shape()[0])
	return g.RelativeL2Clamped(l.Floor*math.Sqrt(size), pred, target)
}
