package kernel

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// paths are the implementations this machine can run.
func paths() (names []string) {
	for _, f := range append(vectorPaths(), portable) {
		names = append(names, f().name)
	}
	return names
}

// eachPath runs a test on every implementation, then goes back to the first
// choice.
func eachPath(t *testing.T, f func(t *testing.T)) {
	before := Path()
	for _, name := range paths() {
		t.Run(name, func(t *testing.T) {
			defer Select(before)
			if err := Select(name); err != nil {
				t.Fatal(err)
			}
			f(t)
		})
	}
}

// bothTypes runs a test for float32 and float64.
func bothTypes(t *testing.T, f32, f64 func(t *testing.T)) {
	t.Run("float32", f32)
	t.Run("float64", f64)
}

func TestSelect(t *testing.T) {
	before := Path()
	defer Select(before)
	for _, name := range append(paths(), "") {
		if err := Select(name); err != nil {
			t.Fatal(err)
		}
		if name != "" && Path() != name {
			t.Errorf("Path() = %q after Select(%q)", Path(), name)
		}
	}
	held := Path()
	err := Select("sse9")
	if err == nil || !strings.Contains(err.Error(), `"sse9"`) || !strings.Contains(err.Error(), "portable") {
		t.Errorf("Select(sse9) = %v, want an error with the value and the choice", err)
	}
	if Path() != held {
		t.Errorf("a failed Select went from %q to %q", held, Path())
	}
}

// A bad value in the environment is reported, and the best path is used.
func TestStart(t *testing.T) {
	before := Path()
	defer Select(before)
	if err := start("mmx"); err == nil || !strings.Contains(err.Error(), "EDDY_KERNEL") || !strings.Contains(err.Error(), `"mmx"`) {
		t.Errorf("start(mmx) = %v, want an error with the variable and its value", err)
	}
	if Path() != paths()[0] {
		t.Errorf("after a bad value the path is %q, want %q", Path(), paths()[0])
	}
	for _, name := range append(paths(), "") {
		if err := start(name); err != nil {
			t.Errorf("start(%q) = %v", name, err)
		}
	}
}

// Guarded slices: the elements around a slice under test hold a value that no
// kernel produces, and must still hold it afterwards.
const margin = 67 // more than two vectors, odd: slices start unaligned

func guard[T Float](n int) (all, x []T) {
	all = make([]T, n+2*margin)
	for i := range all {
		all[i] = guardValue
	}
	return all, all[margin : margin+n : margin+n]
}

const guardValue = -12345.5

func checkGuard[T Float](t *testing.T, name string, all []T) {
	t.Helper()
	for i := range margin {
		if all[i] != guardValue || all[len(all)-1-i] != guardValue {
			t.Fatalf("%s: written outside of the slice, %d elements from its edge", name, margin-i)
		}
	}
}

// fill writes numbers of [-1,1) that depend on the seed only.
func fill[T Float](x []T, seed uint64) []T {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range x {
		x[i] = T(2*r.Float64() - 1)
	}
	return x
}

// epsilon is the relative error allowed to a sum of one term.
func epsilon[T Float]() float64 {
	if _, single := any(T(0)).(float32); single {
		return 1e-6
	}
	return 2e-15
}

// near reports whether got is want up to the error allowed to a sum of terms
// numbers of [-1,1].
func near[T Float](got, want float64, terms int) bool {
	return math.Abs(got-want) <= epsilon[T]()*math.Sqrt(float64(terms+1))*(1+math.Abs(want))
}

func bits[T Float](x T) uint64 {
	if v, single := any(x).(float32); single {
		return uint64(math.Float32bits(v))
	}
	return math.Float64bits(float64(x))
}

// sizes has the lengths at which loops over vectors of 4, 8, 16, 32 and 64
// elements change their ways, and some primes.
var sizes = []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 13, 15, 16, 17, 19, 23, 29, 31, 32, 33, 47, 61, 63, 64, 65, 67, 97, 127, 128, 129, 211, 256, 257, 1009, 4095, 4096, 4097, 8191, 10007}
