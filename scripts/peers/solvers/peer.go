package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// job is what a script of exponax is asked to do, in JSON.
type job struct {
	Stepper    string         `json:"stepper"`
	Parameters map[string]any `json:"parameters"`
	Dims       int            `json:"dims"`
	Points     int            `json:"points"` // along each axis
	Extent     float64        `json:"extent"`
	Dt         float64        `json:"dt"`
	Order      int            `json:"order"`
	Steps      int            `json:"steps"`
	Batch      int            `json:"batch,omitempty"`
	Complex    bool           `json:"complex,omitempty"` // weights of N, where exponax has real ones
}

func (s scenario) job(order, steps int) job {
	return job{
		Stepper: s.stepper, Parameters: s.parameters, Dims: len(s.points),
		Points: s.points[0], Extent: s.extent, Dt: s.dt, Order: order, Steps: steps,
	}
}

// patience bounds one run of a script, whose compilation may take a while.
const patience = 10 * time.Minute

// script runs a script of exponax and returns what it prints.
func script(o options, name string, j job, input []byte, args ...string) ([]byte, error) {
	text, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, o.python, append([]string{filepath.Join(o.dir, name), string(text)}, args...)...)
	c.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "JAX_PLATFORMS=cpu")
	c.Stdin = bytes.NewReader(input)
	out, err := c.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, text, err, exit.Stderr[max(0, len(exit.Stderr)-400):])
	}
	return out, err
}

// advanced returns the states [B][N…] as exponax advances them.
func advanced(o options, s scenario, j job, states [][]float64) ([][]float64, error) {
	if s.mirrored {
		states = mirror(states, s.points)
	}
	input, err := binary.Append(nil, binary.LittleEndian, slices.Concat(states...))
	if err != nil {
		return nil, err
	}
	out, err := script(o, "exponax_states.py", j, input)
	if err != nil {
		return nil, err
	}
	if len(out) != len(input) {
		return nil, fmt.Errorf("exponax_states.py: %d bytes of states, want %d", len(out), len(input))
	}
	values := make([]float64, len(out)/8)
	if _, err := binary.Decode(out, binary.LittleEndian, values); err != nil {
		return nil, err
	}
	states = slices.Collect(slices.Chunk(values, len(states[0])))
	if s.mirrored {
		states = mirror(states, s.points)
	}
	return states, nil
}
