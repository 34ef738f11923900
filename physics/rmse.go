package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("rmse", func() Loss { return &RMSE{Weighted{1}} }) }

// RMSE is the mean over the samples of the root of the mean squared error over
// points and channels. Unlike [MSE] its gradient does not fade as the error
// does, and unlike [RelativeL2] it weighs samples by their size.
//
// Good values: Weight √N on N points for the norm ‖pred − target‖ that DGenNO's
// published programs take.
//
// Ref: Zang & Koutsourelakis (2025), arXiv:2502.06250.
type RMSE struct{ Weighted }

// Node implements [Comparison].
func (l *RMSE) Node(g *graph.Graph, _ Grid, pred, target *graph.Node) *graph.Node {
	return g.RootMeanSquare(pred, target)
}
