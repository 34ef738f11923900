package train

import (
	"runtime"
	"runtime/debug"

	"eddy/internal/kernel"
)

// Build is what the bits of a result depend on beside the configuration.
type Build struct {
	Version string `json:"version"` // of eddy
	Go      string `json:"go"`
	Target  string `json:"target"` // operating system, architecture and its level
	Kernel  string `json:"kernel"` // which code path computes
}

// ThisBuild describes the running program.
func ThisBuild() Build {
	b := Build{Version: "devel", Go: runtime.Version(), Target: runtime.GOOS + "/" + runtime.GOARCH, Kernel: kernel.Path()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	modified := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Version = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				modified = "+modified"
			}
		case "GOAMD64":
			b.Target += "/" + s.Value
		}
	}
	b.Version += modified
	return b
}
