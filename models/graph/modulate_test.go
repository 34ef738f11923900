package graph

func init() {
	opCases = append(opCases, opCase{"modulate", [][]int{{3, 4, 2, 5}, {3, 5}, {3, 5}}, func(g *Graph, x []*Node) *Node {
		return g.Modulate(x[0], x[1], x[2])
	}})
}
