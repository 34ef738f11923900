// Package layout holds the tests of how the packages of the module depend on
// each other.
package layout

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// layers are the packages in the order in which they may import: a package
// imports those of earlier lines only, so that those of one line do not know
// each other. A name that ends in /... is all that is in a folder.
var layers = [][]string{
	{"configs", "internal/bundle", "internal/kernel"},
	{"models/graph"},
	{"physics"},
	{"data/fourier", "data/npy"},
	{"data/initial", "data/solver"},
	{"data", "models", "rollout"},
	{"train"},
	{"train/bench"},
	{"internal/speed"},
	{"scripts/..."},
}

// module is the name of this module.
const module = "eddy"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Imports    []string // by what is not a test
}

// list returns the packages of the module without their tests.
func list(t *testing.T) []pkg {
	t.Helper()
	c := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...")
	out, err := c.Output()
	if err != nil {
		var e *exec.ExitError
		if errors.As(err, &e) {
			t.Fatalf("go list: %v\n%s", err, e.Stderr)
		}
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// layer is the number of a package's layer, −1 for one that has none.
func layer(name string) int {
	return slices.IndexFunc(layers, func(l []string) bool {
		return slices.ContainsFunc(l, func(pattern string) bool {
			folder, ok := strings.CutSuffix(pattern, "/...")
			return pattern == name || ok && strings.HasPrefix(name, folder+"/")
		})
	})
}

// TestLayers checks every import of a package of the module.
func TestLayers(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		if len(p.Imports) == 0 {
			continue // tests only
		}
		own := layer(name)
		if own < 0 {
			t.Errorf("%s has no layer: add it to the test", name)
		}
		for _, i := range p.Imports {
			imported, ok := strings.CutPrefix(i, module+"/")
			if ok && layer(imported) >= own {
				t.Errorf("%s imports %s, which is not of a layer below", name, imported)
			}
		}
	}
}

// TestForeignImports: only models/graph knows gorgonia, and no program contains
// a test framework.
func TestForeignImports(t *testing.T) {
	for _, p := range list(t) {
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "gorgonia.org/") && p.ImportPath != path.Join(module, "models/graph") {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
			if i == "testing" || strings.HasPrefix(i, "testing/") {
				t.Errorf("%s imports %s outside of tests", p.ImportPath, i)
			}
		}
	}
}
