package data

import "eddy/physics"

// describe is the layout of a problem, with the statistics of trajectories.
func describe(p physics.Problem, trajectories []Trajectory) Layout {
	steady := isSteady(p)
	in, out := newMoments(p.Inputs()), newMoments(p.Channels())
	changes := newMoments(p.Channels())
	for _, t := range trajectories {
		for i, u := range t.Frames {
			if i == 0 && steady {
				in.add(u)
			} else {
				out.add(u)
			}
		}
		if !steady {
			changes.addChanges(t.Frames)
		}
	}
	fields := names("u", p.Channels())
	l := Layout{Grid: p.Grid, Out: out.channels(fields), Stepped: !steady, Changes: changes.channels(fields)}
	if l.In = l.Out; steady {
		l.In = in.channels(names("a", p.Inputs()))
	}
	for _, parameter := range p.Parameters {
		mean, std := physics.Moments(parameter.Law.Value)
		l.Parameters = append(l.Parameters, Channel{Name: parameter.Name, Mean: mean, Std: positive(std, mean)})
	}
	return l
}

// isSteady tells whether solutions have no time.
func isSteady(p physics.Problem) bool {
	_, ok := p.Equation.Value.(physics.Elliptic)
	return ok
}
