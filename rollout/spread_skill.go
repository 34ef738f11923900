package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("spread_skill", func() Metric { return &SpreadSkill{Members: 16} }) }

// SpreadSkill is how far the draws of a forecast are apart beside how far their
// mean is off, over M = Members draws,
//
//	spread_skill(t) = √((M+1)/M) √(mean_s variance) / √(mean_s (mean − y)²),
//
// squares averaged over points and channels. It is 1 for draws that cannot be
// told from the truth, below 1 where forecasts are too sure of themselves, as
// single ones with their 0 are, and above where they doubt too much. Good
// values: Members 16.
//
// Ref: Fortin et al., J. Hydrometeorology 15 (2014).
type SpreadSkill struct {
	Members int `range:"[2,1000]" doc:"draws of each forecast"`
}

// Draws implements [Doubting].
func (m *SpreadSkill) Draws() int { return m.Members }

// Define implements [Metric].
func (*SpreadSkill) Define() []Definition {
	return []Definition{{
		Name:  "spread_skill",
		Text:  "√((M+1)/M) times the root of the mean variance of the M draws over the root mean square error of their mean, means over samples, points and channels of the frame",
		Unity: true,
	}}
}

// Evaluate implements [Metric].
func (*SpreadSkill) Evaluate(e Ensemble) []Score {
	return []Score{pooledScore("spread_skill", e, func(t int) float64 {
		if e.Doubts == nil {
			return 0
		}
		var spread, skill float64
		for _, doubts := range e.Doubts {
			m := float64(doubts[t].Draws)
			spread += doubts[t].Spread * (m + 1) / m
			skill += doubts[t].Skill
		}
		return ratio(math.Sqrt(spread), math.Sqrt(skill))
	})}
}
