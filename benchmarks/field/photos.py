"""Whole photos of invented documents as people take and send them: twelve million pixels, any way up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from benchmarks.field.glyphs import Atlas
from benchmarks.field.zones import FORMATS, Image, page_of, png_of, zone

WIDE, TALL = 4000, 3000
QUARTERS = 4
LEAST, MOST = 0.35, 0.9
"""How much of the photo the document fills, in its tighter direction."""
STEEPEST = 10.0
"""Degrees beside a quarter."""


@dataclass(frozen=True)
class Photo:
    """The zone, how it is seen, and the picture as a PNG file."""

    lines: tuple[str, ...]
    told: dict[str, str]
    png: bytes


def draw_photos(atlases: list[Atlas], *, count: int, seed: int) -> Iterator[Photo]:
    """Formats, quarters and fonts in turn."""
    for place in range(count):
        rng = np.random.default_rng([seed, place])
        kind, atlas = list(FORMATS)[place % len(FORMATS)], atlases[place % len(atlases)]
        quarter, share = int(rng.integers(QUARTERS)), float(rng.uniform(LEAST, MOST))
        lines = zone(kind, rng)
        page = page_of(kind, lines, atlas, rng)
        if kind == "td3" or kind.startswith("mrv"):
            page = _opened(page, rng)
        told = {"format": kind, "font": atlas.name, "quarters": str(quarter), "share": f"{share:.2f}"}
        yield Photo(lines, told, png_of(_taken(np.rot90(page, -quarter), share, rng)))


def _opened(page: Image, rng: np.random.Generator) -> Image:
    """The page above it in the same booklet, a little darker, and the fold between."""
    above = page[::-1, ::-1] * float(rng.uniform(0.75, 0.95))
    above[:] = ndimage.gaussian_filter(above, 12)
    fold = np.full((30, page.shape[1]), 120, dtype=np.float32)
    return np.concatenate([above, fold, page]).astype(np.float32)


def _taken(page: Image, share: float, rng: np.random.Generator) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    height, width = page.shape
    scale = max(width / WIDE, height / TALL) / share
    angle = np.deg2rad(float(rng.uniform(-STEEPEST, STEEPEST)))
    tilt = rng.uniform(-1, 1, 2) * 3e-5
    room = 1 - share
    y, x = np.mgrid[0:TALL, 0:WIDE].astype(np.float32)
    u = x - WIDE / 2 + float(rng.uniform(-0.35, 0.35)) * WIDE * room
    v = y - TALL / 2 + float(rng.uniform(-0.35, 0.35)) * TALL * room
    depth = 1 + tilt[0] * u + tilt[1] * v
    across = (np.cos(angle) * u - np.sin(angle) * v) / depth * scale + width / 2
    down = (np.sin(angle) * u + np.cos(angle) * v) / depth * scale + height / 2
    table = 95 + 25 * np.sin(x / 37 + 4 * np.sin(y / 210)) * np.sin(y / 11)
    soft = ndimage.gaussian_filter(page, scale * 0.4)
    seen = ndimage.map_coordinates(soft, [down, across], order=1, cval=-1)
    seen = np.where(seen < 0, table, seen)
    seen = ndimage.gaussian_filter(seen, float(rng.uniform(0.8, 2.0)))
    edge, slope = float(rng.uniform(0.2, 0.8)) * WIDE, float(rng.uniform(-0.6, 0.6))
    seen *= 1 - float(rng.uniform(0, 0.5)) / (1 + np.exp(-(x - edge + slope * y) / 200))
    seen += rng.normal(0, float(rng.uniform(3, 9)), seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)
