package npy

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestSummarise(t *testing.T) {
	path := filepath.Join(t.TempDir(), "u.npy")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	const n = 50000 // more than are read at once
	w, err := NewWriter(file, 64, n, 2)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		bad := 1e6 // on so large a mean, the variance has still nine digits
		if i == 7 {
			bad = math.NaN()
		}
		if err := w.Write([]float64{float64(i % 5), bad + float64(i%2)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	all, err := Summarise(path, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range []Summary{{0, 4, 2, math.Sqrt2, 0}, {1e6, 1e6 + 1, 1e6 + 0.5, 0.5, 1}} {
		got := all[c]
		if got.Low != want.Low || got.High != want.High || got.Bad != want.Bad ||
			math.Abs(got.Mean/want.Mean-1) > 1e-9 || math.Abs(got.Std/want.Std-1) > 1e-7 {
			t.Errorf("channel %d: %+v, want %+v", c, got, want)
		}
	}
	if _, err := Summarise(path, "", 3); err == nil {
		t.Error("three channels were found in two")
	}
}
