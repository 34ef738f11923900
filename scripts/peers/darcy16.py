"""Trains neuraloperator's own FNO on the files of configs/darcy16_fno.yaml, for as
many updates, and prints its relative L2 error on the 50 test samples:

    python scripts/peers/darcy16.py --seeds 1 2 3

needs torch and neuraloperator. Input and output are normalised and the loss is
that of neuraloperator's examples (relative H1) or of their tables (relative L2);
the error is rel_l2/fno, the mean over samples of ‖p − y‖ / ‖y‖ in physical units.
"""

import argparse
import csv
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
from neuralop.data.transforms.normalizers import UnitGaussianNormalizer
from neuralop.losses import H1Loss, LpLoss
from neuralop.models import FNO

DATA = Path(__file__).parents[2] / "data" / "testdata"

# name: channels, modes, padding, loss, rate. The first is neuraloperator's example
# of this data; the others have eddy's size, with the rates that suit either loss.
SETTINGS = {
    "example": (24, 8, None, "h1", 1e-2),
    "width 32, L2, rate 0.001": (32, 16, None, "l2", 1e-3),
    "width 32, L2, rate 0.005": (32, 16, None, "l2", 5e-3),
    "width 32, padded, L2, rate 0.005": (32, 16, 0.25, "l2", 5e-3),
    "width 32, padded, H1, rate 0.005": (32, 16, 0.25, "h1", 5e-3),
}


def load(name):
    z = np.load(DATA / f"darcy16_{name}.npz")
    return torch.from_numpy(z["a"])[:, None], torch.from_numpy(z["u"])[:, None]


def train(setting, seed, updates, batch):
    channels, modes, padding, loss, rate = SETTINGS[setting]
    torch.manual_seed(seed)
    a, u = load("train")
    x, y = UnitGaussianNormalizer(dim=[0, 2, 3]), UnitGaussianNormalizer(dim=[0, 2, 3])
    x.fit(a)
    y.fit(u)
    model = FNO(n_modes=(modes, modes), in_channels=1, out_channels=1, hidden_channels=channels, domain_padding=padding)
    measure = {"h1": H1Loss(d=2), "l2": LpLoss(d=2, p=2)}[loss]
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=updates)
    order, start = [], time.perf_counter()
    for _ in range(updates):
        if len(order) < batch:
            order = torch.randperm(len(a)).tolist()
        chosen, order = order[:batch], order[batch:]
        optimizer.zero_grad()
        measure(y.inverse_transform(model(x.transform(a[chosen]))), u[chosen]).backward()
        optimizer.step()
        schedule.step()
    seconds = time.perf_counter() - start
    a, u = load("test")
    with torch.no_grad():
        p = y.inverse_transform(model(x.transform(a)))
    error = ((p - u).flatten(1).norm(dim=1) / u.flatten(1).norm(dim=1)).mean().item()
    return error, seconds, sum(q.numel() for q in model.parameters())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--settings", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--csv", type=argparse.FileType("w"), default=sys.stdout)
    args = parser.parse_args()
    table = csv.writer(args.csv)
    table.writerow(["setting", "seed", "rel_l2/fno", "seconds", "parameters"])
    for setting in args.settings:
        errors = []
        for seed in args.seeds:
            error, seconds, parameters = train(setting, seed, args.updates, args.batch)
            errors.append(error)
            table.writerow([setting, seed, f"{error:.6g}", f"{seconds:.1f}", parameters])
            args.csv.flush()
        spread = statistics.stdev(errors) if len(errors) > 1 else 0
        print(f"{setting}: {statistics.mean(errors):.4f} ± {spread:.4f}", file=sys.stderr)


if __name__ == "__main__":
    main()
