package npy

import (
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// header is what an .npy file says of itself. The format is
//
//	\x93NUMPY  version (2 bytes)  length (2 bytes, or 4 from version 2 on)
//	{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
//	elements
//
// Ref: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
type header struct {
	elements element
	fortran  bool
	shape    []int
	offset   int64 // of the first element
	bytes    int64 // of all elements
}

// longestHeader bounds the header. That of 32 axes has less than 1000 bytes.
const longestHeader = 1 << 16

// readHeader reads what is before the elements, and checks that they take
// exactly the rest of size bytes.
func readHeader(r io.Reader, size int64) (header, error) {
	prefix := make([]byte, min(12, size)) // as long as that of version 2
	if n, err := io.ReadFull(r, prefix); err != nil {
		return header{}, fmt.Errorf("byte %d: %w", n, err)
	}
	if !strings.HasPrefix(string(prefix), "\x93NUMPY") {
		return header{}, fmt.Errorf("byte 0: not an .npy file%s", resembles(prefix))
	}
	if size < 12 {
		return header{}, fmt.Errorf("byte %d: the file ends in the header", size)
	}
	h := header{offset: 12}
	length := int64(binary.LittleEndian.Uint32(prefix[8:]))
	switch version := prefix[6]; version {
	case 1:
		h.offset = 10
		length = int64(binary.LittleEndian.Uint16(prefix[8:]))
	case 2, 3:
	default:
		return header{}, fmt.Errorf("byte 6: version %d of the format, want 1 to 3", version)
	}
	if length > min(longestHeader, size-h.offset) {
		return header{}, fmt.Errorf("byte 8: header of %d bytes, want at most %d", length, min(longestHeader, size-h.offset))
	}
	text := make([]byte, length)
	known := copy(text, prefix[h.offset:])
	if n, err := io.ReadFull(r, text[known:]); err != nil {
		return header{}, fmt.Errorf("byte %d: %w", h.offset+int64(known+n), err)
	}
	if err := h.parse(string(text)); err != nil {
		return header{}, fmt.Errorf("byte %d: %w", h.offset, err)
	}
	h.offset += length
	return h, h.measure(size - h.offset)
}

// measure computes the bytes of all elements, and compares them with those that
// are there, so that nothing is allocated on the word of a header.
func (h *header) measure(there int64) error {
	h.bytes = int64(h.elements.size)
	if slices.Contains(h.shape, 0) {
		h.bytes = 0
	}
	for _, n := range h.shape {
		if h.bytes > 0 && int64(n) > there/h.bytes {
			return fmt.Errorf("byte %d: the file ends after %d bytes of elements, too few for the shape %v", h.offset+there, there, h.shape)
		}
		h.bytes *= int64(n)
	}
	if h.bytes < there {
		return fmt.Errorf("byte %d: %d bytes after the last element of the shape %v", h.offset+h.bytes, there-h.bytes, h.shape)
	} else if h.bytes > there {
		return fmt.Errorf("byte %d: the file ends in the first element", h.offset+there)
	}
	return nil
}

// entry is one entry of the header, which is a Python dictionary.
var entry = regexp.MustCompile(`^\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([0-9, L]*\)|\[.*\])\s*(,|$)`)

// parse reads the dictionary.
func (h *header) parse(text string) error {
	inner, ok := strings.CutPrefix(strings.TrimRight(text, " \n"), "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !ok || !closed {
		return fmt.Errorf("header %.40q is not a dictionary", text)
	}
	found := map[string]string{}
	for strings.TrimSpace(inner) != "" {
		m := entry.FindStringSubmatch(inner)
		if m == nil || found[m[1]] != "" {
			return fmt.Errorf("header entry %.40q is not understood", inner)
		}
		found[m[1]] = m[2]
		inner = inner[len(m[0]):]
	}
	descr, order, shape := found["descr"], found["fortran_order"], found["shape"]
	switch {
	case len(found) != 3 || descr == "" || shape == "" || order != "True" && order != "False":
		return fmt.Errorf("header %.80q, want the entries descr, fortran_order and shape", text)
	case descr[0] != '\'':
		return fmt.Errorf("structured elements %.40s, want plain numbers", descr)
	}
	h.fortran = order == "True"
	var err error
	if h.elements, err = parseElement(strings.Trim(descr, "'")); err != nil {
		return err
	}
	h.shape, err = parseShape(shape)
	return err
}

// mostAxes is the largest number of axes; NumPy's is 64.
const mostAxes = 32

// parseShape reads a Python tuple of lengths, such as "(3, 4)", "(3,)" or "()".
func parseShape(tuple string) ([]int, error) {
	lengths := strings.Split(strings.Trim(tuple, "()"), ",")
	last := len(lengths) - 1
	if strings.TrimSpace(lengths[last]) == "" { // what follows a final comma, or an empty tuple
		lengths = lengths[:last]
	} else if last == 0 {
		return nil, fmt.Errorf("shape %s is not a tuple", tuple)
	}
	if len(lengths) > mostAxes {
		return nil, fmt.Errorf("shape with %d axes, want at most %d", len(lengths), mostAxes)
	}
	shape := make([]int, len(lengths))
	for i, s := range lengths {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "L")) // Python 2 wrote 3L
		if err != nil {
			return nil, fmt.Errorf("shape %s: %w", tuple, err)
		}
		shape[i] = n
	}
	return shape, nil
}

// resembles guesses what a file is that begins unlike an .npy file.
func resembles(prefix []byte) string {
	for start, kind := range map[string]string{
		"PK\x03\x04":  "an .npz or other zip file",
		"\x1f\x8b":    "compressed with gzip",
		"version ht":  "a Git LFS pointer: fetch the file itself with git lfs pull",
		"<!DOCTYPE":   "a web page",
		"<html":       "a web page",
		"\x89HDF\r\n": "an HDF5 file",
		"CDF":         "a NetCDF file",
		"\x80":        "a Python pickle, which is never loaded",
	} {
		if strings.HasPrefix(string(prefix), start) {
			return "; it looks like " + kind
		}
	}
	return ""
}
