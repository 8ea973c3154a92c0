"""Squares of passes as a poor camera sees them: turned, sheared, blurred, noisy, unevenly lit."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import segno
from scipy import ndimage

SIDE = 480
Image = np.ndarray[Any, np.dtype[np.float64]]


def draw_squares(texts: list[str], *, seed: int) -> Iterator[dict[str, Any]]:
    """For each text one image of 480 × 480 grey pixels, base64, and how it was spoilt."""
    rng = np.random.default_rng(seed)
    for text in texts:
        image, told = _spoilt(_clean(text), rng)
        pixels = np.clip(image, 0, 255).astype(np.uint8)
        yield {"text": text, "side": SIDE, "pixels": base64.b64encode(pixels.tobytes()).decode(), "told": told}


def _clean(text: str) -> Image:
    matrix = segno.make(text, error="m", boost_error=False).matrix
    modules = np.pad(1 - np.array([list(row) for row in matrix], dtype=np.float64), 4, constant_values=1)
    scale = (SIDE - 60) // len(modules)
    code = np.kron(modules, np.ones((scale, scale))) * 225 + 15
    margin = SIDE - len(code)
    return np.pad(code, ((margin // 2, margin - margin // 2),) * 2, constant_values=200)


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
    matrix = turn @ np.array([[1, told["shear"]], [0, 1]]) * 1.15
    centre = np.array([SIDE / 2, SIDE / 2])
    turned = ndimage.affine_transform(image, matrix, centre - matrix @ centre, order=1, cval=160)
    blurred = ndimage.gaussian_filter(turned, told["blur"])
    lit = blurred * np.linspace(1, told["light"], SIDE)[None, :]
    return lit + rng.normal(0, told["noise"], lit.shape), {name: round(value, 2) for name, value in told.items()}
