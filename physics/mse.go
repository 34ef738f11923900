package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("mse", func() Loss { return &MSE{Weighted{1}} }) }

// MSE is the mean squared error over samples, points and channels. It weighs
// samples by their energy, unlike [RelativeL2].
type MSE struct{ Weighted }

// Node implements [Comparison].
func (l *MSE) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.MeanSquare(pred, target)
}
