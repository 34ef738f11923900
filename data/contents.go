package data

import (
	"archive/zip"
	"fmt"
	"math"
	"path/filepath"
	"strings"
)

// Contents describes the arrays of an .npy or .npz file, one line each: name,
// shape, smallest, largest and mean value, and how many are not finite.
func Contents(path string) ([]string, error) {
	names := []string{""}
	if filepath.Ext(path) == ".npz" {
		z, err := zip.OpenReader(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		defer z.Close()
		names = names[:0]
		for _, f := range z.File {
			if name, ok := strings.CutSuffix(f.Name, ".npy"); ok {
				names = append(names, name)
			}
		}
	}
	var lines []string
	for _, name := range names {
		a, err := openArray(path, name)
		if err != nil {
			return nil, err
		}
		line, err := a.describe()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (a *array) describe() (string, error) {
	const chunk = 1 << 16
	total := 1
	for _, n := range a.shape {
		total *= n
	}
	low, high, sum, bad := math.Inf(1), math.Inf(-1), 0.0, 0
	values := make([]float64, min(chunk, total))
	for i := 0; i < total; i += chunk {
		part := values[:min(chunk, total-i)]
		if err := a.read(part, i); err != nil {
			return "", err
		}
		for _, v := range part {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				bad++
				continue
			}
			low, high, sum = min(low, v), max(high, v), sum+v
		}
	}
	return fmt.Sprintf("%s: shape %v, from %.4g to %.4g, mean %.4g, %d not finite", a.name, a.shape, low, high, sum/float64(max(1, total-bad)), bad), nil
}
