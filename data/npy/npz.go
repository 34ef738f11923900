package npy

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The most that is unpacked of an .npz file: members up to smallMember bytes
// always, larger ones up to highestRatio times their compressed size, and none
// beyond largestMember. Numbers with noise compress by less than 2, a mask of
// two values by about 30.
const (
	smallMember   = 16 << 20
	largestMember = 2 << 30
	highestRatio  = 100
)

// openNPZ reads an array of an .npz file, which is a zip archive of .npy files.
// Nothing is unpacked to disk, and the archive's checksum is verified.
func openNPZ(path, name string) (*Array, error) {
	f, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readNPZ(f, info.Size(), name)
}

func readNPZ(r io.ReaderAt, size int64, name string) (*Array, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		prefix := make([]byte, 12)
		n, _ := r.ReadAt(prefix, 0)
		return nil, fmt.Errorf("not an .npz file of %d bytes: %w%s", size, err, resembles(prefix[:n]))
	}
	m, err := member(z, name)
	if err != nil {
		return nil, err
	}
	a, err := unpack(m, size)
	if err != nil {
		return nil, fmt.Errorf("array %s: %w", name, err)
	}
	return a, nil
}

// member finds an array by its name.
func member(z *zip.Reader, name string) (*zip.File, error) {
	var found *zip.File
	var names []string
	for _, m := range z.File {
		array, ok := strings.CutSuffix(m.Name, ".npy")
		if !ok {
			continue
		}
		if array == name && found != nil {
			return nil, fmt.Errorf("two arrays are called %q", name)
		}
		if array == name {
			found = m
		}
		if len(names) < 10 {
			names = append(names, array)
		}
	}
	if found == nil {
		return nil, fmt.Errorf("no array %q, the file has %q", name, names)
	}
	return found, nil
}

// unpack reads a member of an archive of size bytes. What its directory entry
// says is checked before anything is allocated.
func unpack(m *zip.File, size int64) (*Array, error) {
	packed, unpacked := m.CompressedSize64, m.UncompressedSize64
	const encrypted = 1
	switch {
	case m.Flags&encrypted != 0:
		return nil, errors.New("encrypted")
	case packed > uint64(size):
		return nil, fmt.Errorf("declares %d compressed bytes in a file of %d", packed, size)
	case m.Method == zip.Store && packed != unpacked:
		return nil, fmt.Errorf("declares %d bytes stored as %d", unpacked, packed)
	case unpacked > largestMember:
		return nil, fmt.Errorf("unpacks to %d bytes, want at most %d: save it as .npy, which is memory-mapped", unpacked, int64(largestMember))
	case unpacked > smallMember && unpacked/highestRatio > packed:
		return nil, fmt.Errorf("%d bytes unpack to %d, more than %d times as many: save it as .npy", packed, unpacked, highestRatio)
	}
	r, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readNPY(r, int64(unpacked))
}
