package main

import (
	"bytes"
	"os"
	"testing"

	"eddy/configs"
	"eddy/train"
)

// TestCurrent: the schema in the repository is that of the types.
func TestCurrent(t *testing.T) {
	t.Chdir("../..")
	want, err := configs.Schema(train.Default())
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
