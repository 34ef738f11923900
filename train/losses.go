package train

import (
	"fmt"

	"eddy/configs"
	"eddy/data"
	"eddy/models/graph"
	"eddy/physics"
)

// Losses are the terms that training minimises the weighted sum of.
type Losses []Term

// Term is a loss under the name that its kind has in the configuration.
type Term struct {
	Name string
	physics.Loss
}

// newLosses names the terms of a configuration; of several of one kind, the
// later ones get a number.
func newLosses(of []configs.Of[physics.Loss]) Losses {
	var ls Losses
	count := map[string]int{}
	for _, l := range of {
		name := l.Kind
		if count[l.Kind]++; count[l.Kind] > 1 {
			name = fmt.Sprintf("%s_%d", l.Kind, count[l.Kind])
		}
		ls = append(ls, Term{name, l.Value})
	}
	return ls
}

// names are those of the terms, in order.
func (ls Losses) names() []string {
	names := make([]string, len(ls))
	for i, t := range ls {
		names[i] = t.Name
	}
	return names
}

// init readies the laws for the forecasts of a problem that are trained on a
// layout.
func (ls Losses) init(p physics.Problem, l data.Layout) error {
	p.Grid = l.Grid
	for _, t := range ls {
		if _, ok := t.Loss.(physics.Spectral); ok && l.Grid.Boundary != physics.Periodic {
			return fmt.Errorf("loss %s: transforms fields on periodic grids, but this one ends in %s", t.Name, l.Grid.Boundary)
		}
		law, ok := t.Loss.(physics.Law)
		switch {
		case !ok:
			continue
		case p.Equation.Value == nil:
			return fmt.Errorf("loss %s: says what the problem's equation does, but the problem has none", t.Name)
		case len(l.Fields) > 0:
			return fmt.Errorf("loss %s: the samples have %d fields of their own, of which the problem's equation does not know", t.Name, len(l.Fields))
		case len(p.Parameters) != len(l.Parameters):
			return fmt.Errorf("loss %s: the samples have %d parameters, but the problem draws %d", t.Name, len(l.Parameters), len(p.Parameters))
		case len(l.In) != p.Inputs() || len(l.Out) != p.Channels():
			return fmt.Errorf("loss %s: the samples have %d and %d channels, but the problem's equation %d and %d", t.Name, len(l.In), len(l.Out), p.Inputs(), p.Channels())
		}
		if err := law.Init(p); err != nil {
			return fmt.Errorf("loss %s: %w", t.Name, err)
		}
	}
	return nil
}

// outcome is what the terms of a loss are taken of.
type outcome struct {
	grid         physics.Grid
	pred, target []*graph.Node // pairs of frames [B, N…, C]; forecasts may be of more samples

	// whole makes the forecast as a whole, where a law asks for it.
	whole func() physics.Trajectory
}

// loss returns the weighted sum of all terms, as they are balanced. A comparison
// is averaged over the pairs of frames, a law is taken of the whole forecast;
// each is reported under its name.
func (t Task) loss(g *graph.Graph, o outcome) *graph.Node {
	var terms []*graph.Node
	var weights []float64
	var whole *physics.Trajectory
	for _, l := range t.Losses {
		var term *graph.Node
		switch loss := l.Loss.(type) {
		case physics.Comparison:
			term = o.compare(g, loss)
		case physics.Law:
			if whole == nil {
				w := o.whole()
				whole = &w
			}
			term = loss.Node(g, *whole)
		}
		g.Report(l.Name, term)
		terms, weights = append(terms, term), append(weights, l.Share())
	}
	return t.Balance.Total(g, weights, terms)
}

// compare is the mean of a comparison over the pairs.
func (o outcome) compare(g *graph.Graph, c physics.Comparison) *graph.Node {
	parts, mean := make([]*graph.Node, len(o.pred)), make([]float64, len(o.pred))
	for i, target := range o.target {
		labelled := leading(g, o.pred[i], target.Shape()[0])
		parts[i], mean[i] = c.Node(g, o.grid, labelled, target), 1/float64(len(parts))
	}
	return g.Combine(mean, parts...)
}

// leading is the first n samples of x [B, …].
func leading(g *graph.Graph, x *graph.Node, n int) *graph.Node {
	shape := append([]int{}, x.Shape()...)
	if shape[0] == n {
		return x
	}
	var taps []graph.Tap
	for i := range n {
		taps = append(taps, graph.Tap{To: i, From: i, Weight: 1})
	}
	some := g.Stencil(g.Reshape(x, append([]int{1}, shape...)...), 0, n, taps)
	shape[0] = n
	return g.Reshape(some, shape...)
}
