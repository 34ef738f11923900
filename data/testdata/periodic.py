"""Computes periodic.csv: solutions of the periodic equations by another method.

Derivatives are taken by FFTs of values on the grid, products are differentiated
by hand and formed on the grid without dealiasing, and time is stepped by the
classical Runge-Kutta method, explicit, in steps that are stable for the shortest
wave. It shares nothing with eddy but the formulas. Each row is checked by twice
the steps and 3/2 of the points.

    python3 periodic.py > periodic.csv    # NumPy 2; some minutes
"""

import numpy as np

PROBES = {1: [(3,), (7,), (12,)], 2: [(3, 5), (7, 14), (12, 2)]}  # of 16 points along each axis


class Box:
    def __init__(self, dims, points, extent):
        self.dims, self.points, self.extent = dims, points, extent
        x = extent * np.arange(points) / points
        self.x = np.meshgrid(*[x] * dims, indexing="ij")
        k = 2 * np.pi / extent * np.fft.fftfreq(points, 1 / points)
        self.k = np.meshgrid(*[k] * dims, indexing="ij")

    def d(self, u, *axes):
        """The derivative of u along the axes, one after another."""
        c = np.fft.fftn(u)
        for a in axes:
            c = 1j * self.k[a] * c
        return np.fft.ifftn(c).real

    def sum(self, term):
        return sum(term(a) for a in range(self.dims))

    def lap(self, u):
        return self.sum(lambda a: self.d(u, a, a))

    def bilap(self, u):
        return self.lap(self.lap(u))

    def slope2(self, u):
        return self.sum(lambda a: self.d(u, a) ** 2)

    def velocity(self, w):
        """The velocity that has the vorticity w and mean zero."""
        k2 = self.k[0] ** 2 + self.k[1] ** 2
        c = np.fft.fftn(w) / np.where(k2 == 0, 1, k2)
        return np.fft.ifftn(1j * self.k[1] * c).real, np.fft.ifftn(-1j * self.k[0] * c).real


def ns(nu, drag=0, force=lambda b: 0):
    def rate(b, w):
        u, v = b.velocity(w[0])
        return [-u * b.d(w[0], 0) - v * b.d(w[0], 1) + nu * b.lap(w[0]) - drag * w[0] + force(b)]
    return rate


def schroedinger(b, u):
    psi = u[0] + 1j * u[1]
    r = 1j * (0.5 * (b.lap(u[0]) + 1j * b.lap(u[1])) + abs(psi) ** 2 * psi)
    return [r.real, r.imag]


PI = np.pi
# name: dims, points, extent, time, mean, size, channels, u_t
CASES = {
    "advection": (1, 32, 1, 0.3, 0.3, 1, 1, lambda b, u: [-b.d(u[0], 0)]),
    "allen_cahn": (1, 96, 10 * PI, 0.05, 0.3, 1, 1, lambda b, u: [5e-3 * b.lap(u[0]) + u[0] - u[0] ** 3]),
    "anisotropic_diffusion": (2, 24, 1, 2, 0.3, 1, 1, lambda b, u: [1e-3 * b.d(u[0], 0, 0) + 1e-3 * b.d(u[0], 0, 1) + 2e-3 * b.d(u[0], 1, 1)]),
    "burgers": (2, 64, 2 * PI, 0.05, 0.1, 0.5, 2, lambda b, u: [
        -b.sum(lambda j: b.d(u[i], j) * u[j] + u[i] * b.d(u[j], j)) / 2 + 0.05 * b.lap(u[i]) for i in (0, 1)]),
    "burgers_convective": (2, 64, 2 * PI, 0.05, 0.1, 0.5, 2, lambda b, u: [
        -b.sum(lambda j: b.d(u[i], j) * u[j]) + 0.05 * b.lap(u[i]) for i in (0, 1)]),
    "difficulty": (1, 32, 1, 13, 0.3, 1, 1, lambda b, u: [-4 / 160 * b.d(u[0], 0)]),
    "diffusion": (2, 24, 1, 0.5, 0.3, 1, 1, lambda b, u: [0.01 * b.lap(u[0])]),
    "dispersion": (2, 24, 1, 2, 0.3, 1, 1, lambda b, u: [1e-4 * b.sum(lambda a: b.d(u[0], a, a, a))]),
    "fisher_kpp": (1, 64, 10 * PI, 0.3, 0.5, 0.3, 1, lambda b, u: [0.01 * b.lap(u[0]) + u[0] * (1 - u[0])]),
    "fitzhugh_nagumo": (1, 96, 10 * PI, 0.1, 0.1, 0.6, 2, lambda b, u: [
        1e-3 * b.lap(u[0]) + u[0] - u[0] ** 3 - 5e-3 - u[1], 5e-3 * b.lap(u[1]) + u[0] - u[1]]),
    "gray_scott": (1, 96, 1, 0.5, 0.5, 0.3, 2, lambda b, u: [
        2e-5 * b.lap(u[0]) - u[0] * u[1] ** 2 + 0.04 * (1 - u[0]), 1e-5 * b.lap(u[1]) + u[0] * u[1] ** 2 - 0.1 * u[1]]),
    "hyperdiffusion": (2, 24, 1, 0.2, 0.3, 1, 1, lambda b, u: [-1e-5 * b.bilap(u[0])]),
    "kdv": (1, 96, 10 * PI, 0.02, 0.3, 1, 1, lambda b, u: [-6 * u[0] * b.d(u[0], 0) - b.d(u[0], 0, 0, 0)]),
    "ks": (2, 48, 6 * PI, 0.05, 0.1, 1, 1, lambda b, u: [-b.slope2(u[0]) / 2 - b.lap(u[0]) - b.bilap(u[0])]),
    "ks_conservative": (1, 96, 10 * PI, 0.1, 0.3, 1, 1, lambda b, u: [-u[0] * b.d(u[0], 0) - b.lap(u[0]) - b.bilap(u[0])]),
    "linear": (1, 32, 1, 1.3, 0.3, 1, 1, lambda b, u: [-0.25 * b.d(u[0], 0)]),
    "mixed_dispersion": (2, 24, 1, 1, 0.3, 1, 1, lambda b, u: [2.5e-4 * b.sum(lambda a: b.d(b.lap(u[0]), a))]),
    "navier_stokes": (2, 64, 2 * PI, 0.2, 0, 1, 1, ns(1e-3)),
    "Kolmogorov flow": (2, 64, 2 * PI, 0.1, 0, 1, 1, ns(0.01, 0.1, lambda b: -2 * np.cos(2 * b.x[1]))),
    "flow of the FNO paper": (2, 64, 1, 0.2, 0, 1, 1, ns(1e-3, 0, lambda b: 0.1 * (
        np.sin(2 * PI * (b.x[0] + b.x[1])) + np.cos(2 * PI * (b.x[0] + b.x[1]))))),
    "normalized": (1, 32, 1, 13, 0.3, 1, 1, lambda b, u: [-0.025 * b.d(u[0], 0)]),
    "quadratic": (1, 96, 10 * PI, 0.2, 0.3, 1, 1, lambda b, u: [-u[0] * b.d(u[0], 0) + 0.01 * b.lap(u[0])]),
    "schroedinger": (1, 96, 10 * PI, 0.1, 0.3, 0.6, 2, schroedinger),
    "swift_hohenberg": (1, 96, 10 * PI, 0.1, 0.1, 0.5, 1, lambda b, u: [
        0.7 * u[0] - u[0] - 2 * b.lap(u[0]) - b.bilap(u[0]) + u[0] ** 2 - u[0] ** 3]),
    "wave": (2, 24, 1, 0.3, 0.3, 1, 2, lambda b, u: [u[1], b.lap(u[0])]),
}


def solve(case, finer):
    dims, points, extent, time, mean, size, channels, rate = case
    if finer:
        points = points * 3 // 2
        points += -points % 16
    points += -points % 16
    b = Box(dims, points, extent)
    x = 2 * np.pi / extent * sum(f * y for f, y in zip((2, 1), b.x))
    y = 2 * np.pi / extent * sum(f * y for f, y in zip((3, -1), b.x))
    u = np.array([mean + size * (np.sin(x + c) + 0.5 * np.cos(y + 2 * c)) / 1.5 for c in range(channels)])
    f = lambda u: np.array(rate(b, u))
    # The fastest wave, from what u_t does to a checkerboard on top of the state.
    board = 1e-6 * np.cos(np.pi * (np.indices(u.shape[1:]).sum(axis=0)) * (1 - 2 / points))
    fastest = np.abs(f(u + board) - f(u)).max() / 1e-6
    steps = max(1500, int(time * fastest * 2)) * (2 if finer else 1)
    h = time / steps
    for _ in range(steps):
        k1 = f(u)
        k2 = f(u + h / 2 * k1)
        k3 = f(u + h / 2 * k2)
        k4 = f(u + h * k3)
        u = u + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    stride = points // 16
    return np.array([[v[tuple(stride * i for i in p)] for p in PROBES[dims]] for v in u])


print("name,dims,extent,time,mean,size,channel,first,second,third")
for name, case in CASES.items():
    values, check = solve(case, False), solve(case, True)
    assert np.abs(values - check).max() < 1e-10, (name, np.abs(values - check).max())
    for c, row in enumerate(check):
        print(",".join([name, *(f"{v:.17g}" for v in (case[0], *case[2:6])), str(c), *(f"{v:.15g}" for v in row)]), flush=True)
