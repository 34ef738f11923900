package main

import (
	"fmt"
	"os"

	"eddy/train"

	"github.com/spf13/cobra"
)

func rolloutCommand() *cobra.Command {
	var steps int
	var out string
	c := &cobra.Command{
		Use:   "rollout RUN_DIR [key=value…]",
		Short: "Judge a trained run again: over any number of frames, on other data",
		Example: `  eddy rollout runs/quickstart/001 --steps 400
  eddy rollout runs/quickstart/001 problem.grid.points=[128] --out runs/quickstart/001/finer`,
		Args: someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := train.OpenTrained(args[0], args[1:]...)
			if err != nil {
				return err
			}
			defer r.Close()
			if !c.Flags().Changed("steps") {
				steps = r.Experiment.Rollout.Steps
			}
			if steps < 1 {
				return &usageError{fmt.Errorf("--steps = %d, want 1 or more", steps)}
			}
			s, err := r.Experiment.Open()
			if err != nil {
				return err
			}
			defer s.Close()
			outcome, err := r.Restore(s)
			if err != nil {
				return err
			}
			if out == "" {
				out = r.Path(fmt.Sprintf("rollout-%d", steps))
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			return judge(c, r.In(out), s, steps, outcome, fmt.Sprintf("%s --steps %d", reproduce("rollout", args), steps))
		},
	}
	c.Flags().IntVar(&steps, "steps", 0, "frames of the forecast (default: the configuration's)")
	c.Flags().StringVar(&out, "out", "", "folder for the result (default: rollout-STEPS in the run's)")
	return c
}
