package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"eddy/train/bench"

	"github.com/spf13/cobra"
)

func benchTableCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "table DIR",
		Short: "Make the tables of a bench again, of its results.csv and timings.csv",
		Long: `Make the tables of a bench again, of its results.csv and timings.csv and of nothing
else: the same bytes. Numbers of cells that the bench does not have any more are
refused.`,
		Example: "  eddy bench table runs/bench/apebench_diff_adv",
		Args:    oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			tables, err := bench.Publish(args[0])
			if err != nil {
				return err
			}
			if err := printTables(c.OutOrStdout(), tables, filepath.Join(args[0], "bench.html")); err != nil {
				return err
			}
			missing, err := bench.Missing(args[0])
			for _, p := range missing {
				err = errors.Join(err, fmt.Errorf("missing cell %v: run the bench again", p))
			}
			return err
		},
	}
}
