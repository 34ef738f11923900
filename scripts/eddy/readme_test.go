package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/train"
	"eddy/train/bench"
)

// printed finds the commands of a text: in fenced blocks, in quotes of code and
// in the comments at the head of configurations.
var printed = regexp.MustCompile("(?m)(?:^|`|^# {2,})(?:go run \\./scripts/eddy|eddy) ([a-z][^`\n]*)")

// synopsis tells a command in which something stands for other things.
var synopsis = regexp.MustCompile(`[…[|*]|\b[A-Z][A-Z_]+\b`)

// words splits a command as a shell does, up to a comment.
func words(command string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?:[^\s']|'[^']*')+`).FindAllString(command, -1) {
		if m == "#" {
			break
		}
		all = append(all, strings.ReplaceAll(m, "'", ""))
	}
	return all
}

// TestWrittenCommands: every command in the README and in the configurations is
// one that there is, with flags that it has, and its configuration can be read
// with its settings.
func TestWrittenCommands(t *testing.T) {
	t.Chdir("../..") // as a reader who has just cloned the repository
	paths := []string{"README.md"}
	for _, pattern := range []string{"configs/*.yaml", "configs/*/*.yaml", "configs/*/*/*.yaml"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, more...)
	}
	found := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range printed.FindAllStringSubmatch(string(text), -1) {
			found++
			if err := readable(m[1]); err != nil {
				t.Errorf("%s: eddy %s: %v", path, m[1], err)
			}
		}
	}
	if found < 20 {
		t.Errorf("%d commands, want those of the README and some more", found)
	}
}

// readable tells what is wrong with a command, up to the work that it would do.
func readable(command string) error {
	quoted := regexp.MustCompile(`'[^']*'`).ReplaceAllString(command, "")
	if synopsis.MatchString(quoted) {
		command, _, _ = strings.Cut(command, " [") // what follows is optional
	}
	c, rest, err := root().Find(words(command))
	if err != nil {
		return err
	}
	if err := c.ParseFlags(rest); err != nil {
		return err
	}
	args := c.Flags().Args()
	if synopsis.MatchString(quoted) || len(args) == 0 {
		return nil
	}
	switch c.Name() {
	case "train", "gen", "verify":
		return configs.Load(args[0], train.Default(), args[1:]...)
	case "run":
		b, err := bench.Load(args[0])
		if err == nil {
			_, err = b.Plan(filepath.Dir(args[0]), args[1:]...)
		}
		return err
	}
	return nil
}
