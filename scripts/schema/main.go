// Schema writes configs/schema.json and configs/bench/schema.json, by which
// editors complete and check experiments and benches. Run it from the root of the repository after a change of any
// setting:
//
//	go run ./scripts/schema
package main

import (
	"fmt"
	"os"

	"eddy/configs"
	"eddy/train"
	"eddy/train/bench"
)

// schemas are what is described, by the path from the root of the repository.
// Files name their schema in the first line.
var schemas = map[string]any{
	"configs/schema.json":       train.Default(),
	"configs/bench/schema.json": bench.Default(),
}

func main() {
	for path, v := range schemas {
		text, err := configs.Schema(v)
		if err == nil {
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
