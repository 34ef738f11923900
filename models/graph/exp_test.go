package graph

func init() {
	opCases = append(opCases, opCase{"exp", [][]int{{2, 5}}, func(g *Graph, x []*Node) *Node { return g.Exp(x[0]) }})
}
