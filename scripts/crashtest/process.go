package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// eddy is the path of the program under test.
type eddy string

// build compiles the program into a folder.
func build(dir string) (eddy, error) {
	path := filepath.Join(dir, "eddy.exe") // a name that Windows runs, too
	if text, err := exec.Command("go", "build", "-o", path, "./scripts/eddy").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, text)
	}
	return eddy(path), nil
}

// process is a training under way.
type process struct {
	cmd    *exec.Cmd
	start  time.Time
	output bytes.Buffer
	ended  chan struct{}
}

// train begins a run in dir, or resumes the one there.
func (e eddy) train(x experiment, dir string, workers int) (*process, error) {
	args := append([]string{"train", x.config, fmt.Sprintf("workers=%d", workers), "--out", dir}, x.overrides...)
	if begun(dir) {
		args = append(args, "--resume")
	}
	return e.start(args...)
}

// start begins a command.
func (e eddy) start(args ...string) (*process, error) {
	p := &process{cmd: exec.Command(string(e), args...), start: time.Now(), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait() // the state of the process says it all
		close(p.ended)
	}()
	return p, nil
}

// patience is how long a run of some seconds may take on a busy machine.
const patience = 10 * time.Minute

// wait returns the exit code, -1 for a process that a signal ended.
func (p *process) wait() int {
	if !p.endsWithin(patience) {
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) endsWithin(d time.Duration) bool {
	select {
	case <-p.ended:
		return true
	case <-time.After(d):
		return false
	}
}

// complain says how the process ended, and its last words.
func (p *process) complain(what string) error {
	words := p.output.Bytes()
	return fmt.Errorf("%s: %v\n%s", what, p.cmd.ProcessState, words[max(0, len(words)-1000):])
}

// begun reports whether a folder holds a run.
func begun(dir string) bool { return exists(filepath.Join(dir, "config.yaml")) }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
