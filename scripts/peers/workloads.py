"""The workloads that PyTorch, JAX and eddy are timed on: sizes, weights, data.

Both peers start from the same float32 arrays, so their losses can be compared.
Weights have PyTorch's layout: dense [out, in], convolution [out, in, taps],
spectral [modes, in, out, re/im].
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class FNO:
    """Fourier neural operator on a square grid, GELU after all but the last block."""

    points: int
    dims: int
    width: int
    modes: int
    batch: int = 20
    blocks: int = 4
    projection: int = 128


@dataclass(frozen=True)
class DeepONet:
    """Branch 100-128⁴, last layer linear; trunk 2-128⁴, last layer activated."""

    activation: str
    batch: int = 10_000


@dataclass(frozen=True)
class PINN:
    """Burgers' residual u_t + u u_x - ν u_xx of a tanh network of (x, t)."""

    layers: int
    width: int
    batch: int = 10_000
    nu: float = 0.01 / np.pi


@dataclass(frozen=True)
class UNet:
    """Circular 1-D U-Net: 64, 128, 256, 1024 channels, two blocks a level."""

    points: int = 256
    batch: int = 16
    mults: tuple = (1, 2, 2, 4)


WORKLOADS = {
    "fno1d_n160": FNO(160, 1, 64, 16),
    "fno1d_n256": FNO(256, 1, 64, 16),
    "fno1d_n1024": FNO(1024, 1, 64, 16),
    "fno2d_w32": FNO(64, 2, 32, 12),
    "fno2d_w64": FNO(64, 2, 64, 12),
    "deeponet_relu": DeepONet("relu"),
    "deeponet_tanh": DeepONet("tanh"),
    "pinn_8x20": PINN(8, 20),
    "pinn_4x128": PINN(4, 128),
    "unet1d": UNet(),
}


class Weights(dict):
    """Arrays by name, drawn from U(-1/√fan_in, 1/√fan_in) as PyTorch does."""

    def __init__(self):
        self.rng = np.random.default_rng(1)

    def uniform(self, name, shape, fan_in):
        bound = fan_in**-0.5
        self[name] = self.rng.uniform(-bound, bound, shape).astype(np.float32)

    def dense(self, name, i, o):
        self.uniform(name + ".w", (o, i), i)
        self.uniform(name + ".b", (o,), i)

    def conv(self, name, i, o, taps):
        self.uniform(name + ".w", (o, i, taps), i * taps)
        self.uniform(name + ".b", (o,), i * taps)

    def transposed(self, name, c):
        """Transposed convolution of 4 taps and stride 2, [in, out, taps]."""
        self.uniform(name + ".w", (c, c, 4), c * 4)
        self.uniform(name + ".b", (c,), c * 4)

    def norm(self, name, c):
        self[name + ".w"] = np.ones(c, np.float32)
        self[name + ".b"] = np.zeros(c, np.float32)

    def mlp(self, name, sizes):
        for l, (i, o) in enumerate(zip(sizes, sizes[1:])):
            self.dense(f"{name}{l}", i, o)


def draw(work):
    """Returns weights, inputs and targets of a workload; a PINN has no target."""
    rng = np.random.default_rng(2)
    normal = lambda *shape: rng.standard_normal(shape, np.float32)
    match work:
        case FNO():
            shape = (work.batch,) + (work.points,) * work.dims
            x = np.linspace(0, 1, work.points, endpoint=False, dtype=np.float32)
            axes = np.meshgrid(*[x] * work.dims, indexing="ij")
            value = normal(*shape)
            inputs = np.stack([value] + [np.broadcast_to(a, shape) for a in axes], 1)
            return fno_weights(work), (inputs,), normal(*shape)[:, None]
        case DeepONet():
            w = Weights()
            w.mlp("branch", [100] + [128] * 4)
            w.mlp("trunk", [2] + [128] * 4)
            w["bias"] = np.zeros(1, np.float32)
            point = rng.uniform(0, 1, (work.batch, 2)).astype(np.float32)
            return w, (normal(work.batch, 100), point), normal(work.batch)
        case PINN():
            w = Weights()
            w.mlp("net", [2] + [work.width] * work.layers + [1])
            x = rng.uniform([-1, 0], [1, 1], (work.batch, 2)).astype(np.float32)
            return w, (x,), None
        case UNet():
            shape = (work.batch, 2, work.points)
            return unet_weights(work), (normal(*shape),), normal(work.batch, 1, work.points)


def fno_weights(work):
    w, c = Weights(), work.width
    corners = 2 ** (work.dims - 1)
    w.dense("lift", 1 + work.dims, c)
    for l in range(work.blocks):
        shape = (corners,) + (work.modes,) * work.dims + (c, c, 2)
        w.uniform(f"spectral{l}.w", shape, c * c)
        w.dense(f"skip{l}", c, c)
    w.dense("project0", c, work.projection)
    w.dense("project1", work.projection, 1)
    return w


def unet_weights(work):
    """In the down path every block and every halving leaves a skip connection;
    in the up path every block takes one."""
    w = Weights()

    def block(name, i, o):
        w.norm(name + ".norm0", i)
        w.conv(name + ".conv0", i, o, 3)
        w.norm(name + ".norm1", o)
        w.conv(name + ".conv1", o, o, 3)
        if i != o:
            w.conv(name + ".short", i, o, 1)

    c, top = 64, len(work.mults) - 1
    w.conv("in", 2, c, 3)
    skips = [c]
    for l, mult in enumerate(work.mults):
        block(f"down{l}.0", c, c * mult)
        c *= mult
        block(f"down{l}.1", c, c)
        skips += [c, c]
        if l < top:
            w.conv(f"halve{l}", c, c, 3)
            skips.append(c)
    block("mid.0", c, c)
    block("mid.1", c, c)
    for l in range(top, -1, -1):
        block(f"up{l}.0", c + skips.pop(), c)
        block(f"up{l}.1", c + skips.pop(), c)
        block(f"up{l}.2", c + skips.pop(), c // work.mults[l])
        c //= work.mults[l]
        if l > 0:
            w.transposed(f"double{l}", c)
    w.norm("out.norm", c)
    w.conv("out", c, 1, 3)
    return w
