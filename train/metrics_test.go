package train

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestMetricsCut opens a log again at every length that it may have been noted
// with: what lies beyond goes, and what is missing is not invented.
func TestMetricsCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "metrics.csv")
	for length, want := range map[int64]string{0: "", 2: "ab", 4: "abcd"} {
		check(t, os.WriteFile(path, []byte("abcd"), 0o644))
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		check(t, err)
		check(t, cut(f, length))
		check(t, f.Close())
		got, err := os.ReadFile(path)
		check(t, err)
		if string(got) != want {
			t.Errorf("cut to %d: %q, want %q", length, got, want)
		}
	}
	if _, err := openMetrics(path, 5, nil); err == nil {
		t.Error("a log that has lost rows was accepted")
	}
}

// TestShown: a figure has the terms of a loss where there are several.
func TestShown(t *testing.T) {
	for _, c := range []struct{ columns, want []string }{
		{[]string{"step", "loss", "mse", "rate", "grad_norm", "validation"}, []string{"loss", "validation"}},
		{[]string{"step", "loss", "mse", "mae", "weight.mse", "weight.mae", "rate", "grad_norm", "validation"}, []string{"mse", "mae", "loss", "validation"}},
		{[]string{"step", "loss", "residual", "equation.viscosity", "rate", "grad_norm", "validation"}, []string{"loss", "validation"}},
	} {
		if got := shown(c.columns); !slices.Equal(got, c.want) {
			t.Errorf("%v: shown are %v, want %v", c.columns, got, c.want)
		}
	}
}
