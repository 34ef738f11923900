package bundle

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteDir(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b")
	write := func(text string, failure error) error {
		return WriteDir(path, func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, "file"), []byte(text), 0o644), failure)
		})
	}
	if err := write("one", errDead); !errors.Is(err, errDead) {
		t.Errorf("error %v, want that of the writer", err)
	}
	if left, _ := filepath.Glob(path + "*"); left != nil {
		t.Errorf("a failed write left %v", left)
	}
	// What a killed process leaves behind, and an empty directory, are no harm.
	for _, dir := range []string{path, path + ".new"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(path+".new", "half"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := write("two", nil); err != nil {
		t.Fatal(err)
	}
	if err := write("three", nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v, want that the directory exists", err)
	}
	entries, err := os.ReadDir(path)
	if text, e := os.ReadFile(filepath.Join(path, "file")); err != nil || e != nil || string(text) != "two" || len(entries) != 1 {
		t.Errorf("%v, %q, %v, %v", entries, text, err, e)
	}
}
