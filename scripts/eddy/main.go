// Eddy trains neural surrogates of partial differential equations, rolls them
// out and tabulates how good they are, from one YAML file:
//
//	eddy train configs/quickstart.yaml
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"eddy/internal/kernel"
	"eddy/train"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
)

// Exit codes beside 0.
const (
	exitError   = 1
	exitUsage   = 2  // also a configuration that cannot be
	exitStopped = 75 // asked to stop, and can be resumed
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(exitCode(root().ExecuteContext(ctx)))
}

func exitCode(err error) int {
	var wrong *usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, train.ErrStopped):
		logrus.Info(err)
		return exitStopped
	}
	fmt.Fprintln(os.Stderr, err)
	if errors.As(err, &wrong) {
		return exitUsage
	}
	return exitError
}

// usageError is a mistake in the command or in the configuration.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func root() *cobra.Command {
	c := group("eddy", "Train neural surrogates of PDEs, roll them out, tabulate the result",
		trainCommand(), rolloutCommand(), dataCommand(), weightsCommand(), benchCommand(), tableCommand(), versionCommand())
	c.SilenceUsage, c.SilenceErrors = true, true
	c.PersistentPreRunE = func(*cobra.Command, []string) error {
		if err := kernel.PathError(); err != nil {
			return &usageError{err}
		}
		if kernel.Path() == "portable" {
			logrus.Warn("computing without vector instructions, many times slower: this processor or EDDY_KERNEL allows no other path")
		}
		return nil
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	return c
}

// group is a command that only holds others. Alone it shows them.
func group(use, short string, members ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{
		Use: use, Short: short,
		Args: func(c *cobra.Command, args []string) error {
			err := noArgs(c, args)
			if err == nil {
				return nil
			}
			if near := c.SuggestionsFor(args[0]); len(near) > 0 {
				err = &usageError{fmt.Errorf("%w, did you mean %q?", err, near[0])}
			}
			return err
		},
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
		SuggestionsMinimumDistance: 2,
	}
	c.AddCommand(members...)
	return c
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what program this is",
		Args:  noArgs,
		Run: func(c *cobra.Command, _ []string) {
			b := train.ThisBuild()
			fmt.Fprintf(c.OutOrStdout(), "eddy %s, %s, %s, %s kernels\n", b.Version, b.Go, b.Target, b.Kernel)
		},
	}
}

// noArgs and oneArg check the number of arguments as usage errors.
func noArgs(c *cobra.Command, args []string) error { return usage(cobra.NoArgs(c, args)) }
func oneArg(c *cobra.Command, args []string) error { return usage(cobra.ExactArgs(1)(c, args)) }
func someArgs(c *cobra.Command, args []string) error {
	return usage(cobra.MinimumNArgs(1)(c, args))
}

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err}
}
