package kernel

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The committed assembly is what the generator in gen writes. Its dependencies
// are not those of eddy, so they may be absent; the test does not fetch them.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generator")
	}
	offline := append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly", "GOWORK=off")
	list := exec.Command("go", "list", "-deps", ".")
	list.Dir, list.Env = "gen", offline
	if out, err := list.CombinedOutput(); err != nil {
		t.Skipf("the generator's dependencies are not here (go -C gen mod download gets them): %v\n%s", err, out)
	}
	dir := t.TempDir()
	names := []string{"kernel_amd64.s", "kernel_amd64.go"}
	run := exec.Command("go", "run", ".", "-out", filepath.Join(dir, names[0]), "-stubs", filepath.Join(dir, names[1]), "-pkg", "kernel")
	run.Dir, run.Env = "gen", offline
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range names {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(body(got), body(want)) {
			t.Errorf("%s differs from what gen writes: run go generate", name)
		}
	}
}

// body is a generated file without its first line, which holds the command.
func body(file []byte) []byte {
	_, rest, _ := bytes.Cut(file, []byte("\n"))
	return rest
}
