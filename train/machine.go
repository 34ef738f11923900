package train

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Machine names the processor and its cores.
func Machine() string { return fmt.Sprintf("%s, %d cores", cpuName(), cores()) }

func cores() int { return runtime.NumCPU() }

// cpuName is the processor's name as Linux gives it, the architecture elsewhere.
func cpuName() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
