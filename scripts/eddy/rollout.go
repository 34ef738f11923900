package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"eddy/configs"
	"eddy/rollout"
	"eddy/train"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
)

// rolloutFlags are the flags of eddy rollout.
type rolloutFlags struct {
	steps, samples, members int
	points                  []int
	out                     string
}

func rolloutCommand() *cobra.Command {
	var f rolloutFlags
	c := &cobra.Command{
		Use:   "rollout RUN_DIR [key=value…]",
		Short: "Judge a trained run again, over any number of frames, on other data, and watch its health",
		Example: `  eddy rollout runs/quickstart/001 --steps 5000
  eddy rollout runs/quickstart/001 --points 128 --out runs/quickstart/001/finer
  eddy rollout runs/refiner_ks/001 --members 16
  eddy rollout runs/quickstart/001 problem.equation.viscosity=0.9`,
		Args: someArgs,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	c.Flags().IntVar(&f.steps, "steps", 0, "frames of the forecast (default: the configuration's)")
	c.Flags().IntVar(&f.samples, "samples", 0, "test trajectories (default: the configuration's)")
	c.Flags().IntSliceVar(&f.points, "points", nil, "points of the grid along each axis, or one number for all (default: the configuration's)")
	c.Flags().IntVar(&f.members, "members", 0, "draws of each forecast, for the metrics crps and spread_skill")
	c.Flags().StringVar(&f.out, "out", "", "folder for the result (default: rollout-STEPS in the run's)")
	return c
}

func (f rolloutFlags) run(c *cobra.Command, args []string) error {
	r, err := f.open(c, args)
	if err != nil {
		return err
	}
	defer r.Close()
	steps := r.Experiment.Rollout.Steps
	if c.Flags().Changed("steps") {
		steps = f.steps
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
	if f.out == "" {
		f.out = r.Path(fmt.Sprintf("rollout-%d", steps))
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	health, err := s.Watch(c.Context(), steps)
	if err != nil {
		return err
	}
	judged := steps
	if health == nil {
		logrus.Info("not watched: forecasts that end, or a problem without a solver of its own")
	} else if judged = s.Judged(steps); judged < steps {
		logrus.Infof("metrics of the configuration over the first %d of %d frames, as many as are kept in memory; health over all", judged, steps)
	}
	return judge(c, r.In(f.out), s, judged, outcome, health, f.command(args, steps))
}

// open opens the run, with the overrides that flags stand for.
func (f rolloutFlags) open(c *cobra.Command, args []string) (*train.Run, error) {
	overrides := slices.Clone(args[1:])
	if c.Flags().Changed("samples") {
		overrides = append(overrides, fmt.Sprintf("rollout.samples=%d", f.samples))
	}
	if c.Flags().Changed("points") {
		r, err := train.OpenTrained(args[0])
		if err != nil {
			return nil, err
		}
		if dims := r.Experiment.Problem.Grid.Dims(); len(f.points) == 1 {
			f.points = slices.Repeat(f.points, dims)
		}
		overrides = append(overrides, "problem.grid.points="+strings.ReplaceAll(fmt.Sprint(f.points), " ", ", "))
		r.Close()
	}
	r, err := train.OpenTrained(args[0], overrides...)
	if err != nil || !c.Flags().Changed("members") {
		return r, err
	}
	if f.members < 2 {
		return nil, &usageError{fmt.Errorf("--members = %d, want 2 or more", f.members)}
	}
	metrics := &r.Experiment.Rollout.Metrics
	*metrics = append(*metrics,
		configs.Of[rollout.Metric]{Kind: "crps", Value: &rollout.CRPS{Members: f.members}},
		configs.Of[rollout.Metric]{Kind: "spread_skill", Value: &rollout.SpreadSkill{Members: f.members}})
	return r, nil
}

// command is the command line that repeats this one.
func (f rolloutFlags) command(args []string, steps int) string {
	line := fmt.Sprintf("%s --steps %d", reproduce("rollout", args), steps)
	if f.samples > 0 {
		line += fmt.Sprintf(" --samples %d", f.samples)
	}
	if len(f.points) > 0 {
		line += " --points " + strings.Trim(strings.ReplaceAll(fmt.Sprint(f.points), " ", ","), "[]")
	}
	if f.members > 0 {
		line += fmt.Sprintf(" --members %d", f.members)
	}
	return line
}
