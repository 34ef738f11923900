package rollout

import "strconv"

// Cost is what a model of a case took to train and takes to run. Zeros are
// numbers that a model does not have, or that were not measured.
type Cost struct {
	Case, Model  string
	Parameters   int     // trained numbers
	StepMS       float64 // milliseconds per frame of a forecast, one sample at a time
	TrainSeconds float64
	Samples      int    // different training samples that were used
	SpeedUp      string // over the solver of equal error, see Speedup
}

// costHead names the columns of costs, if there are any.
func costHead(costs []Cost) []string {
	if len(costs) == 0 {
		return nil
	}
	return []string{"parameters", "ms per frame", "training s", "training samples", "speed-up at equal error"}
}

// costCells are the columns of costs for one model of one case.
func costCells(costs []Cost, name, model string) []Cell {
	if len(costs) == 0 {
		return nil
	}
	var cost Cost
	for _, c := range costs {
		if c.Case == name && c.Model == model {
			cost = c
		}
	}
	cells := []Cell{
		{Text: strconv.Itoa(cost.Parameters)},
		{Text: digits(cost.StepMS, 3)},
		{Text: digits(cost.TrainSeconds, 3)},
		{Text: strconv.Itoa(cost.Samples)},
		{Text: cost.SpeedUp},
	}
	for i := range cells {
		if cells[i].Text == "0" || cells[i].Text == "" {
			cells[i].Text = "–"
		}
	}
	return cells
}
