package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func content(version int) Files {
	return Files{"weights": []byte(fmt.Sprint("weights ", version)), "state": []byte(fmt.Sprint("state ", version))}
}

func equal(a, b Files) bool { return maps.EqualFunc(a, b, slices.Equal[[]byte]) }

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "last")
	if _, err := Read(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("reading nothing: %v", err)
	}
	for v := range 3 {
		if err := Write(path, content(v)); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path); err != nil || !equal(got, content(v)) {
			t.Fatalf("version %d: %v, %v", v, got, err)
		}
	}
	if left, _ := filepath.Glob(path + ".*"); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// dying is a file system that dies at an operation. A write that it dies in
// leaves half a file.
type dying struct {
	disk
	left int
}

var errDead = errors.New("dead")

func (d *dying) next() error {
	if d.left--; d.left < 0 {
		return errDead
	}
	return nil
}

func (d *dying) Mkdir(dir string) error {
	return errors.Join(d.next(), d.unless(func() error { return d.disk.Mkdir(dir) }))
}
func (d *dying) SyncDir(dir string) error { return d.next() }
func (d *dying) Rename(from, to string) error {
	return errors.Join(d.next(), d.unless(func() error { return d.disk.Rename(from, to) }))
}
func (d *dying) RemoveAll(path string) error {
	return errors.Join(d.next(), d.unless(func() error { return d.disk.RemoveAll(path) }))
}

func (d *dying) WriteFile(path string, content []byte) error {
	if err := d.next(); err != nil {
		if d.left == -1 {
			_ = os.WriteFile(path, content[:len(content)/2], 0o644)
		}
		return err
	}
	return d.disk.WriteFile(path, content)
}

func (d *dying) unless(f func() error) error {
	if d.left < 0 {
		return nil
	}
	return f()
}

// TestDeathAtEveryOperation kills the second write at each of its operations:
// afterwards one of the two versions must be there, and the next write work.
func TestDeathAtEveryOperation(t *testing.T) {
	survived := map[string]int{}
	for n := 0; ; n++ {
		path := filepath.Join(t.TempDir(), "last")
		if err := Write(path, content(1)); err != nil {
			t.Fatal(err)
		}
		err := write(&dying{left: n}, path, content(2))
		got, readErr := Read(path)
		switch {
		case readErr != nil:
			t.Fatalf("dead at operation %d: %v", n, readErr)
		case equal(got, content(1)):
			survived["old"]++
		case equal(got, content(2)):
			survived["new"]++
		default:
			t.Fatalf("dead at operation %d: a mixture, %s", n, got)
		}
		if e := Write(path, content(3)); e != nil {
			t.Fatal(e)
		}
		if got, e := Read(path); e != nil || !equal(got, content(3)) {
			t.Fatalf("dead at operation %d, then written again: %v", n, e)
		}
		if err == nil {
			break
		}
	}
	if survived["old"] < 5 || survived["new"] < 2 {
		t.Errorf("the deaths did not hit both sides of the commit: %v", survived)
	}
}

func TestDamageIsRefused(t *testing.T) {
	damage := map[string]func(dir string) error{
		"is damaged":      func(dir string) error { return os.WriteFile(filepath.Join(dir, "state"), []byte("x"), 0o644) },
		"cannot be read":  func(dir string) error { return os.Remove(filepath.Join(dir, "weights")) },
		"has no manifest": func(dir string) error { return os.Remove(filepath.Join(dir, manifestName)) },
		"has format 99": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, manifestName), []byte(`{"format":99}`), 0o644)
		},
		"unexpected end": func(dir string) error { return os.WriteFile(filepath.Join(dir, manifestName), []byte(`{`), 0o644) },
		"no file of the b": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, manifestName), []byte(`{"format":1,"sha256":{"../x":""}}`), 0o644)
		},
	}
	for want, do := range damage {
		path := filepath.Join(t.TempDir(), "last")
		if err := Write(path, content(1)); err != nil {
			t.Fatal(err)
		}
		if err := do(path); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}
