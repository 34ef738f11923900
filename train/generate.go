package train

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"eddy/configs"
	"eddy/data"
	"eddy/data/npy"
	"eddy/internal/bundle"
	"eddy/physics"
)

// Generate computes the test trajectories of the experiment and writes them to
// dir, whole or not at all:
//
//	frames.npy      [S, T, N…, C], the initial states first, or, for an elliptic
//	pairs.npz       equation, what is given, a [S, N…, C], and the solutions, u
//	parameters.npy  [S, P], where the problem draws any
//	header.json     the [Header]
//	config.yaml     the experiment
//
// in double precision. No network is built. Equal experiments and programs write
// equal bytes.
func (e *Experiment) Generate(ctx context.Context, dir string) (*Header, error) {
	if e.Problem.Equation.Value == nil {
		return nil, errors.New("the problem has no equation: there is nothing to compute")
	}
	trials, err := e.Source.Value.Trials(ctx, e.request(), data.Test, e.Rollout.Samples, e.Rollout.Steps)
	if err != nil {
		return nil, err
	}
	h, err := e.header(trials)
	if err != nil {
		return nil, err
	}
	config, err := configs.Marshal(e)
	if err != nil {
		return nil, err
	}
	return h, bundle.WriteDir(dir, func(dir string) error {
		if err := e.writeArrays(dir, h, trials); err != nil {
			return err
		}
		text, err := json.MarshalIndent(h, "", "  ")
		if err != nil {
			return err
		}
		return errors.Join(
			bundle.WriteFile(filepath.Join(dir, "config.yaml"), config),
			bundle.WriteFile(filepath.Join(dir, headerName), append(text, '\n')),
		)
	})
}

// writeArrays writes the files of arrays and enters them in the header.
func (e *Experiment) writeArrays(dir string, h *Header, trials []data.Trajectory) error {
	p := e.Problem
	samples := numbers("trajectory", len(trials))
	if n := len(p.Parameters); n > 0 {
		axis := numbers("parameter", n)
		for _, q := range p.Parameters {
			axis.Labels = append(axis.Labels, q.Name)
		}
		var values [][]float64
		for _, t := range trials {
			values = append(values, t.Parameters)
		}
		if err := h.write(dir, Array{File: "parameters.npy", Axes: []Axis{samples, axis}}, values); err != nil {
			return err
		}
	}
	space := coordinates(p.Grid)
	if _, steady := p.Equation.Value.(physics.Elliptic); steady {
		var a, u [][]float64
		for _, t := range trials {
			a, u = append(a, t.Frames[0]), append(u, t.Frames[1])
		}
		samples.Name = "pair"
		fields := func(name string, channels int) Array {
			return Array{File: "pairs.npz", Name: name, Axes: slices.Concat([]Axis{samples}, space, []Axis{labelled("channel", name, channels)})}
		}
		return h.writePairs(dir, fields("a", p.Inputs()), a, fields("u", p.Channels()), u)
	}
	var frames [][]float64
	for _, t := range trials {
		frames = append(frames, t.Frames...)
	}
	lead := []Axis{samples, times(len(trials[0].Frames), p.Dt)}
	return h.write(dir, Array{File: "frames.npy", Axes: slices.Concat(lead, space, []Axis{labelled("channel", "u", p.Channels())})}, frames)
}

// write writes an array as an .npy file: parts, one after the other.
func (h *Header) write(dir string, a Array, parts [][]float64) error {
	sum, err := hashed(filepath.Join(dir, a.File), func(w io.Writer) error { return writeNPY(w, a, parts) })
	a.Type, a.SHA256 = "float64", sum
	h.Arrays = append(h.Arrays, a)
	return err
}

// writePairs writes two arrays to one .npz file.
func (h *Header) writePairs(dir string, a Array, inputs [][]float64, u Array, solutions [][]float64) error {
	sum, err := hashed(filepath.Join(dir, a.File), func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, m := range []struct {
			Array
			parts [][]float64
		}{{a, inputs}, {u, solutions}} {
			member, err := z.CreateHeader(&zip.FileHeader{Name: m.Name + ".npy", Method: zip.Store})
			if err != nil {
				return err
			}
			if err := writeNPY(member, m.Array, m.parts); err != nil {
				return err
			}
		}
		return z.Close()
	})
	for _, array := range []Array{a, u} {
		array.Type, array.SHA256 = "float64", sum
		h.Arrays = append(h.Arrays, array)
	}
	return err
}

func writeNPY(to io.Writer, a Array, parts [][]float64) error {
	w, err := npy.NewWriter(to, 64, a.Shape()...)
	if err != nil {
		return err
	}
	for _, u := range parts {
		if err := w.Write(u); err != nil {
			return err
		}
	}
	return w.Close()
}

// hashed writes a file, and returns its SHA-256.
func hashed(path string, write func(w io.Writer) error) (sum string, err error) {
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	if err = write(io.MultiWriter(f, hash)); err == nil {
		err = f.Sync()
	}
	return hex.EncodeToString(hash.Sum(nil)), errors.Join(err, f.Close())
}
