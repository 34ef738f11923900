package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// compared are the files of a run of which every bit is promised.
var compared = []string{
	"metrics.csv",
	"checkpoints/last/weights.safetensors",
	"checkpoints/best/weights.safetensors",
}

// differences compares two runs by the SHA-256 of their files.
func differences(want, got string) error {
	var faults []error
	for _, name := range compared {
		a, err := os.ReadFile(filepath.Join(want, name))
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(got, name))
		if err != nil {
			return err
		}
		if x, y := sha256.Sum256(a), sha256.Sum256(b); x != y {
			faults = append(faults, fmt.Errorf("%s differs from %s on: SHA-256 %x, want %x", name, place(name, a, b), y[:4], x[:4]))
		}
	}
	return errors.Join(faults...)
}

// place says where two contents of a file begin to differ: the line of a table,
// or else the byte.
func place(name string, a, b []byte) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if filepath.Ext(name) == ".csv" {
		return fmt.Sprintf("line %d", 1+bytes.Count(a[:n], []byte("\n")))
	}
	return fmt.Sprintf("byte %d", n)
}
