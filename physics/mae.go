package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("mae", func() Loss { return &MAE{Weighted{1}} }) }

// MAE is the mean absolute error over samples, points and channels. Where a few
// points are far off, such as at fronts, it heeds them less than [MSE], and
// aims at the median of what is uncertain instead of the mean.
type MAE struct{ Weighted }

// Node implements [Comparison].
func (l *MAE) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.MeanAbsolute(pred, target)
}
