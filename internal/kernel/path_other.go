//go:build !amd64

package kernel

// vectorPaths lists the paths in assembly, best first: there are none here.
func vectorPaths() []func() path { return nil }
