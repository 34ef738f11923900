package data

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"eddy/data/npy"
	"eddy/physics"
)

// writeCounted writes an array of the numbers of its elements.
func writeCounted(t *testing.T, shape ...int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "counted.npy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := npy.NewWriter(f, 32, shape...)
	if err != nil {
		t.Fatal(err)
	}
	elements := 1
	for _, n := range shape {
		elements *= n
	}
	for i := range elements {
		if err := w.Write([]float64{float64(i)}); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// TestSampled takes every third point of periodic grids and of grids between
// walls, with two samples of two frames and two channels.
func TestSampled(t *testing.T) {
	for _, test := range []struct {
		boundary     physics.Boundary
		fine, coarse []int
	}{
		{physics.Periodic, []int{9, 6}, []int{3, 2}},
		{physics.HalfOpen, []int{6, 3}, []int{2, 1}},
		{physics.Walls, []int{7, 4}, []int{3, 2}},
	} {
		path := writeCounted(t, 2, 2, test.fine[0], test.fine[1], 2)
		g := physics.Grid{Points: test.coarse, Extent: []float64{1, 1}, Boundary: test.boundary}
		d, err := openTrajectories(path, "", 3, g)
		if err != nil {
			t.Fatalf("%v: %v", test.boundary, err)
		}
		got := make([]float64, g.Size()*2)
		if err := d.read(got, 1, 1); err != nil {
			t.Fatal(err)
		}
		var want []float64
		for i := range test.coarse[0] {
			for j := range test.coarse[1] {
				first := float64(((3*test.fine[0]+3*i)*test.fine[1] + 3*j) * 2) // frame 3 of the file
				want = append(want, first, first+1)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", test.boundary, got, want)
		}
		for _, boundary := range []physics.Boundary{physics.Periodic, physics.Walls, physics.Cells} {
			g.Boundary = boundary
			_, err := openTrajectories(path, "", 3, g)
			if fits := (boundary == physics.Walls) == (test.boundary == physics.Walls) && boundary != physics.Cells; fits != (err == nil) {
				t.Errorf("%v points as %v: %v", test.fine, boundary, err)
			}
		}
	}
}
