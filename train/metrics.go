package train

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
)

// metricsLog is metrics.csv, one row a step. It holds nothing that depends on
// the clock, so that equal runs have equal bytes.
type metricsLog struct {
	file *os.File
	buf  *bufio.Writer
	csv  *csv.Writer
}

// openMetrics opens the log at path, cut to the length it had when the
// checkpoint that training goes on from was made.
func openMetrics(path string, length int64, terms []string) (*metricsLog, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err = cut(f, length); err != nil {
		f.Close()
		return nil, err
	}
	l := &metricsLog{file: f, buf: bufio.NewWriter(f)}
	l.csv = csv.NewWriter(l.buf)
	if length == 0 {
		head := append([]string{"step", "loss"}, terms...)
		err = l.csv.Write(append(head, "rate", "grad_norm", "validation"))
	}
	return l, err
}

// cut drops what the file has beyond a length, and goes to its end.
func cut(f *os.File, length int64) error {
	has, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if has < length {
		return fmt.Errorf("%s has %d bytes, but had %d at the last checkpoint", f.Name(), has, length)
	}
	if err := f.Truncate(length); err != nil {
		return err
	}
	_, err = f.Seek(length, io.SeekStart)
	return err
}

func (l *metricsLog) write(s Step) error {
	row := []string{strconv.Itoa(s.Number), number(s.Loss)}
	for _, v := range s.Terms {
		row = append(row, number(v))
	}
	return l.csv.Write(append(row, number(s.Rate), number(s.GradNorm), number(s.Validation)))
}

// number prints x so that reading gives it back; nothing for what is missing.
func number(x float64) string {
	if x != x {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// sync makes the rows durable and returns the length of the log.
func (l *metricsLog) sync() (int64, error) {
	l.csv.Flush()
	if err := l.csv.Error(); err != nil {
		return 0, err
	}
	if err := l.buf.Flush(); err != nil {
		return 0, err
	}
	if err := l.file.Sync(); err != nil {
		return 0, err
	}
	return l.file.Seek(0, io.SeekEnd)
}

func (l *metricsLog) close() error {
	_, err := l.sync()
	if e := l.file.Close(); err == nil {
		err = e
	}
	return err
}
