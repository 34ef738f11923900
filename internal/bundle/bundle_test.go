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

// TestDeathAtEveryOperation kills a write at each of its operations: afterwards
// one of the two versions must be there, and the next write work. Version 0
// stands for no bundle at all.
func TestDeathAtEveryOperation(t *testing.T) {
	for _, before := range []int{0, 1} {
		survived := map[int]int{}
		for n, died := 0, true; died; n++ {
			path := filepath.Join(t.TempDir(), "last")
			if before > 0 {
				check(t, Write(path, content(before)))
			}
			died = write(&dying{left: n}, path, content(2)) != nil
			v := version(t, path, 3)
			if survived[v]++; v != before && v != 2 {
				t.Fatalf("dead at operation %d: version %d, want %d or 2", n, v, before)
			}
			check(t, Write(path, content(3)))
			if v := version(t, path, 4); v != 3 {
				t.Fatalf("dead at operation %d, then written again: version %d", n, v)
			}
		}
		if survived[before] < 5 || survived[2] < 2 {
			t.Errorf("the deaths did not hit both sides of the commit: %v", survived)
		}
	}
}

// TestTwoDeaths kills a write, and the next one as well: what could be read
// after the first death must not be lost in the second.
func TestTwoDeaths(t *testing.T) {
	for n, first := 0, true; first; n++ {
		for m, second := 0, true; second; m++ {
			path := filepath.Join(t.TempDir(), "last")
			first = write(&dying{left: n}, path, content(1)) != nil
			before := version(t, path, 3)
			second = write(&dying{left: m}, path, content(2)) != nil
			if after := version(t, path, 3); after < before {
				t.Fatalf("dead at operations %d and %d: version %d, then %d", n, m, before, after)
			}
		}
	}
}

// version finds out which version below limit is at path, 0 for none.
func version(t *testing.T, path string, limit int) int {
	t.Helper()
	files, err := Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	check(t, err)
	for v := range limit {
		if equal(files, content(v)) {
			return v
		}
	}
	t.Fatalf("a mixture: %s", files)
	return 0
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestWriteFile kills the replacement of a file at each of its operations.
func TestWriteFile(t *testing.T) {
	survived := map[string]int{}
	for n, died := 0, true; died; n++ {
		path := filepath.Join(t.TempDir(), "config.yaml")
		check(t, WriteFile(path, []byte("before")))
		died = writeFile(&dying{left: n}, path, []byte("after")) != nil
		got, err := os.ReadFile(path)
		check(t, err)
		survived[string(got)]++
	}
	if survived["before"] < 2 || survived["after"] < 2 || len(survived) != 2 {
		t.Errorf("read %v, want before and after", survived)
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
