"""Prints the ms that exponax takes for a batch of trajectories, all frames kept.

    python exponax_speed.py JOB --setting fourier+jemalloc

JOB is that of exponax_states.py, with the number of trajectories as batch.
A setting is words joined by +:
  default   as it is: float64, each step starts from values on the grid
  fourier   keeps the state as Fourier coefficients between the steps, and
            transforms the frames back at the end
  single    float32
  jemalloc, tcmalloc   preloads the allocator

A device for each half of the batch took two to four times as long.
"""

import functools
import json

import common

if __name__ == "__main__":
    args = common.arguments(__doc__)
    common.preload(args)

import exponax
import jax
import jax.numpy as jnp
import numpy as np
from exponax_states import build


def trajectory(job, words):
    """Returns the function of a state [C, N…] that gives its frames [T, C, N…]."""
    stepper, shape = build(job), {"num_spatial_dims": job["dims"]}

    def scan(step, u):
        def frame(u, _):
            u = step(u)
            return u, u

        return jax.lax.scan(frame, u, length=job["steps"])[1]

    def fourier(u):
        frames = scan(stepper.step_fourier, exponax.fft(u, **shape))
        return exponax.ifft(frames, num_points=job["points"], **shape)

    return fourier if "fourier" in words else lambda u: scan(stepper, u)


def states(job):
    """Returns [B, C, N…]: five waves of random phases."""
    rng = np.random.default_rng(1)
    x = 2 * np.pi * np.arange(job["points"]) / job["points"]
    wave = lambda k: np.cos(k * x + rng.uniform(0, 2 * np.pi))
    product = lambda k: functools.reduce(np.multiply.outer, [wave(k) for _ in range(job["dims"])])
    return np.stack([[sum(0.2 * product(k) for k in range(1, 6))] for _ in range(job["batch"])])


def batch(job, words):
    """Returns a function that makes all the trajectories."""
    u = jnp.array(states(job))
    run = jax.jit(jax.vmap(trajectory(job, words)))
    return lambda: run(u)


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", "single" not in args.words)
    run = batch(json.loads(args.workload), args.words)
    if not np.isfinite(run()).all():
        raise SystemExit("exponax: the states are not finite")
    print(np.median(common.measure(run, args.seconds, jax.block_until_ready)))
