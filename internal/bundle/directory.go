package bundle

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteDir puts a directory at path, whole or not at all. fill writes its files,
// of any size, into the directory that it is given. Nothing may be at path yet
// but an empty directory.
func WriteDir(path string, fill func(dir string) error) error {
	if entries, err := os.ReadDir(path); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s: %w and is not empty", path, fs.ErrExist)
	}
	temp := filepath.Clean(path) + ".new"
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	if err := os.MkdirAll(temp, 0o755); err != nil {
		return err
	}
	if err := fill(temp); err != nil {
		os.RemoveAll(temp) // the error of fill tells more than one of this
		return err
	}
	if err := (disk{}).SyncDir(temp); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return disk{}.SyncDir(filepath.Dir(path))
}
