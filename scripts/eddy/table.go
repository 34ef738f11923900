package main

import (
	"fmt"
	"os"

	"eddy/rollout"

	"github.com/spf13/cobra"
)

func tableCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "table RESULTS.csv…",
		Short:   "Tabulate the results of several runs together, such as of several seeds",
		Example: "  eddy table runs/quickstart/*/results.csv",
		Args:    someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			var rows []rollout.Row
			for _, path := range args {
				more, err := readResults(path)
				if err != nil {
					return err
				}
				rows = append(rows, more...)
			}
			return rollout.Tabulate(rows, rollout.Layout{}).Markdown(c.OutOrStdout())
		},
	}
}

func readResults(path string) ([]rollout.Row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := rollout.ReadRows(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}
