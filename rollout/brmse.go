package rollout

import (
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() { configs.Register("brmse", func() Metric { return &BRMSE{} }) }

// BRMSE is PDEBench's error at the ends of the box, over the first and the last
// points along every axis,
//
//	brmse/pdebench(t) = mean_{s,c} √( Σ_faces (p − y)² / M ),
//
// where a point counts once for each face that it is on, in the sum and in the
// number M of points: twice at an edge. In three dimensions the squares of all
// channels are added before the root, and M still counts points.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type BRMSE struct{}

// Define implements [Metric].
func (*BRMSE) Define() []Definition {
	return []Definition{{Name: "brmse/pdebench", Text: "mean over samples and channels of √(mean (p−y)²) over the first and last points along each axis; the sum over channels below the root in three dimensions"}}
}

// Evaluate implements [Metric].
func (*BRMSE) Evaluate(e Ensemble) []Score {
	faces, channels := faces(e.Truth.Grid), len(e.Truth.Channels)
	return []Score{frameScore("brmse/pdebench", e, math.Inf(1), func(p, y []float64) float64 {
		var roots, all float64
		for c := range channels {
			var sum float64
			for _, i := range faces {
				d := p[i*channels+c] - y[i*channels+c]
				sum += d * d
			}
			all += sum
			roots += math.Sqrt(sum / float64(len(faces)))
		}
		if e.Truth.Grid.Dims() == 3 {
			return math.Sqrt(all / float64(len(faces)))
		}
		return roots / float64(channels)
	})}
}

// faces lists the points on the faces of a box, those on several of them as
// often.
func faces(g physics.Grid) []int {
	var all []int
	for i := range g.Size() {
		for a, k := range g.Index(i) {
			if k == 0 {
				all = append(all, i)
			}
			if k == g.Points[a]-1 {
				all = append(all, i)
			}
		}
	}
	return all
}
