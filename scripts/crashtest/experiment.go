package main

// experiment is a shipped configuration, shrunk to some seconds.
type experiment struct {
	name      string
	config    string
	overrides []string
}

// family is the experiments that share a source of data.
type family struct {
	name        string
	experiments []experiment
}

// families are what the test trains. All have checkpoints every 50 steps.
var families = []family{
	{"offline", []experiment{
		{"burgers16", "configs/burgers16_fno.yaml", []string{
			"model.width=16", "source.validation=0.1", "rollout.samples=50", "train.steps=250", "train.checkpoint=50",
		}},
	}},
	{"online", []experiment{
		online("reservoir"),
		online("fifo", "source.reuse=1"),
		online("firo", "source.reuse=1", "source.threshold=1"),
	}},
}

// online is the quickstart with another buffer.
func online(policy string, overrides ...string) experiment {
	return experiment{policy, "configs/quickstart.yaml", append([]string{
		"source.policy=" + policy, "source.buffer=512", "rollout.samples=4", "rollout.steps=10",
		"train.steps=400", "train.checkpoint=50",
	}, overrides...)}
}
