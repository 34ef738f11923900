package bundle

import "path/filepath"

// WriteFile puts a single file at path, whole or not at all, in place of the
// one there.
func WriteFile(path string, content []byte) error { return writeFile(disk{}, path, content) }

func writeFile(fsys fileSystem, path string, content []byte) error {
	temp := path + ".new"
	if err := fsys.WriteFile(temp, content); err != nil {
		return err
	}
	if err := fsys.Rename(temp, path); err != nil {
		return err
	}
	return fsys.SyncDir(filepath.Dir(path))
}
