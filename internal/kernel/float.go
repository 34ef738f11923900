package kernel

import "fmt"

// Float is the set of element types: float32 to train, float64 to solve and to
// check.
type Float interface{ float32 | float64 }

// same panics unless a slice that belongs to dst has its length.
func same(op string, want int, lengths ...int) {
	for _, n := range lengths {
		if n != want {
			panic(fmt.Sprintf("kernel: %s: length %d, want %d", op, n, want))
		}
	}
}
