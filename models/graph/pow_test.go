package graph

func init() {
	opCases = append(opCases, opCase{"pow", [][]int{{2, 5}}, func(g *Graph, x []*Node) *Node {
		positive := g.Combine([]float64{1, 1}, g.Mul(x[0], x[0]), g.Const("one", []int{2, 5}, []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
		return g.Pow(positive, -0.6)
	}})
}
