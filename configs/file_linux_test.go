package configs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"eddy/configs"
)

// Of files that are not YAML, some would keep a reader waiting, or fill its
// memory. The names are those of Linux.
func TestLoadRefusesFiles(t *testing.T) {
	dir := t.TempDir()
	name := func(base string) string { return filepath.Join(dir, base) }
	for _, err := range []error{
		os.WriteFile(name("ks_fno.yaml"), []byte("name: x\n"), 0o600),
		os.WriteFile(name("huge.yaml"), make([]byte, 1<<24), 0o600),
		os.Symlink("loop.yaml", name("loop.yaml")),
		syscall.Mkfifo(name("pipe.yaml"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ path, part string }{
		{name("ks_fn.yaml"), "did you mean " + name("ks_fno.yaml") + "?"},
		{name("ks_fno"), "did you mean"},
		{name("nothing/like/it.yaml"), "no such file"},
		{name("huge.yaml"), "larger than 64 KiB"},
		{name("loop.yaml"), "loop"},
		{name("pipe.yaml"), "not a regular file"},
		{dir, "is a directory"},
		{"/dev/zero", "not a regular file"},
		{"/proc/self/mem", "/proc/self/mem"},
		{"", "no such file"},
		{"a\x00b", "invalid argument"},
		{"https://example.org/x.yaml", "no such file"},
	}
	for _, test := range tests {
		start := time.Now()
		r := defaults()
		err := configs.Load(test.path, &r)
		if err == nil || !strings.Contains(err.Error(), test.part) {
			t.Errorf("%q: got %v, want %q", test.path, err, test.part)
		}
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("%q: took %v", test.path, took)
		}
	}
	if err := configs.Load(name("ks_fn.yaml"), &numbers{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want a missing file", err)
	}
}
