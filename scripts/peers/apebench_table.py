"""Trains the networks of configs/bench/apebench_diff_adv.yaml by APEBench itself,
and prints what it takes and the medians of its nRMSE:

    python3 -m venv venv && venv/bin/pip install apebench==0.1.1
    venv/bin/python scripts/peers/apebench_table.py --seeds 10 --steps 10000

All seeds of a network are trained at once, as APEBench does by default. With fewer
steps the first line also says what 10 000 would take, from two lengths of
training: compilation and data are paid once.
"""

import argparse
import os
import time

os.environ.setdefault("TQDM_DISABLE", "1")  # before trainax draws bars

import apebench

TIMES = (1, 10, 50, 100, 200)
NETWORKS = ("Conv;26;10;relu", "FNO;12;8;4;gelu")


def run(network, seeds, steps):
    """Returns the seconds of a study and its results."""
    scenario = apebench.scenarios.difficulty.Advection(
        optim_config=f"adam;{steps};warmup_cosine;0.0;1e-3;{steps // 5}")
    start = time.perf_counter()
    data, _ = scenario(network_config=network, num_seeds=seeds)
    return time.perf_counter() - start, data


def medians(data):
    """Returns the median over the seeds of the mean nRMSE at TIMES."""
    columns = [f"mean_nRMSE_{t:04d}" for t in TIMES]
    return data[columns].median().tolist()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--seeds", type=int, default=10)
    p.add_argument("--steps", type=int, default=10_000)
    a = p.parse_args()
    for network in NETWORKS:
        took, data = run(network, a.seeds, a.steps)
        line = f"{network}: {took:.1f} s for {a.seeds} seeds of {a.steps} steps"
        if a.steps < 10_000:
            half, _ = run(network, a.seeds, a.steps // 2)
            rest = (10_000 - a.steps) * (took - half) / (a.steps - a.steps // 2)
            line += f"; 10000 steps would take {took + rest:.0f} s"
        print(line, flush=True)
        print("  median nRMSE at t =", ", ".join(f"{t}: {v:.4f}" for t, v in zip(TIMES, medians(data))), flush=True)


if __name__ == "__main__":
    main()
