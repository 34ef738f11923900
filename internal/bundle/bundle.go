// Package bundle keeps a few files as one unit that is on disk whole or not at
// all, whatever kills the process or the machine. A bundle is a directory with
// a manifest of the SHA-256 of each file. It is written under a temporary
// name, flushed to the disk, and renamed; the bundle it replaces stays until
// then, and reading falls back to it.
package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Files are the contents of a bundle by name.
type Files map[string][]byte

// manifest lists what a bundle must hold.
type manifest struct {
	Format int               `json:"format"`
	SHA256 map[string]string `json:"sha256"`
}

const (
	format       = 1
	manifestName = "manifest.json"
)

// fileSystem is what writing needs; tests let it fail.
type fileSystem interface {
	Mkdir(dir string) error
	WriteFile(path string, content []byte) error // and flush it
	SyncDir(dir string) error
	Rename(from, to string) error
	RemoveAll(path string) error
	Exists(path string) bool
}

// Write puts a bundle at path, in place of the one there. On error, the one
// that was there can still be read.
func Write(path string, files Files) error { return write(disk{}, path, files) }

func write(fsys fileSystem, path string, files Files) error {
	temp, old := path+".new", path+".old"
	m := manifest{Format: format, SHA256: map[string]string{}}
	for name, content := range files {
		sum := sha256.Sum256(content)
		m.SHA256[name] = hex.EncodeToString(sum[:])
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	parent := filepath.Dir(path)
	steps := []func() error{
		func() error { return settle(fsys, path, temp) },
		func() error { return fsys.RemoveAll(temp) },
		func() error { return fsys.Mkdir(temp) },
		func() error { return writeAll(fsys, temp, files) },
		func() error { return fsys.WriteFile(filepath.Join(temp, manifestName), text) },
		func() error { return fsys.SyncDir(temp) },
		func() error { return setAside(fsys, path, old) },
		func() error { return fsys.Rename(temp, path) },
		func() error { return fsys.SyncDir(parent) },
		func() error { return fsys.RemoveAll(old) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("bundle: %w", err)
		}
	}
	return nil
}

func writeAll(fsys fileSystem, dir string, files Files) error {
	for name, content := range files {
		if err := fsys.WriteFile(filepath.Join(dir, name), content); err != nil {
			return err
		}
	}
	return nil
}

// settle completes a write that was interrupted just before its last rename:
// temp then may hold the newest whole bundle, or even the only one.
func settle(fsys fileSystem, path, temp string) error {
	if fsys.Exists(path) {
		return nil
	}
	if _, err := read(temp); err != nil {
		return nil
	}
	return fsys.Rename(temp, path)
}

// setAside makes room at path. An older bundle that an interrupted write left
// behind is given up only where there is a newer one.
func setAside(fsys fileSystem, path, old string) error {
	if !fsys.Exists(path) {
		return nil
	}
	if err := fsys.RemoveAll(old); err != nil {
		return err
	}
	return fsys.Rename(path, old)
}

// Read returns the bundle at path, or where an interrupted write left the only
// whole one. It returns an error that wraps fs.ErrNotExist if there never was
// one: the beginnings of a first write do not count.
func Read(path string) (Files, error) {
	temp := path + ".new"
	var faults []error
	for _, place := range []string{path, temp, path + ".old"} {
		files, err := read(place)
		if err == nil {
			return files, nil
		}
		if place != temp && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	if len(faults) == 0 {
		return nil, fmt.Errorf("bundle: %s: %w", path, fs.ErrNotExist)
	}
	return nil, fmt.Errorf("bundle: no whole one at %s: %w", path, errors.Join(faults...))
}

func read(dir string) (Files, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("%s has no manifest", dir)
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", dir, manifestName, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("%s has format %d, this program reads %d", dir, m.Format, format)
	}
	files := Files{}
	for name, want := range m.SHA256 {
		if name != filepath.Base(name) {
			return nil, fmt.Errorf("%s: the manifest names %q, which is no file of the bundle", dir, name)
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("%s: %s cannot be read", dir, name)
		}
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != want {
			return nil, fmt.Errorf("%s: %s is damaged: its SHA-256 is not the manifest's", dir, name)
		}
		files[name] = content
	}
	return files, nil
}
