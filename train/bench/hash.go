package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"

	"eddy/configs"
	"eddy/train"
)

// hasher hashes what the numbers of a cell depend on: what is computed, the
// configuration, the program and the files with data.
type hasher struct {
	version string
	files   map[string]string // hashes that are known, by path
}

// hashDigits are enough for cells never to be confused by chance.
const hashDigits = 16

// hash is that of a computation on an experiment. The experiment's name and the
// number of workers make no difference.
func (h *hasher) hash(what string, e *train.Experiment) (string, error) {
	c := *e
	c.Name, c.Workers = "cell", 0
	text, err := configs.Marshal(&c)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%s", what, h.version, text)
	if source, ok := e.Source.Value.(interface{ Files() []string }); ok {
		for _, path := range source.Files() {
			content, err := h.file(path)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(sum, content)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:hashDigits], nil
}

func (h *hasher) file(path string) (string, error) {
	if sum, ok := h.files[path]; ok {
		return sum, nil
	}
	sum, err := fileHash(path)
	h.files[path] = sum
	return sum, err
}

func fileHash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// codeVersion tells programs apart that may compute other bits: by the commit
// where it is known and nothing was changed since, or else by the program file
// itself.
func codeVersion() (string, error) {
	b := train.ThisBuild()
	version := fmt.Sprintf("%s %s %s %s", b.Version, b.Go, b.Target, b.Kernel)
	if b.Version != "devel" && !strings.HasSuffix(b.Version, "+modified") {
		return version, nil
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	sum, err := fileHash(self)
	return version + " " + sum, err
}
