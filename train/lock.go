package train

import (
	"fmt"
	"os"
	"path/filepath"
)

// acquire takes the folder for this process, so that two trainers never write
// to one run.
func (r *Run) acquire() (err error) {
	r.lock, err = Lock(r.Dir)
	return err
}

// Lock takes a folder for this process. The lock ends when the file is closed,
// or with the process, however it ends.
func Lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s is in use by another process", dir)
	}
	return f, nil
}
