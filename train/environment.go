package train

import (
	"encoding/json"
	"time"

	"eddy/internal/bundle"
)

// environment is env.json: what a reader needs to repeat the run.
type environment struct {
	Build   Build  `json:"build"`
	CPU     string `json:"cpu"`
	Cores   int    `json:"cores"`
	Workers int    `json:"workers"`
	Seed    uint64 `json:"seed"`
	Started string `json:"started"`
}

func (r *Run) environment() environment {
	return environment{
		Build: ThisBuild(), CPU: cpuName(), Cores: cores(), Workers: r.Experiment.Workers,
		Seed: r.Experiment.Seed, Started: time.Now().Format(time.RFC3339),
	}
}

func (r *Run) writeEnvironment() error {
	text, err := json.MarshalIndent(r.environment(), "", "  ")
	if err != nil {
		return err
	}
	return bundle.WriteFile(r.Path("env.json"), append(text, '\n'))
}
