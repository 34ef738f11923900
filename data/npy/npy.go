package npy

import (
	"fmt"
	"io"
)

// mapFrom is the size in bytes from which an .npy file is memory-mapped instead
// of read.
const mapFrom = 64 << 20

// openNPY opens an .npy file. Small ones and those in Fortran order are read,
// the others memory-mapped.
func openNPY(path string) (*Array, error) {
	f, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() >= mapFrom {
		h, err := readHeader(f, info.Size())
		if err != nil {
			return nil, err
		}
		if !h.fortran {
			return openMapped(path, info, h)
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
	}
	return readNPY(f, info.Size())
}

// readNPY reads an array of which all in all size bytes are promised.
func readNPY(r io.Reader, size int64) (*Array, error) {
	h, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	data := make([]byte, h.bytes)
	if n, err := io.ReadFull(r, data); err != nil {
		return nil, fmt.Errorf("byte %d: %w", h.offset+int64(n), err)
	}
	if n, err := io.ReadFull(r, make([]byte, 1)); n > 0 {
		return nil, fmt.Errorf("byte %d: data after the last element", size)
	} else if err != io.EOF {
		return nil, fmt.Errorf("byte %d: %w", size, err)
	}
	return inMemory(h, data), nil
}
