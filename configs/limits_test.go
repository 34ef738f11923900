package configs_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"eddy/configs"
)

// No text, however hostile, may cost much time or memory.
func TestHostileSizes(t *testing.T) {
	const patience, memory = 100 * time.Millisecond, 16 << 20
	start := "problem: {dt: 1}\n"
	for name, text := range map[string]string{
		"brackets":       strings.Repeat("[", 100_000),
		"braces":         strings.Repeat("{a: ", 100_000),
		"dashes":         strings.Repeat("- ", 100_000),
		"few brackets":   strings.Repeat("[", 60_000),
		"pairs":          strings.Repeat("[]", 30_000),
		"nested keys":    strings.Repeat("{a b c d ? ", 5000),
		"keys":           strings.Repeat("a: 1\n", 200_000),
		"kinds":          start + "loss: [" + strings.Repeat("mes,", 1900) + "]\n",
		"unknown keys":   start + strings.Repeat(strings.Repeat("é", 30)+"train: 1\n", 900),
		"one scalar":     start + "name: \"" + strings.Repeat("x ", 5_000_000) + "\"\n",
		"one number":     "problem: {dt: " + strings.Repeat("9", 64_000) + "}\n",
		"one key":        strings.Repeat("k", 1<<20) + ": 1\n",
		"quotes":         start + strings.Repeat("'", 65_000),
		"lines":          strings.Repeat("#\n", 100_000),
		"unseen bracket": start + "a 'b: " + strings.Repeat("[", 33) + "\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := time.Now()
		r := defaults()
		err := configs.Parse("x.yaml", []byte(text), &r)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		message := err.Error()
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; took > patience || used > memory+uint64(2*len(text)) || len(message) > 50_000 {
			t.Errorf("%s: took %v and %d bytes, %d of them a message", name, took, used, len(message))
		}
	}
}

// The limits leave room for what people write.
func TestLimitsAllow(t *testing.T) {
	for name, text := range map[string]string{
		"brackets in text": "name: \"[[[ {{{ (x, y, z)\"\n",
		"art in comments":  "# " + strings.Repeat("[", 200) + "\n#\tand a tab\nname: x\n",
		"indented text":    "name: |\n  one\n    two\n      three\n",
		"nested kinds":     strings.Repeat("model: {kind: repeat, ", 21) + "model: fno" + strings.Repeat("}", 21),
		"blank tab line":   "name: x\n\t\n",
		"windows":          "name: x\r\nseed: 3\r\n",
		"long list":        "loss: [" + strings.Repeat("mse, ", 1000) + "]\n",
	} {
		r := defaults()
		if err := configs.Parse("x.yaml", []byte(text), &r, "problem.dt=1"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
