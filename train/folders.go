package train

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// NewDir returns the next free folder below root for a run of the given name.
func NewDir(root, name string) (string, error) {
	for n := latest(root, name) + 1; ; n++ {
		dir := filepath.Join(root, name, fmt.Sprintf("%03d", n))
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return "", err
		}
		err := os.Mkdir(dir, 0o755)
		if !errors.Is(err, fs.ErrExist) {
			return dir, err
		}
	}
}

// LatestDir returns the newest run of the given name below root.
func LatestDir(root, name string) (string, error) {
	n := latest(root, name)
	if n == 0 {
		return "", fmt.Errorf("no run of %s below %s", name, root)
	}
	return filepath.Join(root, name, fmt.Sprintf("%03d", n)), nil
}

func latest(root, name string) int {
	highest := 0
	entries, _ := os.ReadDir(filepath.Join(root, name))
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			highest = max(highest, n)
		}
	}
	return highest
}
