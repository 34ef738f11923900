package train

import (
	"encoding/json"
	"fmt"

	"eddy/configs"
	"eddy/data"
	"eddy/physics"
)

// headerName is the file of a data set that says what the others are.
const headerName = "header.json"

// headerFormat is the version of [Header] that this program writes and reads.
const headerFormat = 1

// Header says all that a reader of a data set must know, also one that knows
// nothing of eddy.
type Header struct {
	Format       int             `json:"format"`
	Name         string          `json:"name"`
	Build        Build           `json:"build"`
	Seed         uint64          `json:"seed"`
	Trajectories int             `json:"trajectories"`
	Failed       []uint64        `json:"failed,omitempty"` // numbers of those that could not be computed, and are left out
	Problem      json.RawMessage `json:"problem"`          // with all parameters, as a configuration has it
	Source       json.RawMessage `json:"source"`
	Arrays       []Array         `json:"arrays"`
}

// Array is an array of a data set.
type Array struct {
	File   string `json:"file"`
	Name   string `json:"name,omitempty"` // in an .npz file
	Type   string `json:"type"`
	Axes   []Axis `json:"axes"`
	SHA256 string `json:"sha256"` // of the file
}

// Axis is one of an array. Where it has a spacing, index i stands for the
// coordinate first + i·spacing.
type Axis struct {
	Name    string   `json:"name"`
	Length  int      `json:"length"`
	First   float64  `json:"first"`
	Spacing float64  `json:"spacing,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Labels  []string `json:"labels,omitempty"` // of each index
}

// Shape lists the lengths of the axes.
func (a Array) Shape() []int {
	shape := make([]int, len(a.Axes))
	for i, x := range a.Axes {
		shape[i] = x.Length
	}
	return shape
}

// Channels is the length of the last axis.
func (a Array) Channels() int { return a.Axes[len(a.Axes)-1].Length }

// header begins the header of trajectories; the arrays are still missing.
func (e *Experiment) header(trials []data.Trajectory) (*Header, error) {
	h := &Header{Format: headerFormat, Name: e.Name, Build: ThisBuild(), Seed: e.Seed, Trajectories: len(trials)}
	var next uint64
	for _, t := range trials {
		number := t.Number()
		for ; next < number; next++ {
			h.Failed = append(h.Failed, next)
		}
		next = number + 1
	}
	var err error
	if h.Problem, err = configs.JSON(e.Problem); err != nil {
		return nil, err
	}
	h.Source, err = configs.JSON(e.Source)
	return h, err
}

// numbers is an axis that counts.
func numbers(name string, length int) Axis { return Axis{Name: name, Length: length} }

// labelled is an axis whose indices have names: a letter and a number.
func labelled(name, letter string, length int) Axis {
	x := numbers(name, length)
	for i := range length {
		x.Labels = append(x.Labels, fmt.Sprintf("%s%d", letter, i))
	}
	return x
}

// coordinates are the axes of a grid.
func coordinates(g physics.Grid) []Axis {
	var axes []Axis
	for a, n := range g.Points {
		axes = append(axes, Axis{
			Name: "xyz"[a : a+1], Length: n, First: g.X(a, 0), Spacing: g.Spacing(a), Unit: "length unit of the equation",
		})
	}
	return axes
}

// times is the axis of frames.
func times(length int, dt float64) Axis {
	return Axis{Name: "t", Length: length, Spacing: dt, Unit: "time unit of the equation"}
}
