"""Writes errors that exponax's own metrics find, for a test of eddy's.

    python exponax_metrics.py ../../rollout/testdata/exponax_metrics.json

Fields are random and have arrays [C, N…]; everything is in float64.
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np
from exponax import metrics, spectral

GRIDS = [(1, 10, 2, 1.0), (1, 9, 1, 6.28), (2, 6, 2, 3.0), (2, 5, 1, 2.0), (3, 4, 1, 2.0)]  # dims, points, channels, extent
BANDS = [(None, None), (0, 1), (1, 2), (2, 3)]


def errors(p, y, extent):
    """Returns the errors by eddy's names; d of a derivative and the band follow an @."""
    found = {}
    for m in ["MAE", "MSE", "RMSE"]:
        for relation in ["", "n", "s"]:
            found[f"{relation}{m.lower()}/exponax"] = getattr(metrics, relation + m)(p, y, domain_extent=extent)
        for relation in ["", "n"]:
            name = f"{relation}{m.lower()}/exponax"
            found["h1_" + name] = getattr(metrics, "H1_" + relation + m)(p, y, domain_extent=extent)
            fourier = getattr(metrics, "fourier_" + relation + m)
            for low, high in BANDS:
                for d in [None, 1, 2]:
                    key = f"fourier_{name}@{low or 0}-{65536 if high is None else high} d{d or 0}"
                    found[key] = fourier(p, y, domain_extent=extent, low=low, high=high, derivative_order=d)
    found["correlation/exponax"] = metrics.correlation(p, y)
    return {name: float(value) for name, value in found.items()}


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    rng = np.random.default_rng(0)
    cases = []
    for dims, points, channels, extent in GRIDS:
        # few digits, so that the file is small
        p, y = np.round(rng.standard_normal((2, channels) + (points,) * dims), 3)
        cases.append({
            "points": [points] * dims, "channels": channels, "extent": extent,
            "forecast": p.ravel().tolist(), "truth": y.ravel().tolist(),
            "errors": errors(jnp.array(p), jnp.array(y), extent),
            "spectrum": np.asarray(spectral.get_spectrum(jnp.array(y))).sum(axis=0).tolist(),
        })
    with open(sys.argv[1], "w") as f:
        json.dump(cases, f, separators=(",", ":"))
        f.write("\n")
