"""Command line, timing and output of the two peers."""

import argparse
import glob
import os
import statistics
import subprocess
import sys
import time

ALLOCATORS = {"jemalloc": "libjemalloc.so.2", "tcmalloc": "libtcmalloc_minimal.so.4"}


def arguments(doc):
    p = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("workload")
    p.add_argument("--kind", choices=["train", "infer"], default="train")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--setting", default="")
    p.add_argument("--seconds", type=float, default=5, help="time to measure, after warm-up")
    p.add_argument("--check", action="store_true", help="print losses and gradient norm, no times")
    args = p.parse_args()
    args.words = args.setting.split("+")
    return args


def preload(args):
    """Starts the program again with the environment that the setting needs,
    since allocators and OpenMP are set up before Python runs."""
    env = {"OMP_NUM_THREADS": str(args.threads), "MKL_NUM_THREADS": str(args.threads)}
    if "passive" in args.words:
        env["OMP_WAIT_POLICY"] = "passive"
    libraries = [library(ALLOCATORS[w]) for w in args.words if w in ALLOCATORS]
    if "intel" in args.words:
        libraries.append(intel())
    if libraries:
        env["LD_PRELOAD"] = ":".join(libraries)
        env["MALLOC_CONF"] = "dirty_decay_ms:-1,muzzy_decay_ms:-1"
    if any(os.environ.get(k) != v for k, v in env.items()):
        os.execve(sys.executable, [sys.executable] + sys.argv, os.environ | env)


def library(name):
    found = [path for d in ("/usr/lib", "/usr/lib/*", "/usr/local/lib") for path in glob.glob(f"{d}/{name}")]
    if not found:
        sys.exit(f"{name} is not installed: apt install libjemalloc2 libtcmalloc-minimal4")
    return found[0]


def intel():
    """Builds a library that answers MKL's question for the maker of the CPU, without
    which it multiplies matrices a quarter slower on AMD's."""
    path = os.path.expanduser("~/.cache/eddy_peers/mkl_intel.so")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        source = b"int mkl_serv_intel_cpu_true(void) { return 1; }"
        subprocess.run(["cc", "-shared", "-fPIC", "-xc", "-", "-o", path], input=source, check=True)
    return path


def measure(step, seconds, wait):
    """Times step until seconds have passed, 10 times or more, in ms."""
    start, warm = time.perf_counter(), 0
    while warm < 3 or time.perf_counter() - start < seconds / 5 and warm < 200:
        wait(step())
        warm += 1
    times, start = [], time.perf_counter()
    while len(times) < 10 or time.perf_counter() - start < seconds:
        t = time.perf_counter()
        wait(step())
        times.append((time.perf_counter() - t) * 1e3)
    return times


def main(args, peer, version, peer_module, wait=lambda x: x):
    if args.check:
        losses, norm = peer_module.check(args.workload, args.words)
        print("check", peer, version, args.workload, *(f"{v:.7g}" for v in losses + [norm]), sep=",")
        return
    step = getattr(peer_module, args.kind)(args.workload, args.words)
    times = measure(step, args.seconds, wait)
    p25, median, p75 = statistics.quantiles(times, n=4)
    row = [median, min(times), p25, p75]
    print(peer, version, args.workload, args.kind, args.threads, args.setting or "default",
          *(f"{v:.4f}" for v in row), len(times), sep=",")
