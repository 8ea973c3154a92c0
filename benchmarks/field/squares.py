"""Squares of passes as a poor camera sees them: turned, sheared, blurred, noisy, unevenly lit.

Readable, by a rule that no decoder had a say in: where the light is weakest, after the blur, two neighbouring modules
still differ by twelve grey levels (a twentieth of the range), and by five times the noise that is left once it is
averaged over a module (Rose's criterion of what a person sees); and a module is three pixels wide. A wide module,
faint or dim, may fail it; so may a sharp one under heavy noise.
Source: A. Rose, "The sensitivity performance of the human eye on an absolute scale", J. Opt. Soc. Am. 38 (1948).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import segno
from scipy import ndimage

SIDE = 480
DARK, LIGHT = 15.0, 240.0
LEAST_LEVELS, LEAST_TO_NOISE, LEAST_PIXELS = 12.0, 5.0, 3.0
SHRUNK = 1.15
Image = np.ndarray[Any, np.dtype[np.float64]]


def draw_squares(texts: list[str], *, seed: int) -> Iterator[dict[str, Any]]:
    """For each text one image of 480 × 480 grey pixels, base64, and how it was spoilt."""
    rng = np.random.default_rng(seed)
    for text in texts:
        clean, scale = _clean(text)
        image, told = _spoilt(clean, rng)
        pixels = np.clip(image, 0, 255).astype(np.uint8)
        yield {
            "text": text,
            "side": SIDE,
            "pixels": base64.b64encode(pixels.tobytes()).decode(),
            "told": told,
            "is_readable": is_readable(told, scale / SHRUNK),
        }


def is_readable(told: dict[str, float], module: float) -> bool:
    """Whether a person could tell its modules apart, `module` pixels wide; the rule stands above."""
    left = np.exp(-2 * (np.pi * told["blur"] / (2 * module)) ** 2)
    levels = (LIGHT - DARK) * told["light"] * left
    return bool(
        module >= LEAST_PIXELS and levels >= LEAST_LEVELS and levels >= LEAST_TO_NOISE * told["noise"] / module
    )


def _clean(text: str) -> tuple[Image, int]:
    matrix = segno.make(text, error="m", boost_error=False).matrix
    modules = np.pad(1 - np.array([list(row) for row in matrix], dtype=np.float64), 4, constant_values=1)
    scale = (SIDE - 60) // len(modules)
    code = np.kron(modules, np.ones((scale, scale))) * (LIGHT - DARK) + DARK
    margin = SIDE - len(code)
    return np.pad(code, ((margin // 2, margin - margin // 2),) * 2, constant_values=200), scale


def _spoilt(image: Image, rng: np.random.Generator) -> tuple[Image, dict[str, float]]:
    told = {
        "degrees": float(rng.uniform(-25, 25)),
        "shear": float(rng.uniform(-0.15, 0.15)),
        "blur": float(rng.uniform(0, 2.2)),
        "noise": float(rng.uniform(0, 30)),
        "light": float(rng.uniform(0.3, 1.0)),
    }
    angle = np.deg2rad(told["degrees"])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[1, told["shear"]], [0, 1]]) * SHRUNK
    centre = np.array([SIDE / 2, SIDE / 2])
    turned = ndimage.affine_transform(image, matrix, centre - matrix @ centre, order=1, cval=160)
    blurred = ndimage.gaussian_filter(turned, told["blur"])
    lit = blurred * np.linspace(1, told["light"], SIDE)[None, :]
    return lit + rng.normal(0, told["noise"], lit.shape), {name: round(value, 2) for name, value in told.items()}
