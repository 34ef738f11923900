package main

import (
	"github.com/spf13/cobra"
)

func dataCommand() *cobra.Command {
	return group("data", "Write trajectories to files, look into files, state the truth's own error",
		dataGenCommand(), dataInfoCommand(), dataVerifyCommand())
}
