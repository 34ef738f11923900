package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"eddy/data/npy"
	"eddy/train"

	"github.com/spf13/cobra"
)

func dataInfoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "info DIR|FILE",
		Short: "Show a folder that eddy data gen wrote, or the arrays of a .npy or .npz file",
		Long: `Show a folder that eddy data gen wrote: what its numbers are, statistics of each
channel, and a picture, which is written into it as gallery.png; or list the
arrays of a .npy or .npz file.`,
		Example: `  eddy data info ks/test
  eddy data info data/testdata/darcy16_train.npz`,
		Args: oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				return showDataset(c, args[0])
			}
			if ext := filepath.Ext(args[0]); ext != ".npy" && ext != ".npz" {
				return &usageError{fmt.Errorf("%s: want a folder, or a file that ends in .npy or .npz", args[0])}
			}
			lines, err := npy.Contents(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), strings.Join(lines, "\n"))
			return err
		},
	}
}

// showDataset prints the header and the statistics of a data set, and draws it.
func showDataset(c *cobra.Command, dir string) error {
	d, err := train.OpenDataset(dir)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%d of seed %d, %d could not be computed\n", d.Name, d.Trajectories, d.Seed, len(d.Failed))
	fmt.Fprintf(w, "written by\teddy %s, %s, %s, %s kernels\n", d.Build.Version, d.Build.Go, d.Build.Target, d.Build.Kernel)
	if err := list(w, d.Problem); err != nil {
		return fmt.Errorf("%s: problem: %w", dir, err)
	}
	for _, a := range d.Arrays {
		fmt.Fprintf(w, "\n%s\n", described(dir, a))
		summaries, err := d.Summaries(a)
		if err != nil {
			return err
		}
		labels := a.Axes[len(a.Axes)-1].Labels
		fmt.Fprint(w, "channel\tsmallest\tlargest\tmean\tstandard deviation\tnot finite\n")
		for i, s := range summaries {
			label := fmt.Sprint(i)
			if i < len(labels) {
				label = labels[i]
			}
			fmt.Fprintf(w, "%s\t%.4g\t%.4g\t%.4g\t%.4g\t%d\n", label, s.Low, s.High, s.Mean, s.Std, s.Bad)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	path, err := d.Draw(c.Context())
	if err == nil && path != "" {
		_, err = fmt.Fprintf(c.OutOrStdout(), "\n%s\n", path)
	}
	return err
}

// described is an array in one line: file, name, type, and length of each axis.
func described(dir string, a train.Array) string {
	axes := make([]string, len(a.Axes))
	for i, x := range a.Axes {
		axes[i] = fmt.Sprintf("%s %d", x.Name, x.Length)
	}
	return strings.TrimSpace(filepath.Join(dir, a.File)+" "+a.Name) + ": " + a.Type + ", " + strings.Join(axes, " × ")
}

// list prints a line for each key of an object, in its order. Empty lists it
// leaves out.
func list(w io.Writer, object json.RawMessage) error {
	in := json.NewDecoder(bytes.NewReader(object))
	if _, err := in.Token(); err != nil {
		return err
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return err
		}
		var line bytes.Buffer
		if err := json.Compact(&line, value); err != nil {
			return err
		}
		if line.String() != "[]" {
			fmt.Fprintf(w, "%s\t%s\n", key, line.Bytes())
		}
	}
	return nil
}
