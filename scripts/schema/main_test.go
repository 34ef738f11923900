package main

import (
	"bytes"
	"os"
	"testing"

	"eddy/configs"
)

// TestCurrent: the schemas in the repository are those of the types.
func TestCurrent(t *testing.T) {
	t.Chdir("../..")
	for path, v := range schemas {
		want, err := configs.Schema(v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the types say: run `go run ./scripts/schema`", path)
		}
	}
}
