package graph

func init() {
	opCases = append(opCases, opCase{"rowdot", [][]int{{5, 3}, {5, 3}, {1}},
		func(g *Graph, x []*Node) *Node { return g.RowDot(x[0], x[1], x[2]) }})
}
