package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"

	"eddy/data"
	"eddy/internal/bundle"
	"eddy/models"
	"eddy/models/graph"
)

// The files of a checkpoint.
const (
	weightsFile = "weights.safetensors" // what forecasts use
	stateFile   = "state.safetensors"   // what else training needs
	marksFile   = "state.json"
)

// marks are the numbers of a checkpoint.
type marks struct {
	Step       int      `json:"step"`
	Best       *float64 `json:"best,omitempty"` // validation error of the best checkpoint
	Validation *float64 `json:"validation,omitempty"`
	Metrics    int64    `json:"metrics_bytes"` // length of metrics.csv
	Seconds    float64  `json:"seconds"`       // of training
	Build      Build    `json:"build"`
}

// checkpoint returns all that the training depends on.
func (t *Trainer) checkpoint(m marks) (bundle.Files, error) {
	snapshot, err := t.stream.Snapshot()
	if err != nil {
		return nil, err
	}
	state := tensors{}
	if err := errors.Join(t.putArrays(state), putSnapshot(state, snapshot), t.putKept(state)); err != nil {
		return nil, err
	}
	files := bundle.Files{}
	if files[stateFile], err = state.encode(nil); err != nil {
		return nil, err
	}
	t.average.swap()
	files[weightsFile], err = t.Session.weights()
	t.average.swap()
	if err != nil {
		return nil, err
	}
	m.Step = t.step
	if finite(t.best) {
		m.Best = &t.best
	}
	files[marksFile], err = json.MarshalIndent(m, "", "  ")
	return files, err
}

// arrays are the live arrays of the training by their name in a checkpoint.
func (t *Trainer) arrays() map[string]graph.Array {
	all := t.average.state()
	for name, a := range t.Session.Optimizer.Value.State() {
		all["optimizer."+name] = a
	}
	if b, ok := t.Session.Balance.Value.(Adapting); ok {
		for name, a := range b.State() {
			all["balance."+name] = a
		}
	}
	for _, p := range t.Session.Params.List {
		all["param."+p.Name] = p.Value
	}
	return all
}

func (t *Trainer) putArrays(ts tensors) error {
	for name, a := range t.arrays() {
		if err := ts.float(name, []int{a.Len()}, a); err != nil {
			return err
		}
	}
	return nil
}

// kept begins the names of the numbers that the next step keeps.
const kept = "kept."

// putKept stores the numbers of the last step if the next one keeps them.
func (t *Trainer) putKept(ts tensors) error {
	if !t.keeps(t.step + 1) {
		return nil
	}
	for name, v := range t.feeds {
		if err := ts.float(kept+name, v.Shape, graph.Array{F64: v.Data}); err != nil {
			return err
		}
	}
	return nil
}

// keptIn reads back what putKept stored.
func keptIn(ts tensors) graph.Feeds {
	f := graph.Feeds{}
	for name, t := range ts {
		if rest, ok := strings.CutPrefix(name, kept); ok {
			v := graph.Tensor{Data: words(t, math.Float64frombits)}
			for _, n := range t.Shape() {
				v.Shape = append(v.Shape, int(n))
			}
			f[rest] = v
		}
	}
	return f
}

// putSnapshot stores the stream's arrays.
func putSnapshot(ts tensors, s data.Snapshot) error {
	for name, v := range s.Ints {
		if err := ts.ints("stream.ints."+name, v); err != nil {
			return err
		}
	}
	for name, v := range s.Floats {
		if err := ts.float("stream.floats."+name, []int{len(v)}, graph.Array{F64: v}); err != nil {
			return err
		}
	}
	return nil
}

// snapshotOf reads back what putSnapshot stored.
func snapshotOf(ts tensors) data.Snapshot {
	s := data.Snapshot{Ints: map[string][]int64{}, Floats: map[string][]float64{}}
	for name, t := range ts {
		if rest, ok := strings.CutPrefix(name, "stream.ints."); ok {
			s.Ints[rest] = words(t, func(u uint64) int64 { return int64(u) })
		} else if rest, ok := strings.CutPrefix(name, "stream.floats."); ok {
			s.Floats[rest] = words(t, math.Float64frombits)
		}
	}
	return s
}

// restore puts the training where the checkpoint was made.
func (t *Trainer) restore(files bundle.Files) (marks, error) {
	m, err := readMarks(files)
	if err != nil {
		return m, err
	}
	if files[stateFile] == nil {
		return m, errors.New("weights that were imported: there is no training to go on with")
	}
	ts, err := decodeTensors(stateFile, files[stateFile])
	if err != nil {
		return m, err
	}
	live := t.arrays()
	for _, name := range slices.Sorted(maps.Keys(live)) {
		if err := ts.into(name, live[name]); err != nil {
			return m, fmt.Errorf("%s: %w", stateFile, err)
		}
	}
	t.feeds, t.fresh = keptIn(ts), false
	if t.step = m.Step; m.Best != nil {
		t.best = *m.Best
	}
	weights, err := decodeTensors(weightsFile, files[weightsFile])
	if err != nil {
		return m, err
	}
	if err := t.Session.loadScales(weights); err != nil {
		return m, err
	}
	return m, t.stream.Restore(snapshotOf(ts))
}

func readMarks(files bundle.Files) (m marks, err error) {
	if err := json.Unmarshal(files[marksFile], &m); err != nil {
		return m, fmt.Errorf("%s: %w", marksFile, err)
	}
	return m, nil
}

// The names under which a weights file keeps the normalisation, [C, 2] of mean
// and deviation.
const (
	scaleIn     = "normalization.in"
	scaleOut    = "normalization.out"
	scaleCond   = "normalization.cond"
	scaleChange = "normalization.change"
)

// normalization lists what the model knows of its channels, by the name of its
// tensor.
func (s *Session) normalization() map[string][]models.Scale {
	all := map[string][]models.Scale{
		scaleIn: s.model.Spec.In, scaleOut: s.model.Spec.Out, scaleCond: s.model.Spec.Cond, scaleChange: s.model.Spec.Change,
	}
	maps.DeleteFunc(all, func(_ string, scales []models.Scale) bool { return len(scales) == 0 })
	return all
}

// weights returns the parameters and the normalisation as a safetensors file.
func (s *Session) weights() ([]byte, error) {
	ts := tensors{}
	for _, p := range s.Params.List {
		if err := ts.float(p.Name, p.Shape, p.Value); err != nil {
			return nil, err
		}
	}
	if err := s.putScales(ts); err != nil {
		return nil, err
	}
	return ts.encode(map[string]string{"format": "eddy", "model": models.Name(s.Model), "config": s.Name})
}

// putScales stores the normalisation.
func (s *Session) putScales(ts tensors) error {
	for name, scales := range s.normalization() {
		var v []float64
		for _, c := range scales {
			v = append(v, c.Mean, c.Std)
		}
		if err := ts.float(name, []int{len(scales), 2}, graph.Array{F64: v}); err != nil {
			return err
		}
	}
	return nil
}

// Load takes the weights, for forecasts, of a checkpoint.
func (s *Session) Load(dir string) error {
	files, err := bundle.Read(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no checkpoint", dir)
	}
	if err != nil {
		return err
	}
	ts, err := decodeTensors(weightsFile, files[weightsFile])
	if err != nil {
		return err
	}
	for _, p := range s.Params.List {
		if err := ts.into(p.Name, p.Value); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		if !p.Value.Finite() {
			return fmt.Errorf("%s: the parameter %s is not finite", dir, p.Name)
		}
	}
	return s.loadScales(ts)
}

// loadScales takes the normalisation from a weights file.
func (s *Session) loadScales(ts tensors) error {
	for name, scales := range s.normalization() {
		v := make([]float64, 2*len(scales))
		if err := ts.into(name, graph.Array{F64: v}); err != nil {
			return fmt.Errorf("%s: %w", weightsFile, err)
		}
		for i := range scales {
			scales[i] = models.Scale{Mean: v[2*i], Std: v[2*i+1]}
		}
	}
	return nil
}
