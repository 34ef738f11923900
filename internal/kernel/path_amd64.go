package kernel

// vectorPaths lists the paths in assembly that this processor can run, best
// first.
func vectorPaths() []func() path { return nil }
