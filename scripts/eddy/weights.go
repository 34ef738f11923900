package main

import (
	"errors"
	"fmt"
	"os"

	"eddy/models"
	"eddy/train"

	"github.com/spf13/cobra"
)

func weightsCommand() *cobra.Command {
	return group("weights", "Exchange weights with PyTorch", weightsExportCommand(), weightsImportCommand())
}

func weightsExportCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "export RUN_DIR",
		Short:   "Write the weights of a run as a PyTorch module has them",
		Example: "  eddy weights export runs/quickstart/001 --out ks.safetensors",
		Args:    oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := train.OpenTrained(args[0])
			if err != nil {
				return err
			}
			defer r.Close()
			s, err := r.Experiment.Open()
			if err != nil {
				return err
			}
			defer s.Close()
			if _, err := r.Restore(s); err != nil {
				return err
			}
			content, err := s.Export()
			if err != nil {
				return err
			}
			if err := os.WriteFile(out, content, 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: %d parameters of %s\n", out, s.Params.Count(), models.Name(s.Model))
			return err
		},
	}
	c.Flags().StringVar(&out, "out", "weights.safetensors", "file to write to")
	return c
}

func weightsImportCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "import CONFIG FILE [key=value…]",
		Short:   "Make a run of an experiment whose weights are those of a PyTorch module",
		Example: "  eddy weights import configs/ks_fno.yaml fno.safetensors --out runs/imported\n  eddy rollout runs/imported",
		Args:    func(c *cobra.Command, args []string) error { return usage(cobra.MinimumNArgs(2)(c, args)) },
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				return &usageError{errors.New("--out is not given, want the folder of the run")}
			}
			content, err := os.ReadFile(args[1])
			if err != nil {
				return err
			}
			e, err := load(args[0], args[2:])
			if err != nil {
				return err
			}
			s, err := e.Open()
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.Import(args[1], content); err != nil {
				return err
			}
			r, err := train.Create(out, e)
			if err != nil {
				return err
			}
			defer r.Close()
			return r.Keep(s)
		},
	}
	c.Flags().StringVar(&out, "out", "", "folder of the run")
	return c
}
