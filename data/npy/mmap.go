package npy

import (
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"golang.org/x/exp/mmap"
)

// mapped is a memory-mapped file, for reading only: the operating system keeps
// in memory what is used and there is room for. The file must not change. Its
// size and time of change are compared at each read, and a file that shrinks
// between the two is an error and not the end of the process.
type mapped struct {
	file *mmap.ReaderAt
	path string
	info fs.FileInfo // when it was opened
}

// openMapped maps a file whose header was read.
func openMapped(path string, info fs.FileInfo, h header) (*Array, error) {
	f, err := mmap.Open(path)
	if err != nil {
		return nil, err
	}
	m := &mapped{f, path, info}
	return &Array{Shape: h.shape, elements: h.elements, data: m, offset: h.offset}, m.check()
}

// check compares the file with what it was.
func (m *mapped) check() error {
	info, err := os.Stat(m.path)
	if err != nil {
		return err
	}
	if !os.SameFile(info, m.info) || info.Size() != m.info.Size() || !info.ModTime().Equal(m.info.ModTime()) {
		return fmt.Errorf("the file was changed while it was in use: %d bytes of %v, then %d bytes of %v",
			m.info.Size(), m.info.ModTime(), info.Size(), info.ModTime())
	}
	return nil
}

// ReadAt implements io.ReaderAt.
func (m *mapped) ReadAt(p []byte, offset int64) (int, error) {
	if err := m.check(); err != nil {
		return 0, err
	}
	return m.copy(p, offset)
}

func (m *mapped) copy(p []byte, offset int64) (n int, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // the page is no longer in the file
			n, err = 0, fmt.Errorf("byte %d: the file was cut off while it was in use", offset)
		default:
			panic(fault)
		}
	}()
	return m.file.ReadAt(p, offset)
}
