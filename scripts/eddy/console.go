package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"eddy/models"
	"eddy/train"

	"github.com/sirupsen/logrus"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// console shows a training: a bar on a terminal, a line now and then
// elsewhere; the log goes to the run's folder too. The function it returns
// ends the bar.
func console(r *train.Run, s *train.Session) (end func(complete bool), err error) {
	file, err := os.OpenFile(r.Path("run.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	var screen io.Writer = os.Stderr
	r.Note = logrus.Infof
	finish := func(bool) {}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		p := mpb.New(mpb.WithOutput(os.Stderr), mpb.WithRefreshRate(200*time.Millisecond))
		screen = p
		r.OnStep, finish = bar(p, s.Train.Steps)
	} else {
		r.OnStep = lines(s.Train.Steps)
	}
	logrus.SetOutput(io.MultiWriter(screen, file))
	logrus.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	logrus.Infof("%s: %s with %d parameters, in %s", s.Name, models.Name(s.Model), s.Params.Count(), r.Dir)
	return func(complete bool) {
		finish(complete)
		logrus.SetOutput(io.MultiWriter(os.Stderr, file))
	}, nil
}

// bar shows steps, loss, rate and the time that is left.
func bar(p *mpb.Progress, steps int) (func(train.Step), func(bool)) {
	var last train.Step
	b := p.AddBar(int64(steps),
		mpb.PrependDecorators(decor.CountersNoUnit("step %d/%d")),
		mpb.AppendDecorators(
			decor.EwmaSpeed(0, "%.0f/s ", 60),
			decor.Any(func(decor.Statistics) string { return fmt.Sprintf("loss %.3g rate %.1e ", last.Loss, last.Rate) }),
			decor.EwmaETA(decor.ET_STYLE_GO, 60)))
	before := time.Now()
	show := func(s train.Step) {
		last = s
		now := time.Now()
		b.EwmaSetCurrent(int64(s.Number), now.Sub(before))
		before = now
	}
	return show, func(complete bool) {
		if !complete {
			b.Abort(false)
		}
		p.Wait()
	}
}

// lines logs about twenty steps of a training, and every validation.
func lines(steps int) func(train.Step) {
	every := max(1, steps/20)
	return func(s train.Step) {
		switch {
		case s.Validation == s.Validation:
			logrus.Infof("step %d/%d loss %.4g rate %.2g validation %.4g", s.Number, steps, s.Loss, s.Rate, s.Validation)
		case s.Number%every == 0:
			logrus.Infof("step %d/%d loss %.4g rate %.2g", s.Number, steps, s.Loss, s.Rate)
		}
	}
}
