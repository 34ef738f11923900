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
			faults = append(faults, fmt.Errorf("%s has the SHA-256 %x, want %x; line %d is the first to differ", name, y[:4], x[:4], firstLine(a, b)))
		}
	}
	return errors.Join(faults...)
}

// firstLine is the number of the first line in which two texts differ.
func firstLine(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(a[:n], []byte("\n"))
}
