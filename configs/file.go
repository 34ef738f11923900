package configs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Load reads the YAML file at path into the struct that v points to, which
// holds the defaults beforehand. See [Parse].
func Load(path string, v any, overrides ...string) error {
	text, err := readFile(path)
	if err != nil {
		return err
	}
	return Parse(path, text, v, overrides...)
}

// readFile reads a regular file of at most the largest size allowed and a
// byte. Pipes and devices are refused, because they can keep a reader waiting.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing(path, err)
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a directory, want a YAML file", path)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a regular file, want a YAML file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxBytes+1))
}

// missing is the error for a file that is not there, with the name of a
// similar one that is.
func missing(path string, err error) error {
	const most = 1000 // names to look at
	dir, err2 := os.Open(filepath.Dir(path))
	if err2 != nil {
		return err
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(most)
	slices.Sort(names)
	if near := nearest(filepath.Base(path), names); near != "" {
		return fmt.Errorf("%w; did you mean %s?", err, filepath.Join(filepath.Dir(path), near))
	}
	return err
}
