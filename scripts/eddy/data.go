package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"eddy/data"

	"github.com/spf13/cobra"
)

func dataCommand() *cobra.Command {
	return group("data", "Write trajectories to files, or look into files", dataGenCommand(), dataInfoCommand())
}

func dataGenCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "gen CONFIG [key=value…]",
		Short:   "Write the test trajectories of an experiment as frames.npy",
		Example: "  eddy data gen configs/quickstart.yaml rollout.samples=100 --out ks",
		Args:    someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			e, err := load(args[0], args[1:])
			if err != nil {
				return err
			}
			s, err := e.Open()
			if err != nil {
				return err
			}
			defer s.Close()
			path, shape, err := s.Generate(c.Context(), out)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: float64 %v, samples, frames, grid, channels\n", path, shape)
			return err
		},
	}
	c.Flags().StringVar(&out, "out", "data", "folder to write to")
	return c
}

func dataInfoCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "info FILE",
		Short:   "List the arrays of a .npy or .npz file",
		Example: "  eddy data info ks/frames.npy",
		Args:    oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			if ext := filepath.Ext(args[0]); ext != ".npy" && ext != ".npz" {
				return &usageError{fmt.Errorf("%s: want a file that ends in .npy or .npz", args[0])}
			}
			lines, err := data.Contents(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), strings.Join(lines, "\n"))
			return err
		},
	}
}
