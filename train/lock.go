package train

import (
	"fmt"
	"os"
)

// acquire takes the folder for this process, so that two trainers never write
// to one run. The lock ends with the process, however it ends.
func (r *Run) acquire() error {
	f, err := os.OpenFile(r.Path(".lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return fmt.Errorf("%s is in use by another process", r.Dir)
	}
	r.lock = f
	return nil
}
