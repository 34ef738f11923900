package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"eddy/data"

	"github.com/spf13/cobra"
)

func dataVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify CONFIG [key=value…]",
		Short: "Halve dt and dx, and print the error of the test trajectories",
		Long: `Halve dt and dx, and print the error of the test trajectories. They are computed
again from the same states with steps half as long, on a grid of half the
spacing, and with both; printed is how far they are from those: relative, in L2,
the mean over trajectories. The order is what another halving of dt and a
doubling of dx show, – where nothing but rounding is left or there was none.
rollout.samples trajectories of rollout.steps frames are compared; a few are enough.`,
		Example: `  eddy data verify configs/quickstart.yaml rollout.samples=4`,
		Args:    someArgs,
		RunE: func(c *cobra.Command, args []string) error {
			e, err := load(args[0], args[1:])
			if err != nil {
				return err
			}
			v, err := e.Verify(c.Context())
			if err != nil {
				return err
			}
			return printVerification(c.OutOrStdout(), v)
		},
	}
}

// printVerification prints the errors of the first, the middle and the last
// frame, and until when a chaotic system was followed.
func printVerification(to io.Writer, v *data.Verification) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	frames := []int{0}
	fmt.Fprint(w, "halved")
	if last := len(v.Times) - 1; last > 0 {
		frames = []int{0, last / 2, last}
	}
	for _, t := range frames {
		fmt.Fprintf(w, "\terror%s\torder", at(v, t))
	}
	fmt.Fprintln(w)
	for _, r := range v.Refinements {
		fmt.Fprint(w, r.Of)
		for _, t := range frames {
			if r.Fault != nil {
				fmt.Fprint(w, "\t–\t–")
				continue
			}
			fmt.Fprintf(w, "\t%.1e\t%s", r.Error[t], order(r, t))
		}
		fmt.Fprintln(w)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	const lost = 0.1 // the error of what is not the truth any more
	for _, r := range v.Refinements {
		switch n := r.Within(lost); {
		case r.Fault != nil:
			fmt.Fprintf(to, "%s: %v\n", r.Of, r.Fault)
		case n == len(r.Error):
		case n == 0:
			fmt.Fprintf(to, "%s: not within %g %%\n", r.Of, 100*lost)
		default:
			fmt.Fprintf(to, "%s: within %g %%%s, not after\n", r.Of, 100*lost, at(v, n-1))
		}
	}
	return nil
}

// at is when frame t is, if there is time.
func at(v *data.Verification, t int) string {
	if v.Times == nil {
		return ""
	}
	return fmt.Sprintf(" at t = %.4g", v.Times[t])
}

// order is the observed order at frame t. Beyond ten it is no power.
func order(r data.Refinement, t int) string {
	switch p, ok := r.Order(t); {
	case !ok:
		return "–"
	case p > 10:
		return "> 10"
	default:
		return fmt.Sprintf("%.1f", p)
	}
}
