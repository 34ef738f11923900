"""Writes small networks in plain PyTorch, with an input and their output, for
the test that eddy reads their weights and reproduces what they do:

    python scripts/peers/weights.py train/testdata

needs torch and safetensors. Complex weights are kept as pairs of real numbers,
torch.view_as_real, which is how eddy writes them, too.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

CONVOLUTIONS = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
TRANSPOSED = {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d}


class SpectralConv(nn.Module):
    """Multiplies the lowest modes by complex matrices. There is one array of
    them for each choice of signs of the modes along all axes but the last."""

    def __init__(self, channels, modes):
        super().__init__()
        self.modes = modes
        for i in range(2 ** (len(modes) - 1)):
            weights = torch.randn(channels, channels, *modes, dtype=torch.cfloat) / channels
            setattr(self, f"weights{i + 1}", nn.Parameter(weights))

    def forward(self, x):
        axes = tuple(range(2, x.dim()))
        before = torch.fft.rfftn(x, dim=axes)
        after = torch.zeros_like(before)
        for i in range(2 ** (len(self.modes) - 1)):
            box = [slice(None), slice(None)]
            for a, m in enumerate(self.modes):
                box.append(slice(-m, None) if i >> a & 1 else slice(m))
            weights = getattr(self, f"weights{i + 1}")
            after[tuple(box)] = torch.einsum("bi...,io...->bo...", before[tuple(box)], weights)
        return torch.fft.irfftn(after, s=x.shape[2:], dim=axes)


class FNO(nn.Module):
    """The Fourier neural operator in the form of its authors' programs: [B, N…,
    In] and the coordinates of each point to [B, N…, Out]."""

    def __init__(self, inputs, outputs, modes, width, blocks, hidden, padding=0):
        super().__init__()
        self.blocks, self.padding = blocks, padding
        self.fc0 = nn.Linear(inputs + len(modes), width)
        for i in range(blocks):
            setattr(self, f"conv{i}", SpectralConv(width, modes))
            setattr(self, f"w{i}", CONVOLUTIONS[len(modes)](width, width, 1))
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, outputs)

    def forward(self, a):
        points = a.shape[1:-1]
        x = torch.meshgrid(*(torch.arange(n) / n for n in points), indexing="ij")
        grid = torch.stack(x, dim=-1).expand(*a.shape[:-1], -1)
        v = self.fc0(torch.cat((a, grid), dim=-1)).movedim(-1, 1)
        v = F.pad(v, [0, self.padding] * len(points))
        for i in range(self.blocks):
            v = getattr(self, f"conv{i}")(v) + getattr(self, f"w{i}")(v)
            if i < self.blocks - 1:
                v = F.gelu(v)
        v = v[(..., *(slice(n) for n in points))].movedim(1, -1)
        return self.fc2(F.gelu(self.fc1(v)))


class DeepONet(nn.Module):
    """Coefficients of a branch times the functions of a trunk that ends in tanh,
    with functions of its own for each channel: a [B, N…, In] and places in
    [−1, 1], those of the grid, to [B, N…, Out]."""

    def __init__(self, inputs, outputs, points, width, basis):
        super().__init__()
        self.points, self.outputs = points, outputs
        self.branch = nn.ModuleList([nn.Linear(inputs * points, width), nn.Linear(width, outputs * basis)])
        self.trunk = nn.ModuleList([nn.Linear(1, width), nn.Linear(width, width), nn.Linear(width, outputs * basis)])
        self.bias = nn.Parameter(torch.randn(outputs))

    def forward(self, a):
        b = self.branch[1](torch.tanh(self.branch[0](a.flatten(1))))
        t = (2 * torch.arange(self.points) / self.points - 1)[:, None]
        for layer in self.trunk:
            t = torch.tanh(layer(t))
        b, t = (x.unflatten(1, (self.outputs, -1)) for x in (b, t))
        return torch.einsum("bck,pck->bpc", b, t) + self.bias


class Residual(nn.Module):
    """Two normalisations, activations and convolutions, around which the input goes."""

    def __init__(self, dims, inputs, outputs, groups):
        super().__init__()
        conv = CONVOLUTIONS[dims]
        self.norm1, self.norm2 = nn.GroupNorm(groups, inputs), nn.GroupNorm(groups, outputs)
        self.conv1 = conv(inputs, outputs, 3, padding=1)
        self.conv2 = conv(outputs, outputs, 3, padding=1)
        if inputs != outputs:
            self.shortcut = conv(inputs, outputs, 1)

    def forward(self, x):
        h = self.conv2(F.gelu(self.norm2(self.conv1(F.gelu(self.norm1(x))))))
        return h + (self.shortcut(x) if hasattr(self, "shortcut") else x)


class UNet(nn.Module):
    """The modern U-Net in the form of PDEArena: [B, N…, In] to [B, N…, Out], with
    zeros beyond the ends of the grid."""

    def __init__(self, dims, inputs, outputs, width, growth, blocks):
        super().__init__()
        conv, transposed = CONVOLUTIONS[dims], TRANSPOSED[dims]
        self.image_proj = conv(inputs, width, 3, padding=1)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        n, skips = width, [width]
        for i, g in enumerate(growth):
            out = n * g
            for _ in range(blocks):
                self.down.append(nn.ModuleDict({"res": Residual(dims, n, out, 1)}))
                n = out
                skips.append(n)
            if i < len(growth) - 1:
                self.down.append(nn.ModuleDict({"conv": conv(n, n, 3, stride=2, padding=1)}))
                skips.append(n)
        self.middle = nn.ModuleDict({f"res{i}": Residual(dims, n, n, 1) for i in (1, 2)})
        for i, g in reversed(list(enumerate(growth))):
            for j in range(blocks + 1):
                out = n // g if j == blocks else n
                self.up.append(nn.ModuleDict({"res": Residual(dims, n + skips.pop(), out, 1)}))
                n = out
            if i > 0:
                self.up.append(nn.ModuleDict({"conv": transposed(n, n, 4, stride=2, padding=1)}))
        self.norm = nn.GroupNorm(1, width)
        self.final = conv(width, outputs, 3, padding=1)

    def forward(self, a):
        x = self.image_proj(a.movedim(-1, 1))
        skips = [x]
        for layer in self.down:
            x = next(iter(layer.values()))(x)
            skips.append(x)
        x = self.middle["res2"](self.middle["res1"](x))
        for layer in self.up:
            if "res" in layer:
                x = layer["res"](torch.cat((x, skips.pop()), dim=1))
            else:
                x = layer["conv"](x)
        return self.final(F.gelu(self.norm(x))).movedim(1, -1)


def write(folder, name, module, *inputs):
    """Writes the weights of a module, inputs and its output."""
    tensors = {k: torch.view_as_real(v) if v.is_complex() else v for k, v in module.state_dict().items()}
    for i, x in enumerate(inputs):
        tensors[f"input{i}"] = x
    with torch.no_grad():
        tensors["output"] = module(*inputs)
    save_file({k: v.contiguous() for k, v in tensors.items()}, folder / f"{name}.safetensors")


def main():
    folder = Path(sys.argv[1])
    torch.manual_seed(1)
    write(folder, "fno1d", FNO(2, 1, (4,), 6, 3, 10), torch.randn(2, 16, 2))
    write(folder, "fno2d", FNO(1, 2, (3, 4), 5, 2, 7, padding=2), torch.randn(2, 9, 10, 1))
    write(folder, "fno3d", FNO(1, 1, (2, 3, 2), 4, 2, 6), torch.randn(2, 6, 8, 5, 1))
    write(folder, "deeponet", DeepONet(2, 3, 16, 6, 4), torch.randn(2, 16, 2))
    write(folder, "unet1d", UNet(1, 2, 3, 8, (1, 2), 2), torch.randn(2, 16, 2))
    write(folder, "unet2d", UNet(2, 1, 1, 4, (1, 2, 1), 1), torch.randn(2, 8, 16, 1))


main()
