package train

import (
	"context"

	"eddy/data"
)

// Verify states the error of the experiment's own test trajectories: see
// [data.Verify].
func (e *Experiment) Verify(ctx context.Context) (*data.Verification, error) {
	return data.Verify(ctx, e.request(), e.Rollout.Samples, e.Rollout.Steps)
}
