// Schema writes configs/schema.json, by which editors complete and check
// experiments. Run it from the root of the repository after a change of any
// setting:
//
//	go run ./scripts/schema
package main

import (
	"fmt"
	"os"

	"eddy/configs"
	"eddy/train"
)

// path is that of the schema from the root of the repository. Experiments name
// it in their first line.
const path = "configs/schema.json"

func main() {
	text, err := configs.Schema(train.Default())
	if err == nil {
		err = os.WriteFile(path, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
