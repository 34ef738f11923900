package npy

import (
	"archive/zip"
	"fmt"
	"path/filepath"
	"strings"
)

// Contents describes the arrays of an .npy or .npz file, one line each: name,
// shape, smallest, largest and mean value, standard deviation, and how many are
// not finite.
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
		a, err := Open(path, name)
		if err != nil {
			return nil, err
		}
		s, err := a.summarise(1)
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("%s: shape %v, from %.4g to %.4g, mean %.4g, standard deviation %.4g, %d not finite",
			a.Name, a.Shape, s[0].Low, s[0].High, s[0].Mean, s[0].Std, s[0].Bad))
	}
	return lines, nil
}
