package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"eddy/configs"
	"eddy/rollout"
	"eddy/train"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
)

// runsRoot is where runs go unless --out says otherwise.
const runsRoot = "runs"

// trainFlags are the flags of eddy train.
type trainFlags struct {
	out                    string
	resume, dryRun, config bool
}

func trainCommand() *cobra.Command {
	var f trainFlags
	c := &cobra.Command{
		Use:   "train CONFIG [key=value…]",
		Short: "Train the experiment of a YAML file, judge it and write its table",
		Example: `  eddy train configs/quickstart.yaml
  eddy train configs/ks_fno.yaml model.width=64 train.steps=20000 --out runs/wide
  eddy train configs/ks_fno.yaml --out runs/wide --resume`,
		Args: someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			e, err := load(args[0], args[1:])
			if err != nil {
				return err
			}
			switch {
			case f.config:
				return printConfig(c.OutOrStdout(), e)
			case f.dryRun:
				return dryRun(c.OutOrStdout(), e)
			}
			return runTraining(c, e, f, reproduce("train", args))
		},
	}
	c.Flags().StringVar(&f.out, "out", "", "folder of the run (default: the next number below runs/NAME)")
	c.Flags().BoolVar(&f.resume, "resume", false, "go on from the last checkpoint of the run in --out, or of the newest run")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "build everything, train one step, and print what the run would cost")
	c.Flags().BoolVar(&f.config, "print-config", false, "print the resolved configuration and stop")
	return c
}

func load(path string, overrides []string) (*train.Experiment, error) {
	e := train.Default()
	if err := configs.Load(path, e, overrides...); err != nil {
		return nil, &usageError{err}
	}
	return e, nil
}

func printConfig(w io.Writer, e *train.Experiment) error {
	text, err := configs.Marshal(e)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

func dryRun(w io.Writer, e *train.Experiment) error {
	s, err := e.Open()
	if err != nil {
		return err
	}
	defer s.Close()
	estimate, err := s.DryRun()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, estimate)
	return err
}

// reproduce is the command line that repeats a command.
func reproduce(command string, args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		if quoted[i] = a; strings.ContainsAny(a, " '\"[]{}*?$&|;<>()") {
			quoted[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return "eddy " + command + " " + strings.Join(quoted, " ")
}

func runTraining(c *cobra.Command, e *train.Experiment, f trainFlags, command string) error {
	s, err := e.Open()
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := openRun(e, f)
	if err != nil {
		return err
	}
	defer r.Close()
	end, err := console(r, s)
	if err != nil {
		return err
	}
	outcome, err := r.Train(c.Context(), s)
	end(err == nil)
	if err != nil {
		return err
	}
	logrus.Infof("trained in %.1f s; %s", outcome.Seconds, outcome.Counters())
	if err := s.Load(r.Path("checkpoints", "last")); err != nil {
		return err
	}
	for _, n := range s.Found() {
		logrus.Infof("found %s = %.6g", n.Name, n.Value)
	}
	err = judge(c, r, s, e.Rollout.Steps, outcome, nil, command)
	if stopped := c.Context().Err(); stopped != nil && errors.Is(err, stopped) {
		return train.ErrStopped
	}
	return err
}

// judge judges the trained session and publishes the result, beside the health
// of a longer forecast where there is one.
func judge(c *cobra.Command, r *train.Run, s *train.Session, steps int, o train.Outcome, health *rollout.Health, command string) error {
	j, err := s.Judge(c.Context(), steps, o)
	if err != nil {
		return err
	}
	j.Health = health
	table, err := r.Publish(s, j, o, command)
	if err != nil {
		return err
	}
	return announce(c.OutOrStdout(), table, r.Path("report.html"))
}

func announce(w io.Writer, t rollout.Table, report string) error {
	if err := t.Markdown(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", report)
	return err
}

// openRun creates the run's folder or takes it up again.
func openRun(e *train.Experiment, f trainFlags) (*train.Run, error) {
	dir := f.out
	var err error
	switch {
	case f.resume && dir == "":
		if dir, err = train.LatestDir(runsRoot, e.Name); err != nil {
			return nil, err
		}
	case dir == "":
		if dir, err = train.NewDir(runsRoot, e.Name); err != nil {
			return nil, err
		}
	}
	if f.resume {
		return train.Resume(dir, e)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return train.Create(dir, e)
}
