"""Advances states by exponax: reads and writes float64, [B, C, N…].

    python exponax_states.py JOB < states > states

JOB is what solvers/ writes, in JSON,

    {"stepper": "Burgers", "parameters": {"diffusivity": 0.05}, "dims": 1,
     "points": 160, "extent": 6.28, "dt": 0.05, "order": 4, "steps": 10, "complex": true}

Without complex, exponax is as it was released.
"""

import json
import sys

import equinox as eqx
import exponax
import jax
import jax.numpy as jnp
import numpy as np


def build(job):
    """Returns the stepper of a job."""
    kind = getattr(exponax.stepper, job["stepper"])
    sizes = job["dims"], job["extent"], job["points"], job["dt"]
    stepper = kind(*sizes, order=job["order"], **job["parameters"])
    return complex_weights(stepper, job["order"]) if job.get("complex") else stepper


def complex_weights(stepper, order):
    """Gives the weights of N their imaginary parts. exponax 0.2.0 drops them, which
    is right for a real L only: with the u_xxx of KdV every order becomes 1.

    As there, a weight is the mean of its formula over a circle around z = Δt L."""
    k = exponax.spectral.build_derivative_operator(stepper.num_spatial_dims, stepper.domain_extent, stepper.num_points)
    z = stepper.dt * stepper._build_linear_operator(k)
    circle = jnp.exp(2j * jnp.pi * (jnp.arange(32) + 0.5) / 32)
    mean = lambda f: stepper.dt * sum(f(z + r) for r in circle) / len(circle)
    weights = {
        2: [
            lambda z: jnp.expm1(z) / z,
            lambda z: (jnp.expm1(z) - z) / z**2,
        ],
        4: [lambda z: jnp.expm1(z / 2) / z] * 3
        + [
            lambda z: (-4 - z + jnp.exp(z) * (4 - 3 * z + z**2)) / z**3,
            lambda z: (2 + z + jnp.exp(z) * (-2 + z)) / z**3,
            lambda z: (-4 - 3 * z - z**2 + jnp.exp(z) * (4 - z)) / z**3,
        ],
    }[order]
    where = lambda s: [getattr(s._integrator, f"_coef_{i + 1}") for i in range(len(weights))]
    return eqx.tree_at(where, stepper, [mean(f) for f in weights])


def advance(job, u):
    """Returns the states [B, C, N…] after the steps of a job."""
    return jax.jit(jax.vmap(exponax.repeat(build(job), job["steps"])))(u)


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    job = json.loads(sys.argv[1])
    shape = (-1, 1) + (job["points"],) * job["dims"]
    u = np.frombuffer(sys.stdin.buffer.read()).reshape(shape)
    sys.stdout.buffer.write(np.asarray(advance(job, jnp.array(u))).tobytes())
