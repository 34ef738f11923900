package npy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/sbinet/npyio"
)

// npy builds an .npy file of version 1 from its parts.
func npy(header string, elements []byte) []byte {
	b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(header)))
	return append(append(b, header...), elements...)
}

func dictionary(descr, fortran, shape string) string {
	return fmt.Sprintf("{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n", descr, fortran, shape)
}

// zipped builds an archive of members, packed by method.
func zipped(t testing.TB, method uint16, members ...any) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		m, err := w.CreateHeader(&zip.FileHeader{Name: members[i].(string), Method: method})
		if err == nil {
			_, err = m.Write(members[i+1].([]byte))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file writes a file for a test and returns its path.
func file(t testing.TB, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func values(t testing.TB, a *Array) []float64 {
	n := 1
	for _, d := range a.Shape {
		n *= d
	}
	v := make([]float64, n)
	if err := a.Read(v, 0); err != nil {
		t.Fatal(err)
	}
	return v
}

// Every type in every byte order is read. The six values of each file are 0, 1
// and four that the type can hold.
func TestNPYElements(t *testing.T) {
	for descr, six := range map[string]any{
		"f4": []float32{0, 1, -2.5, float32(math.Inf(1)), 1e-45, 3e38},
		"f8": []float64{0, 1, -2.5, math.Inf(-1), 5e-324, 1e308},
		"i1": []int8{0, 1, -1, 127, -128, 5},
		"i2": []int16{0, 1, -1, 32767, -32768, 258},
		"i4": []int32{0, 1, -1, 1 << 30, math.MinInt32, 66051},
		"i8": []int64{0, 1, -1, 1 << 53, -1 << 53, 1<<40 + 3},
		"u1": []uint8{0, 1, 255, 128, 7, 5},
		"u2": []uint16{0, 1, 65535, 258, 7, 5},
		"u4": []uint32{0, 1, math.MaxUint32, 66051, 7, 5},
		"u8": []uint64{0, 1, 1 << 53, 1 << 63, 7, 5},
		"b1": []bool{false, true, true, false, false, true},
	} {
		want := make([]float64, 6)
		for i, s := range strings.Fields(strings.Trim(fmt.Sprint(six), "[]")) {
			s = strings.NewReplacer("false", "0", "true", "1").Replace(s)
			if _, err := fmt.Sscan(s, &want[i]); err != nil {
				t.Fatal(err)
			}
		}
		if descr == "f4" { // Sscan rounds to float64
			for i, v := range six.([]float32) {
				want[i] = float64(v)
			}
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			var elements bytes.Buffer
			mark := "<"
			if order == binary.BigEndian {
				mark = ">"
			}
			if strings.HasSuffix(descr, "1") {
				mark = "|"
			}
			if err := binary.Write(&elements, order.(binary.ByteOrder), six); err != nil {
				t.Fatal(err)
			}
			b := npy(dictionary("'"+mark+descr+"'", "False", "(2, 3)"), elements.Bytes())
			a, err := readNPY(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatalf("%s%s: %v", mark, descr, err)
			}
			if got := values(t, a); !slices.Equal(got, want) || !slices.Equal(a.Shape, []int{2, 3}) {
				t.Errorf("%s%s: %v %v, want %v", mark, descr, a.Shape, got, want)
			}
		}
	}
}

// Element (i, j, k) of the array is 100 i + 10 j + k.
func TestNPYFortranOrder(t *testing.T) {
	shape := []int{2, 3, 4}
	var fortran, c []byte
	for k := range 4 {
		for j := range 3 {
			for i := range 2 {
				fortran = binary.BigEndian.AppendUint16(fortran, uint16(100*i+10*j+k))
			}
		}
	}
	for i := range 2 {
		for j := range 3 {
			for k := range 4 {
				c = binary.BigEndian.AppendUint16(c, uint16(100*i+10*j+k))
			}
		}
	}
	if got := cOrder(fortran, shape, 2); !bytes.Equal(got, c) {
		t.Errorf("got %v, want %v", got, c)
	}
	b := npy(dictionary("'>u2'", "True", "(2, 3, 4)"), fortran)
	a, err := readNPY(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	part := make([]float64, 5)
	if err := a.Read(part, 11); err != nil || !slices.Equal(part, []float64{23, 100, 101, 102, 103}) {
		t.Errorf("%v, %v", part, err)
	}
}

// What other programs may write, though NumPy does not.
func TestNPYHeaders(t *testing.T) {
	four := make([]byte, 4)
	for _, header := range []string{
		"{'shape': (1,), 'descr': '<f4', 'fortran_order': False}",
		"{ 'descr':'<f4','fortran_order':True,'shape':( 1L , 1L ) , }       \n",
		"{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
	} {
		b := npy(header, four)
		if _, err := readNPY(bytes.NewReader(b), int64(len(b))); err != nil {
			t.Errorf("%s: %v", header, err)
		}
	}
	for version := byte(2); version <= 3; version++ { // with a length of 4 bytes
		header := dictionary("'<f4'", "False", "(1, 1, 1)")
		b := binary.LittleEndian.AppendUint32([]byte{0x93, 'N', 'U', 'M', 'P', 'Y', version, 0}, uint32(len(header)))
		b = append(append(b, header...), four...)
		if a, err := readNPY(bytes.NewReader(b), int64(len(b))); err != nil || len(a.Shape) != 3 {
			t.Errorf("version %d: %v", version, err)
		}
	}
}

// hostile are files that are refused, each with what the error says.
func hostile() map[string][]byte {
	f8 := func(shape string, n int) []byte { return npy(dictionary("'<f8'", "False", shape), make([]byte, n)) }
	descr := func(d string) []byte { return npy(dictionary(d, "False", "(2,)"), make([]byte, 16)) }
	long := npy(dictionary("'<f8'", "False", "(2,)"), make([]byte, 16))
	binary.LittleEndian.PutUint16(long[8:], 60000)
	huge := []byte("\x93NUMPY\x02\x00\xff\xff\xff\xff" + dictionary("'<f8'", "False", "(2,)"))
	return map[string][]byte{
		"byte 0: not an .npy file":        {},
		"not an .npy file":                []byte("a text that is long enough"),
		"an .npz or other zip file":       []byte("PK\x03\x04 and so on and on"),
		"Git LFS pointer":                 []byte("version https://git-lfs.github.com/spec/v1"),
		"a web page":                      []byte("<!DOCTYPE html><html></html>"),
		"compressed with gzip":            []byte("\x1f\x8b\x08\x00 and so on and on"),
		"Python pickle":                   []byte("\x80\x04\x95 and so on and on"),
		"an HDF5 file":                    []byte("\x89HDF\r\n\x1a\n and so on"),
		"version 9 of the format":         append([]byte("\x93NUMPY\x09\x00"), make([]byte, 20)...),
		"header of 60000 bytes":           long,
		"header of 4294967295 bytes":      huge,
		"too few for the shape":           f8("(65536, 65536)", 0),
		"few for the shape [42949":        f8("(4294967296, 4294967296)", 16), // 2⁶⁴ elements
		"shape (99999999999999999999,)":   f8("(99999999999999999999,)", 16),
		"'shape': (-2,)":                  f8("(-2,)", 16),
		"8 bytes after the last element":  f8("(2,)", 24),
		"after the last element of the":   f8("(0, 5)", 8),
		"the file ends in the first":      f8("()", 0),
		"shape (2) is not a tuple":        f8("(2)", 16),
		"33 axes":                         f8("("+strings.Repeat("1,", 33)+")", 8),
		"'shape': 2":                      f8("2", 16),
		"shape (2, , 3)":                  f8("(2, , 3)", 48),
		`type "|O"`:                       descr("'|O'"),
		`type "<U4"`:                      descr("'<U4'"),
		`type "|V8"`:                      descr("'|V8'"),
		`type "<c8"`:                      descr("'<c8'"),
		`type "<f2"`:                      descr("'<f2'"),
		`type "<M8[ns]"`:                  descr("'<M8[ns]'"),
		`type "=f8"`:                      descr("'=f8'"),
		`type "|f8"`:                      descr("'|f8'"),
		`type ""`:                         descr("''"),
		"structured elements":             descr("[('a', '<f4'), ('b', '<f4')]"),
		"is not a dictionary":             npy("[1, 2]", nil),
		"entry \"'descr': __import__":     npy("{'descr': __import__('os').system('x')}", nil),
		"entry \" 'descr': '<f8'":         npy("{'descr': '<f4', 'descr': '<f8'}", nil),
		"want the entries":                npy("{'descr': '<f4'}", nil),
		"want the entries descr, fortran": npy("{'descr': '<f4', 'fortran_order': (), 'shape': ()}", nil),
	}
}

func TestNPYHostile(t *testing.T) {
	for want, b := range hostile() {
		path := file(t, "x.npy", b)
		_, err := Open(path, "")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// A file cut off anywhere, or with a byte more, is refused.
func TestNPYTruncated(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b, 32, 5, 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(make([]float64, 15)); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for n := range len(whole) + 2 {
		file := append(slices.Clone(whole), 0)[:n]
		for _, promised := range []int{n, len(whole)} {
			_, err := readNPY(bytes.NewReader(file), int64(promised))
			if fits := n == len(whole) && promised == n; (err == nil) != fits {
				t.Errorf("%d of %d bytes, %d promised: %v", n, len(whole), promised, err)
			} else if err != nil && !strings.Contains(err.Error(), "byte ") {
				t.Errorf("%d bytes: %v does not say where", n, err)
			}
		}
	}
}

func TestNPZHostile(t *testing.T) {
	good := npy(dictionary("'<f8'", "False", "(2,)"), make([]byte, 16))
	crc := zipped(t, zip.Store, "u.npy", good)
	crc[bytes.Index(crc, good)+len(good)-1]++
	entry := func(offset int, value ...byte) []byte { // changes the directory
		b := zipped(t, zip.Deflate, "u.npy", good)
		copy(b[bytes.LastIndex(b, []byte("PK\x01\x02"))+offset:], value)
		return b
	}
	bomb := make([]byte, 17<<20)
	for want, b := range map[string][]byte{
		"not an .npz file of 0 bytes":    {},
		"Git LFS pointer":                []byte("version https://git-lfs.github.com/spec/v1"),
		"not an .npz file":               zipped(t, zip.Store, "u.npy", good)[:100],
		"no array \"u\"":                 zipped(t, zip.Store, "../u.npy", good, "/u.npy", good, "v.npy", good, "u.npz", good),
		"the file has [\"v\"]":           zipped(t, zip.Store, "v.npy", good),
		"two arrays are called \"u\"":    zipped(t, zip.Store, "u.npy", good, "u.npy", good),
		"checksum error":                 crc,
		"zip file":                       zipped(t, zip.Store, "u.npy", zipped(t, zip.Store, "u.npy", good)),
		"more than 100 times":            zipped(t, zip.Deflate, "u.npy", npy(dictionary("'|u1'", "False", fmt.Sprintf("(%d,)", len(bomb))), bomb)),
		"encrypted":                      entry(8, 1),
		"unsupported compression":        entry(10, 99),
		"declares 2130706432 compressed": entry(20, 0, 0, 0, 127),
		"unpacks to 4294967294 bytes":    entry(24, 254, 255, 255, 255),
		"unpack to 2130706432":           entry(24, 0, 0, 0, 127),
		"after the last element":         entry(24, 0, 16, 0, 0),
		"stored as":                      bytes.Replace(zipped(t, zip.Store, "u.npy", good), []byte{byte(len(good)), 0, 0, 0, 5}, []byte{3, 0, 0, 0, 5}, 1),
		"too few for the shape [65536":   zipped(t, zip.Deflate, "u.npy", npy(dictionary("'<f8'", "False", "(65536, 65536)"), nil)),
		"byte 0: not an .npy file":       zipped(t, zip.Deflate, "u.npy", []byte("nothing of the kind")),
	} {
		path := file(t, "x.npz", b)
		_, err := Open(path, "u")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	// A small array of zeros may be packed as tightly as it likes.
	zeros := npy(dictionary("'|u1'", "False", "(1000000,)"), make([]byte, 1000000))
	if _, err := Open(file(t, "x.npz", zipped(t, zip.Deflate, "u.npy", zeros)), "u"); err != nil {
		t.Error(err)
	}
}

func TestOpenArrayRefuses(t *testing.T) {
	dir := t.TempDir()
	os.Mkdir(filepath.Join(dir, "x.npy"), 0o700)
	os.Mkdir(filepath.Join(dir, "x.npz"), 0o700)
	for _, c := range [][3]string{
		{"x.npy", "", "not a regular file"},
		{"x.npz", "u", "not a regular file"},
		{"none.npy", "", "no such file"},
		{"none.npz", "u", "no such file"},
		{"x.h5", "u", "want an .npz or .npy file"},
		{"x.npy", "u", "without a name"},
		{"x.npz", "", "say which one"},
	} {
		if _, err := Open(filepath.Join(dir, c[0]), c[1]); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%v: %v", c, err)
		}
	}
}

// What is written is what this reader and another one read.
func TestNPYWriter(t *testing.T) {
	want := []float64{0, 1, -2.5, 1e30, math.Inf(1), 0.1}
	for _, bits := range []int{32, 64} {
		for _, shape := range [][]int{{6}, {2, 3}, {1, 6, 1, 1}} {
			var b bytes.Buffer
			w, err := NewWriter(&b, bits, shape...)
			for i := 0; i < 6 && err == nil; i += 2 {
				err = w.Write(want[i : i+2])
			}
			if err == nil {
				err = w.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			a, err := readNPY(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			got := values(t, a)
			var single []float32
			var double []float64
			if bits == 32 {
				err = npyio.Read(&b, &single)
				for _, v := range single {
					double = append(double, float64(v))
				}
			} else {
				err = npyio.Read(&b, &double)
			}
			if err != nil || !slices.Equal(got, double) || !slices.Equal(a.Shape, shape) {
				t.Errorf("%v %v, but npyio reads %v, %v", a.Shape, got, double, err)
			}
			if math.Abs(got[5]-0.1) > 1e-8 || bits == 64 && !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if w.Write(want) == nil {
				t.Error("more elements than the shape has were accepted")
			}
		}
	}
	if w, _ := NewWriter(&bytes.Buffer{}, 32, 3); w.Close() == nil {
		t.Error("missing elements were accepted")
	}
	if _, err := NewWriter(&bytes.Buffer{}, 16, 3); err == nil {
		t.Error("16 bits were accepted")
	}
}

// A large file is mapped; when it changes, reading is an error.
func TestMapped(t *testing.T) {
	var b bytes.Buffer
	const n = mapFrom / 8
	if _, err := NewWriter(&b, 64, n); err != nil {
		t.Fatal(err)
	}
	header := int64(b.Len())
	b.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(42)))
	path := file(t, "x.npy", b.Bytes())
	if err := os.Truncate(path, header+8*n); err != nil { // the rest is zeros, without disk space
		t.Fatal(err)
	}
	a, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	m, ok := a.data.(*mapped)
	if !ok {
		t.Fatal("the file was read, not mapped")
	}
	u := make([]float64, 3)
	if err := a.Read(u, 0); err != nil || !slices.Equal(u, []float64{42, 0, 0}) {
		t.Fatal(u, err)
	}
	if err := a.Read(u, n-2); err == nil {
		t.Error("read beyond the end")
	}
	if err := os.Truncate(path, header); err != nil {
		t.Fatal(err)
	}
	if err := a.Read(u, 0); err == nil || !strings.Contains(err.Error(), "changed while it was in use") {
		t.Error(err)
	}
	if _, err := m.copy(make([]byte, 8), header+8*n-8); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Error(err)
	}
	if _, err := Open(path, ""); err == nil {
		t.Error("an .npy file without its elements was accepted")
	}
}

// Whatever the bytes, reading them ends with an array that fits or an error.
func FuzzNPY(f *testing.F) {
	for _, b := range hostile() {
		f.Add(b)
	}
	f.Add(npy(dictionary("'>i4'", "True", "(2, 3)"), make([]byte, 24)))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := readNPY(bytes.NewReader(b), int64(len(b)))
		if err == nil && len(values(t, a))*a.elements.size > len(b) {
			t.Error("more elements than the file has")
		}
	})
}

func FuzzNPZ(f *testing.F) {
	good := npy(dictionary("'<f4'", "True", "(2, 3)"), make([]byte, 24))
	f.Add(zipped(f, zip.Deflate, "u.npy", good))
	f.Add(zipped(f, zip.Store, "v.npy", good, "u.npy", good))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := readNPZ(bytes.NewReader(b), int64(len(b)), "u"); err == nil {
			values(t, a)
		}
	})
}
