package rollout

import (
	"fmt"
	"image"
	"math"
	"os"
	"strings"
	"testing"
)

// TestMultiples draws panels of which one has a curve that ends and one has
// none, with more names than colours. EDDY_PICTURES names a folder to look at
// it.
func TestMultiples(t *testing.T) {
	var panels []Panel
	for p := range 4 {
		panel := Panel{Title: fmt.Sprint("problem ", p)}
		for m := range 9 * (3 - p) / 3 {
			b := Band{Name: fmt.Sprint("network number ", m)}
			for i := range 100 {
				x := float64(i+1) * float64(p+1)
				y := 1e-3 * float64(m+1) * x
				if p == 1 && m == 2 && i > 50 {
					y = math.Inf(1)
				}
				b.X, b.Low, b.Middle, b.High = append(b.X, x), append(b.Low, y*0.7), append(b.Middle, y), append(b.High, y*1.4)
			}
			panel.Bands = append(panel.Bands, b)
		}
		panels = append(panels, panel)
	}
	panels[3].Ticks = []string{"first", "second"} // in place of numbers
	picture, err := Multiples(panels, "time (time units)", "nrmse", true)
	// Two panels of 3.3 inches and a margin of 24 points at 120 dots an inch; two
	// rows of 2.5 inches, and three rows of names of 16 points and 12 points.
	img := decode(t, picture, err)
	if size := img.Bounds().Size(); size != image.Pt(832, 700) {
		t.Errorf("%v dots, want 832 × 700", size)
	}
	for i := range lineColors {
		if c := lineColors[i]; count(img, [3]uint8{c.R, c.G, c.B}) < 100 {
			t.Errorf("no line has colour %d", i)
		}
	}
	if dir := os.Getenv("EDDY_PICTURES"); dir != "" {
		if err := os.WriteFile(dir+"/multiples.png", picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Multiples(nil, "x", "y", false); err != nil {
		t.Errorf("no panels: %v", err)
	}
}

// Labels that are too long for two in a row stand one below the other.
func TestLegendShowsLabelsInFull(t *testing.T) {
	const width = 260
	for label, want := range map[string]int{"FNO": 2, "persistence for U-Net, refined": 1, strings.Repeat("long ", 40): 1} {
		if got := inRow([]string{"a", label}, width, 2); got != want {
			t.Errorf("%q: %d in a row, want %d", label, got, want)
		}
	}
}
