package graph

func init() {
	opCases = append(opCases, opCase{"diagonal", [][]int{{5}}, func(g *Graph, x []*Node) *Node { return g.Diagonal(x[0]) }})
}
