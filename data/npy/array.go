// Package npy reads and writes arrays of numbers in the files of NumPy, .npy and
// .npz. Files come from anywhere, so nothing is allocated on their word alone.
//
// Read [Open] first, then header.go for the format and npz.go for what is
// refused.
package npy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Array is an array of a file, its elements in C order: the last axis runs
// fastest. They stay as the file has them until they are read.
type Array struct {
	Name     string // for messages: the file, and the array in it
	Shape    []int
	elements element
	data     io.ReaderAt
	offset   int64 // of the first element
}

// Open opens an array of a file: the named one of an .npz file, or that of
// an .npy file, where the name is empty.
func Open(path, name string) (*Array, error) {
	var a *Array
	var err error
	switch ext := filepath.Ext(path); {
	case ext == ".npz" && name != "":
		a, err = openNPZ(path, name)
	case ext == ".npy" && name == "":
		a, err = openNPY(path)
	case ext == ".npz":
		err = fmt.Errorf("an .npz file has named arrays, say which one")
	case ext == ".npy":
		err = fmt.Errorf("an .npy file has one array without a name, but array %q is asked for", name)
	default:
		err = fmt.Errorf("want an .npz or .npy file")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	a.Name = path
	if name != "" {
		a.Name += ": array " + name
	}
	return a, nil
}

// openRegular opens a file that is neither a folder nor a device, which might
// never end.
func openRegular(path string) (*os.File, os.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// Read fills dst with elements from the given one on. It may be called from
// several goroutines.
func (a *Array) Read(dst []float64, from int) error {
	const chunk = 4096 // elements; the file's bytes are short-lived
	raw := make([]byte, min(chunk, len(dst))*a.elements.size)
	for i := 0; i < len(dst); i += chunk {
		part := dst[i:min(i+chunk, len(dst))]
		b := raw[:len(part)*a.elements.size]
		if n, err := a.data.ReadAt(b, a.offset+int64(from+i)*int64(a.elements.size)); n < len(b) {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		a.elements.decode(part, b)
	}
	return nil
}

// cOrder rearranges elements of size bytes from Fortran order, where the first
// axis runs fastest.
func cOrder(data []byte, shape []int, size int) []byte {
	ordered := make([]byte, 0, len(data))
	index := make([]int, len(shape))
	for len(ordered) < len(data) {
		from, stride := 0, size
		for axis, i := range index {
			from += i * stride
			stride *= shape[axis]
		}
		ordered = append(ordered, data[from:from+size]...)
		for axis := len(shape) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < shape[axis] {
				break
			}
			index[axis] = 0
		}
	}
	return ordered
}

// inMemory is an array whose elements were read.
func inMemory(h header, data []byte) *Array {
	if h.fortran {
		data = cOrder(data, h.shape, h.elements.size)
	}
	return &Array{Shape: h.shape, elements: h.elements, data: bytes.NewReader(data)}
}

// Float64s is an array of little-endian float64, given their bytes.
func Float64s(name string, data []byte, shape ...int) *Array {
	elements, err := parseElement("<f8")
	if err != nil {
		panic(err)
	}
	return &Array{Name: name, Shape: shape, elements: elements, data: bytes.NewReader(data)}
}
