"""The 37 characters of a machine-readable zone as a font draws them, rendered by Chromium."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
FONTS = Path(__file__).parent / "fonts"
FILES = tuple(FONTS / name for name in ("OCRB.otf", "B612Mono.woff2", "OCRBL.otf", "OverpassMono.woff2"))
"""OCR-B as ICAO 9303-3 wants it, and once more with thin strokes; one of the designs that the reader of single
characters has learnt beside them, and one that it has never seen."""
SIZE = 96
DRAW = """async ([name, address, letters, size]) => {
  if (address) document.fonts.add(await new FontFace(name, `url(${address})`).load());
  const canvas = new OffscreenCanvas(size, Math.round(size * 1.25));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const drawn = {};
  for (const letter of letters) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#000';
    context.font = `${size}px "${name}"`;
    context.textAlign = 'center';
    context.fillText(letter, size / 2, size);
    const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
    drawn[letter] = Array.from({ length: canvas.width * canvas.height }, (_, at) => 255 - rgba[at * 4]);
  }
  return drawn;
}"""


@dataclass(frozen=True, eq=False)
class Atlas:
    """Characters as shares of ink; `size` is the font's size in pixels."""

    name: str
    size: int
    glyphs: dict[str, np.ndarray[Any, np.dtype[np.float32]]]


def atlas_of(page: Page, file: Path) -> Atlas:
    """Draws every character of one font."""
    address = "data:font/otf;base64," + base64.b64encode(file.read_bytes()).decode()
    drawn = page.evaluate(DRAW, [file.stem, address, ALPHABET, SIZE])
    shape = (round(SIZE * 1.25), SIZE)
    glyphs = {sign: np.array(ink, dtype=np.float32).reshape(shape) / 255 for sign, ink in drawn.items()}
    return Atlas(file.stem, SIZE, glyphs)
