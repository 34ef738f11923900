package main

import (
	"fmt"

	"eddy/train"

	"github.com/spf13/cobra"
)

func dataGenCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "gen CONFIG [key=value…]",
		Short: "Compute the test trajectories of an experiment and write them to a folder",
		Long: `Compute the test trajectories of an experiment and write them to a folder:
rollout.samples of them, of rollout.steps frames after the first. The folder
holds frames.npy (or, for pairs, pairs.npz), parameters.npy where there are any,
header.json, which says what the numbers are, and config.yaml. Another seed gives
other trajectories. A source {kind: file} trains on what was written.`,
		Example: `  eddy data gen configs/quickstart.yaml --out ks/test
  eddy data gen configs/quickstart.yaml seed=2 rollout.samples=100 --out ks/train
  eddy train configs/quickstart.yaml 'source={kind: file, train: ks/train/frames.npy, test: ks/test/frames.npy}'`,
		Args: someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			e, err := load(args[0], args[1:])
			if err != nil {
				return err
			}
			h, err := e.Generate(c.Context(), out)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(c.OutOrStdout(), written(out, h))
			return err
		},
	}
	c.Flags().StringVar(&out, "out", "data", "folder to write to; it must not hold anything yet")
	return c
}

// written lists what a folder got.
func written(dir string, h *train.Header) string {
	text := ""
	for _, a := range h.Arrays {
		text += fmt.Sprintf("%s\n", described(dir, a))
	}
	if n := len(h.Failed); n > 0 {
		text += fmt.Sprintf("%d trajectories could not be computed, and are left out: numbers %v\n", n, h.Failed)
	}
	return text
}
