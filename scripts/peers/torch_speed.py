"""Times training steps and inference of the workloads in PyTorch.

    python torch_speed.py fno1d_n1024 --kind train --threads 2 --setting eager+jemalloc
    python torch_speed.py fno1d_n1024 --check

A setting is words joined by +:
  eager     as it is
  compile   the loss (and with it the gradient) through torch.compile
  tune      compile, with generated kernels tried for the matrix products
  jvp       derivatives of a PINN by forward mode instead of two backward passes
  jemalloc, tcmalloc   preloads the allocator; glibc's gives large blocks back
            to the kernel in every step
  intel     makes MKL take the CPU for one of Intel's, with faster products on AMD's
  passive   threads that wait for work sleep instead of spinning
"""

import math
import sys

import common
from workloads import FNO, PINN, DeepONet, UNet, WORKLOADS, draw

if __name__ == "__main__":
    args = common.arguments(__doc__)
    common.preload(args)

import torch
import torch.nn.functional as F


def mlp(p, name, x, act, last):
    """Dense layers name0, name1, …; the last is activated only if asked."""
    n = sum(k.startswith(name) and k.endswith(".w") for k in p)
    for l in range(n):
        x = F.linear(x, p[f"{name}{l}.w"], p[f"{name}{l}.b"])
        if l < n - 1 or last:
            x = act(x)
    return x


def fno(work, p, x):
    """Channels first, [B, C, N…]."""

    def pointwise(name, v):
        w = p[name + ".w"]
        return (F.conv1d, F.conv2d)[work.dims - 1](v, w[(...,) + (None,) * work.dims], p[name + ".b"])

    def spectral(l, v):
        m, w = work.modes, torch.view_as_complex(p[f"spectral{l}.w"])
        if work.dims == 1:
            f = torch.fft.rfft(v)
            g = torch.zeros_like(f)
            g[..., :m] = torch.einsum("bik,kio->bok", f[..., :m], w[0])
            return torch.fft.irfft(g, n=v.shape[-1])
        f = torch.fft.rfft2(v)
        g = torch.zeros_like(f)
        g[..., :m, :m] = torch.einsum("bikl,klio->bokl", f[..., :m, :m], w[0])
        g[..., -m:, :m] = torch.einsum("bikl,klio->bokl", f[..., -m:, :m], w[1])
        return torch.fft.irfft2(g, s=v.shape[-2:])

    v = pointwise("lift", x)
    for l in range(work.blocks):
        v = spectral(l, v) + pointwise(f"skip{l}", v)
        if l < work.blocks - 1:
            v = F.gelu(v)
    return pointwise("project1", F.gelu(pointwise("project0", v)))


def deeponet(work, p, u, y):
    act = getattr(torch, work.activation)
    return (mlp(p, "branch", u, act, False) * mlp(p, "trunk", y, act, True)).sum(1) + p["bias"]


def pinn(work, p, x):
    return mlp(p, "net", x, torch.tanh, False)


def unet(work, p, x):
    """Channels first, [B, C, N]."""

    def conv(name, x, **kw):
        w = p[name + ".w"]
        if w.shape[2] == 3:
            x = F.pad(x, (1, 1), mode="circular")
        return F.conv1d(x, w, p[name + ".b"], **kw)

    def act(name, x):
        return F.gelu(F.group_norm(x, 1, p[name + ".w"], p[name + ".b"]))

    def block(name, x):
        h = conv(name + ".conv0", act(name + ".norm0", x))
        h = conv(name + ".conv1", act(name + ".norm1", h))
        return h + (conv(name + ".short", x) if name + ".short.w" in p else x)

    x = conv("in", x)
    skips, top = [x], len(work.mults) - 1
    for l in range(top + 1):
        for b in range(2):
            x = block(f"down{l}.{b}", x)
            skips.append(x)
        if l < top:
            x = conv(f"halve{l}", x, stride=2)
            skips.append(x)
    x = block("mid.1", block("mid.0", x))
    for l in range(top, -1, -1):
        for b in range(3):
            x = block(f"up{l}.{b}", torch.cat((x, skips.pop()), 1))
        if l > 0:
            x = F.conv_transpose1d(x, p[f"double{l}.w"], p[f"double{l}.b"], stride=2, padding=1)
    return conv("out", act("out.norm", x))


APPLY = {FNO: fno, DeepONet: deeponet, PINN: pinn, UNet: unet}


def residual(work, p, x, forward):
    """Burgers' residual at the points x [M, 2]."""
    if forward:
        e = torch.eye(2).expand(len(x), 2, 2)
        net = lambda x: pinn(work, p, x)
        along = lambda d: lambda x: torch.func.jvp(net, (x,), (e[:, d],))
        (u, ux), (_, uxx) = torch.func.jvp(along(0), (x,), (e[:, 0],))
        _, ut = along(1)(x)
    else:
        x = x.detach().requires_grad_()
        u = pinn(work, p, x)
        (du,) = torch.autograd.grad(u.sum(), x, create_graph=True)
        ux, ut = du[:, :1], du[:, 1:]
        uxx = torch.autograd.grad(ux.sum(), x, create_graph=True)[0][:, :1]
    return ut + u * ux - work.nu * uxx


def loss_of(work, words):
    """Returns loss(p, inputs, target)."""
    if isinstance(work, PINN):
        return lambda p, x, _: residual(work, p, *x, "jvp" in words).square().mean()
    apply = APPLY[type(work)]
    if isinstance(work, FNO):

        def relative(p, x, y):
            e = apply(work, p, *x) - y
            return (e.flatten(1).norm(dim=1) / y.flatten(1).norm(dim=1)).mean()

        return relative
    return lambda p, x, y: (apply(work, p, *x) - y).square().mean()


def build(name, words):
    work = WORKLOADS[name]
    weights, inputs, target = draw(work)
    p = {k: torch.tensor(v, requires_grad=True) for k, v in weights.items()}
    inputs = tuple(torch.tensor(x) for x in inputs)
    return work, p, inputs, None if target is None else torch.tensor(target)


def compiled(f, words):
    if "tune" in words:
        return torch.compile(f, mode="max-autotune-no-cudagraphs", dynamic=False)
    return torch.compile(f, dynamic=False) if "compile" in words else f


def train(name, words):
    """Returns a function that makes one step and gives its loss."""
    work, p, inputs, target = build(name, words)
    loss = compiled(loss_of(work, words), words)
    adam = torch.optim.Adam(p.values(), lr=1e-3, fused=True)

    def step():
        adam.zero_grad(set_to_none=True)
        value = loss(p, inputs, target)
        value.backward()
        adam.step()
        return value

    return step


def infer(name, words):
    """Returns a function that applies the network to one sample."""
    work, p, inputs, _ = build(name, words)
    apply = compiled(lambda p, x: APPLY[type(work)](work, p, *x), words)
    p = {k: v.detach() for k, v in p.items()}
    one = tuple(x[:1].clone() for x in inputs)

    @torch.inference_mode()
    def step():
        return apply(p, one)

    return step


def check(name, words):
    """Returns the losses of four steps and the gradient's norm at the first."""
    work, p, inputs, target = build(name, words)
    value = loss_of(work, words)(p, inputs, target)
    value.backward()
    norm = math.sqrt(sum(float(v.grad.double().square().sum()) for v in p.values()))
    step = train(name, words)
    return [float(step().detach()) for _ in range(4)], norm


if __name__ == "__main__":
    torch.set_num_threads(args.threads)
    common.main(args, "torch", torch.__version__, sys.modules[__name__])
