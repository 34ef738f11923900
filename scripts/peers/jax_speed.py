"""Times training steps and inference of the workloads in JAX.

    python jax_speed.py fno1d_n1024 --kind train --threads 2 --setting default
    python jax_speed.py fno1d_n1024 --check

A setting is words joined by +:
  default   as it is
  last      channels last in the FNO instead of first
  wide      vectors of 512 bits in generated code
  fast      approximate arithmetic in generated code (--xla_cpu_enable_fast_math)
  reverse   derivatives of a PINN by reverse over forward mode
  jemalloc, tcmalloc   preloads the allocator
"""

import os
import sys

import common
from workloads import FNO, PINN, DeepONet, UNet, WORKLOADS, draw

FLAGS = {"wide": "--xla_cpu_prefer_vector_width=512", "fast": "--xla_cpu_enable_fast_math=true"}

if __name__ == "__main__":
    args = common.arguments(__doc__)
    common.preload(args)
    # XLA sizes its pools by NPROC, and those that ignore it by the CPUs allowed.
    os.environ["NPROC"] = str(args.threads)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-args.threads :])
    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ["XLA_FLAGS"] = " ".join(FLAGS[w] for w in args.words if w in FLAGS)

import jax
import jax.numpy as jnp
from jax import lax


def mlp(p, name, x, act, last):
    """Dense layers name0, name1, …; the last is activated only if asked."""
    n = sum(k.startswith(name) and k.endswith(".w") for k in p)
    for l in range(n):
        x = x @ p[f"{name}{l}.w"] + p[f"{name}{l}.b"]
        if l < n - 1 or last:
            x = act(x)
    return x


def gelu(x):
    return jax.nn.gelu(x, approximate=False)


def fno(work, words, p, x):
    """Channels first, [B, C, N…], or last, [B, N…, C]."""
    last, m = "last" in words, work.modes
    grid = "xy"[: work.dims]
    state = lambda c: f"b{grid}{c}" if last else f"b{c}{grid}"
    axes = tuple(range(1, 1 + work.dims)) if last else tuple(range(2, 2 + work.dims))
    bias = (slice(None),) + (None,) * (0 if last else work.dims)

    def pointwise(name, v):
        return jnp.einsum(f"{state('i')},io->{state('o')}", v, p[name + ".w"]) + p[name + ".b"][bias]

    def spectral(l, v):
        w = lax.complex(*jnp.moveaxis(p[f"spectral{l}.w"], -1, 0))
        f = jnp.fft.rfftn(v, axes=axes)
        corners = [(slice(m),)] if work.dims == 1 else [(slice(m), slice(m)), (slice(-m, None), slice(m))]
        g = jnp.zeros_like(f)
        for i, c in enumerate(corners):
            at = (slice(None),) * (1 if last else 2) + c
            g = g.at[at].set(jnp.einsum(f"{state('i')},{grid}io->{state('o')}", f[at], w[i]))
        return jnp.fft.irfftn(g, s=[v.shape[a] for a in axes], axes=axes)

    v = pointwise("lift", jnp.moveaxis(x, 1, -1) if last else x)
    for l in range(work.blocks):
        v = spectral(l, v) + pointwise(f"skip{l}", v)
        if l < work.blocks - 1:
            v = gelu(v)
    v = pointwise("project1", gelu(pointwise("project0", v)))
    return jnp.moveaxis(v, -1, 1) if last else v


def deeponet(work, words, p, u, y):
    act = {"relu": jax.nn.relu, "tanh": jnp.tanh}[work.activation]
    return (mlp(p, "branch", u, act, False) * mlp(p, "trunk", y, act, True)).sum(1) + p["bias"]


def pinn(work, words, p, x):
    return mlp(p, "net", x, jnp.tanh, False)


def unet(work, words, p, x):
    """Channels last, [B, N, C], which is what XLA's convolutions work on."""

    def conv_plain(x, w, stride=1):
        return lax.conv_general_dilated(x, w, (stride,), "VALID", dimension_numbers=("NWC", "WIO", "NWC"))

    def conv(name, x, stride=1):
        w = p[name + ".w"]
        if w.shape[0] == 3:
            x = jnp.concatenate((x[:, -1:], x, x[:, :1]), 1)
        return conv_plain(x, w, stride) + p[name + ".b"]

    def double(name, x):
        """Transposed convolution of stride 2 as two, one for every other point;
        XLA's own has a weight gradient that is 9 to 16 times slower."""
        w, b = p[name + ".w"], p[name + ".b"]
        even = conv_plain(jnp.pad(x, ((0, 0), (1, 0), (0, 0))), w[0::2])
        odd = conv_plain(jnp.pad(x, ((0, 0), (0, 1), (0, 0))), w[1::2])
        return jnp.stack((even, odd), 2).reshape(len(x), -1, w.shape[2]) + b

    def act(name, x):
        mean = x.mean((1, 2), keepdims=True)
        var = ((x - mean) ** 2).mean((1, 2), keepdims=True)
        return gelu((x - mean) * lax.rsqrt(var + 1e-5) * p[name + ".w"] + p[name + ".b"])

    def block(name, x):
        h = conv(name + ".conv0", act(name + ".norm0", x))
        h = conv(name + ".conv1", act(name + ".norm1", h))
        return h + (conv(name + ".short", x) if name + ".short.w" in p else x)

    x = conv("in", jnp.moveaxis(x, 1, 2))
    skips, top = [x], len(work.mults) - 1
    for l in range(top + 1):
        for b in range(2):
            x = block(f"down{l}.{b}", x)
            skips.append(x)
        if l < top:
            x = conv(f"halve{l}", x, 2)
            skips.append(x)
    x = block("mid.1", block("mid.0", x))
    for l in range(top, -1, -1):
        for b in range(3):
            x = block(f"up{l}.{b}", jnp.concatenate((x, skips.pop()), 2))
        if l > 0:
            x = double(f"double{l}", x)
    return jnp.moveaxis(conv("out", act("out.norm", x)), 2, 1)


APPLY = {FNO: fno, DeepONet: deeponet, PINN: pinn, UNet: unet}


def residual(work, words, p, x):
    """Burgers' residual at the points x [M, 2]. XLA merges what the nested
    forward modes have in common."""
    net = lambda x: pinn(work, words, p, x)
    e = jnp.eye(2)
    along = lambda d: lambda x: jax.jvp(net, (x,), (jnp.broadcast_to(e[d], x.shape),))
    if "reverse" in words:
        u = net(x)
        du = lambda x: jax.vjp(net, x)[1](jnp.ones((len(x), 1)))[0]
        grad, second = jax.jvp(du, (x,), (jnp.broadcast_to(e[0], x.shape),))
        ux, ut, uxx = grad[:, :1], grad[:, 1:], second[:, :1]
    else:
        (u, ux), (_, uxx) = jax.jvp(along(0), (x,), (jnp.broadcast_to(e[0], x.shape),))
        _, ut = along(1)(x)
    return ut + u * ux - work.nu * uxx


def loss_of(work, words):
    """Returns loss(p, inputs, target)."""
    if isinstance(work, PINN):
        return lambda p, x, _: (residual(work, words, p, *x) ** 2).mean()
    apply = APPLY[type(work)]
    if isinstance(work, FNO):
        norm = lambda v: jnp.sqrt((v.reshape(len(v), -1) ** 2).sum(1))
        return lambda p, x, y: (norm(apply(work, words, p, *x) - y) / norm(y)).mean()
    return lambda p, x, y: ((apply(work, words, p, *x) - y) ** 2).mean()


def layout(name, w):
    """Dense [in, out], convolution [taps, in, out]; a transposed one is flipped,
    as the convolution of a dilated input wants it."""
    if name.startswith("double") and w.ndim == 3:
        return w.transpose(2, 0, 1)[::-1]
    return w.T if w.ndim < 4 else w


def build(name):
    work = WORKLOADS[name]
    weights, inputs, target = draw(work)
    p = {k: jnp.array(layout(k, v)) for k, v in weights.items()}
    return work, p, tuple(map(jnp.array, inputs)), None if target is None else jnp.array(target)


def adam(p, g, m, v, t):
    """Returns p, m and v after update t = 1, 2, … at rate 1e-3."""
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    rate, c = 1e-3 / (1 - 0.9**t), 1 / (1 - 0.999**t)
    return jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v * c) + 1e-8), p, m, v), m, v


def train(name, words):
    """Returns a function that makes one step and gives its loss."""
    work, p, inputs, target = build(name)
    loss = loss_of(work, words)

    def step(p, m, v, t, inputs, target):
        value, g = jax.value_and_grad(loss)(p, inputs, target)
        return *adam(p, g, m, v, t), t + 1, value

    step = jax.jit(step, donate_argnums=(0, 1, 2, 3))
    zeros = lambda: jax.tree.map(jnp.zeros_like, p)
    state = [p, zeros(), zeros(), jnp.float32(1)]

    def run():
        *state[:], value = step(*state, inputs, target)
        jax.block_until_ready(state)
        return value

    return run


def infer(name, words):
    """Returns a function that applies the network to one sample."""
    work, p, inputs, _ = build(name)
    apply = jax.jit(lambda p, x: APPLY[type(work)](work, words, p, *x))
    one = tuple(x[:1] for x in inputs)
    return lambda: apply(p, one).block_until_ready()


def check(name, words):
    """Returns the losses of four steps and the gradient's norm at the first."""
    work, p, inputs, target = build(name)
    g = jax.jit(jax.grad(loss_of(work, words)))(p, inputs, target)
    norm = sum(float((v.astype(jnp.float32) ** 2).sum()) for v in g.values()) ** 0.5
    step = train(name, words)
    return [float(step()) for _ in range(4)], norm


if __name__ == "__main__":
    common.main(args, "jax", jax.__version__, sys.modules[__name__])
