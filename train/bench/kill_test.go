package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// asBench in the environment makes the test binary fill the bench of a folder,
// for tests that kill it.
const asBench = "EDDY_TEST_AS_BENCH"

func TestMain(m *testing.M) {
	dir := os.Getenv(asBench)
	if dir == "" {
		os.Exit(m.Run())
	}
	b, err := Load(filepath.Join(dir, "bench.yaml"))
	if err == nil {
		var all []Cell
		if all, err = b.Plan(dir); err == nil {
			_, err = (&Run{Dir: filepath.Join(dir, "out"), Bench: b, Cells: all}).Go(context.Background())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestKill kills a bench at random instants and starts it again until it ends:
// the table is that of one that was left alone.
func TestKill(t *testing.T) {
	whole, killed := folder(t, small), folder(t, small)
	start := time.Now()
	if err := process(t, whole).Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	rng := rand.New(rand.NewPCG(1, 2))
	const kills = 4
	for i := 0; ; i++ {
		c := process(t, killed)
		if i < kills {
			time.Sleep(time.Duration(rng.Float64() * float64(took) / 2))
			_ = c.Process.Kill() // an error says that it has ended
		}
		if err := c.Wait(); err == nil {
			break
		} else if i >= kills {
			t.Fatal(err)
		}
	}
	for _, name := range fixed {
		if read(t, whole, "out", name) != read(t, killed, "out", name) {
			t.Errorf("%s differs after kills", name)
		}
	}
}

// process starts the bench of a folder.
func process(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	c := exec.CommandContext(t.Context(), self)
	c.Env, c.Stderr = append(os.Environ(), asBench+"="+dir), os.Stderr
	check(t, c.Start())
	return c
}
