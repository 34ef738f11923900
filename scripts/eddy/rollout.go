package main

import (
	"fmt"
	"os"

	"eddy/train"

	"github.com/spf13/cobra"
)

func rolloutCommand() *cobra.Command {
	var steps int
	c := &cobra.Command{
		Use:     "rollout RUN_DIR",
		Short:   "Judge a trained run again, over any number of frames",
		Example: "  eddy rollout runs/quickstart/001 --steps 400",
		Args:    oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := train.OpenTrained(args[0])
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
			out := r.Child(fmt.Sprintf("rollout-%d", steps))
			if err := os.MkdirAll(out.Dir, 0o755); err != nil {
				return err
			}
			return judge(c, out, s, steps, outcome, fmt.Sprintf("eddy rollout %s --steps %d", args[0], steps))
		},
	}
	c.Flags().IntVar(&steps, "steps", 0, "frames of the forecast (default: the configuration's)")
	return c
}
