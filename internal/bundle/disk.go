package bundle

import (
	"os"
	"runtime"
)

// disk is the real file system.
type disk struct{}

func (disk) Mkdir(dir string) error       { return os.MkdirAll(dir, 0o755) }
func (disk) Rename(from, to string) error { return os.Rename(from, to) }
func (disk) RemoveAll(path string) error  { return os.RemoveAll(path) }

func (disk) Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (disk) WriteFile(path string, content []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// SyncDir makes the names in a directory durable. Windows does so itself and
// cannot open directories.
func (disk) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
