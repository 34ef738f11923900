package train

import (
	"context"
	"errors"
	"testing"
	"time"

	"eddy/data"
)

// stalled is a source that delivers nothing from a step on.
type stalled struct {
	data.Source
	from int
}

// Open implements data.Source.
func (s stalled) Open(ctx context.Context, r data.Request) (data.Stream, error) {
	stream, err := s.Source.Open(ctx, r)
	return &stalledStream{stream, ctx, s.from}, err
}

type stalledStream struct {
	data.Stream
	ctx  context.Context
	from int
}

// Next implements data.Stream.
func (s *stalledStream) Next(step int) (data.Batch, error) {
	if step >= s.from {
		<-s.ctx.Done()
		return data.Batch{}, s.ctx.Err()
	}
	return s.Stream.Next(step)
}

// TestStopWhileStarving asks a trainer to stop that waits for data, before the
// first step and later. It must not wait on, and resume to the same bits.
func TestStopWhileStarving(t *testing.T) {
	want := t.TempDir()
	attempt(t, want, false, nil, 1, nil)
	for _, from := range []int{1, 4, 7} {
		dir, e := t.TempDir(), experiment(t)
		s, err := e.Open()
		check(t, err)
		r, err := Create(dir, e)
		check(t, err)
		e.Source.Value = stalled{e.Source.Value, from}
		ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
		if _, err := r.Train(ctx, s); !errors.Is(err, ErrStopped) {
			t.Errorf("starving from step %d on: %v, want %v", from, err, ErrStopped)
		}
		stop()
		r.Close()
		s.Close()
		attempt(t, dir, true, nil, 1, nil)
		identical(t, want, dir)
	}
}

// TestStopAtOnce asks a trainer to stop before it has begun.
func TestStopAtOnce(t *testing.T) {
	e := experiment(t)
	s, err := e.Open()
	check(t, err)
	defer s.Close()
	r, err := Create(t.TempDir(), e)
	check(t, err)
	defer r.Close()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := r.Train(ctx, s); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want %v", err, ErrStopped)
	}
}
