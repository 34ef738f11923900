package rollout

import (
	"slices"
	"testing"

	"eddy/physics"
)

// Every field of a gallery has its lowest and its highest values where they
// belong: all of them together as many dots of one as of the other.
func TestGalleries(t *testing.T) {
	lowest, highest := [3]uint8{0x44, 0x01, 0x54}, [3]uint8{0xfd, 0xe7, 0x25} // the ends of viridis
	for name, draw := range map[string]func() ([]byte, error){
		"line":  func() ([]byte, error) { return TrajectoryGallery(slope([]int{8}, 6)) },
		"plane": func() ([]byte, error) { return TrajectoryGallery(slope([]int{4, 2}, 6)) },
		"space": func() ([]byte, error) { return TrajectoryGallery(slope([]int{4, 2, 2}, 6)) },
		"pairs": func() ([]byte, error) { return PairGallery(slope([]int{4, 2}, 1), []string{"a", "b"}) },
	} {
		picture, err := draw()
		img := decode(t, picture, err)
		low, high := count(img, lowest), count(img, highest)
		if low < 3000 || low > 11*high/10 || high > 11*low/10 {
			t.Errorf("%s: %d dots of the lowest colour, %d of the highest", name, low, high)
		}
	}
}

func TestGalleriesRefuse(t *testing.T) {
	if _, err := TrajectoryGallery(slope([]int{8}, 0)); err == nil {
		t.Error("a gallery of no frames")
	}
	if _, err := PairGallery(slope([]int{8}, 1), []string{"u", "v"}); err == nil {
		t.Error("a gallery of pairs on a line")
	}
}

func TestMiddleIsAPlane(t *testing.T) {
	u := make([]float64, 2*3*4*2) // u = i everywhere in channel 1
	for i := range u {
		u[i] = float64(i)
	}
	f := middle(u, physics.Grid{Points: []int{2, 3, 4}}, 1, 2)
	if want := float64(((1*3+2)*4+2)*2 + 1); f.w != 2 || f.h != 3 || f.at(1, 2) != want { // at z index 2
		t.Errorf("%d × %d, %v, want 2 × 3, %v", f.w, f.h, f.at(1, 2), want)
	}
}

func TestSpread(t *testing.T) {
	for n, want := range map[int][]int{1: {0}, 3: {0, 1, 2}, 5: {0, 1, 2, 3, 4}, 101: {0, 25, 50, 75, 100}} {
		if got := Spread(n, 5); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", n, got, want)
		}
	}
}
