"""Trains the phone's reader of single characters from open fonts: `python -m benchmarks.field.glyph_model`.

Every character is drawn as a camera may see it (shifted, turned, stretched, blurred, thick or thin, unevenly lit,
with its neighbours at the edges), in ways of its own: the documents of `zones` are never seen here. A net with one
hidden layer learns them; its weights are kept as whole numbers of eight bits in `field/model/glyphs.bin`.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright
from scipy import ndimage
from tests.browser import FLAGS, ensure_chromium

from benchmarks.field.glyphs import ALPHABET, FONTS, Atlas, atlas_of

WIDE, TALL = 16, 24
"""The patch of one character, in pixels: `ACROSS` of the pitch wide, `UPRIGHT` of a capital's height tall."""
ACROSS, UPRIGHT = 1.15, 1.5
HIDDEN = 192
DESIGNS = {"OCRB.otf": 2500, "OCRBL.otf": 1800} | {
    f"{name}.woff2": 500
    for name in (
        *("B612Mono", "Cousine", "FiraMono", "IBMPlexMono", "RedHatMono"),
        *("RobotoMono", "ShareTechMono", "SourceCodePro"),
    )
}
"""Patches of each character by font: OCR-B mostly, others a little, for not every printer keeps to it."""
UNSEEN = 80
"""Of each character, by each font, to say how often the net errs."""
FINE = 0.5
"""Characters are kept at this share of their atlas: two pixels and more for each of a patch."""
FILE = Path(__file__).parents[2] / "field" / "model" / "glyphs.bin"
BLUR = (0.25, 1.6)
"""In pixels of a patch: characters of ten pixels in a picture a little out of focus, at the most."""
PITCH = (0.86, 1.1)
"""The distance of two characters, in heights of a capital: 2.54 mm beside some 2.4 mm (ICAO 9303-3), more or less."""

Batch = np.ndarray[Any, np.dtype[np.float32]]


def main() -> None:
    """Draws, learns, says how often it errs on characters that it did not learn from, and writes the file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto("data:text/html,<title>glyphs</title>")
        atlases = {atlas_of(page, FONTS / name): count for name, count in DESIGNS.items()}
        browser.close()
    drawn = [draw([atlas], count, np.random.default_rng([9303, 0])) for atlas, count in atlases.items()]
    patches, labels = (np.concatenate(part) for part in zip(*drawn, strict=True))
    layers = learn(patches, labels, np.random.default_rng(1))
    for atlas in atlases:
        unseen, truth = draw([atlas], UNSEEN, np.random.default_rng([9303, 99]))
        wrong = int((answer(unseen, layers).argmax(1) != truth).sum())
        print(f"{atlas.name}: {wrong} of {len(truth)} characters read wrongly")
    FILE.write_bytes(packed(layers))


def draw(atlases: list[Atlas], count: int, rng: np.random.Generator) -> tuple[Batch, np.ndarray[Any, Any]]:
    """`count` patches of each character, evened, and which character each is."""
    made = {atlas.name: _variants(atlas) for atlas in atlases}
    strips = [made[atlas.name] for atlas in atlases]
    found = np.empty((count * len(ALPHABET), WIDE * TALL), np.float32)
    labels = np.repeat(np.arange(len(ALPHABET)), count)
    for at, label in enumerate(labels):
        found[at] = _patch(strips[int(rng.integers(len(strips)))], int(label), rng)
    return found, labels


def _variants(atlas: Atlas) -> list[np.ndarray[Any, Any]]:
    """The alphabet as drawn, and with thinner and thicker strokes; capitals stand in the middle of their image."""
    images = np.stack([atlas.glyphs[sign] for sign in ALPHABET])
    rows = np.where(images[ALPHABET.index("H")].max(1) > 0.5)[0]
    middle = (rows[0] + rows[-1]) / 2
    images = np.stack([ndimage.shift(one, (images.shape[1] / 2 - middle, 0), order=1) for one in images])
    soft = np.stack([ndimage.gaussian_filter(one, 2.2) for one in images])
    made = [images] + [np.clip((soft - edge) * 6 + 0.5, 0, 1) for edge in (0.25, 0.38, 0.62)]
    tall = (rows[-1] - rows[0] + 1) * FINE
    return [np.array([tall]), *(ndimage.zoom(one, (1, FINE, FINE), order=1) for one in made)]


def _patch(variants: list[np.ndarray[Any, Any]], label: int, rng: np.random.Generator) -> Batch:
    tall = float(variants[0][0])
    images = variants[1 + int(rng.integers(len(variants) - 1))]
    pitch = tall * float(rng.uniform(*PITCH))
    image = np.zeros((images.shape[1], images.shape[2] * 3), np.float32)
    middle = image.shape[1] / 2
    for place in (-1, 0, 1):
        sign = label if place == 0 else int(rng.integers(len(ALPHABET)))
        start = round(middle + place * pitch - images.shape[2] / 2)
        part = image[:, max(0, start) : start + images.shape[2]]
        np.maximum(part, images[sign][:, max(0, -start) :][:, : part.shape[1]], out=part)
    size = float(rng.uniform(0.88, 1.12))
    across, upright = ACROSS * pitch * size * float(rng.uniform(0.95, 1.05)), UPRIGHT * tall * size
    angle, shear = np.deg2rad(float(rng.normal(0, 2.0))), float(rng.normal(0, 0.05))
    y, x = np.mgrid[0:TALL, 0:WIDE].astype(np.float32)
    u = ((x + 0.5) / WIDE - 0.5) * across + float(rng.normal(0, 0.07)) * pitch
    v = ((y + 0.5) / TALL - 0.5) * upright + float(rng.normal(0, 0.06)) * tall
    columns = middle + np.cos(angle) * u - np.sin(angle) * v + shear * v
    lines = image.shape[0] / 2 + np.sin(angle) * u + np.cos(angle) * v
    blur = float(rng.uniform(*BLUR)) * upright / TALL
    ink = ndimage.map_coordinates(ndimage.gaussian_filter(image, blur), [lines, columns], order=1)
    slope = rng.normal(0, 0.18, 2)
    light = 1 + slope[0] * (x / WIDE - 0.5) + slope[1] * (y / TALL - 0.5)
    seen = (1 - ink * float(rng.uniform(0.4, 0.95)) + _ground(x, y, rng)) * light
    grain = rng.normal(0, 1, seen.shape)
    if rng.random() < 0.4:  # as of small characters, or of a picture kept by JPEG: its neighbours bear the same
        grain = ndimage.gaussian_filter(grain, 0.8) * 2.5
    noisy = seen + grain * float(rng.uniform(0.01, 0.16))
    return np.asarray(evened(noisy.astype(np.float32).reshape(1, -1))[0])


def _ground(x: Batch, y: Batch, rng: np.random.Generator) -> Batch:
    """What is printed beneath the characters: soft waves, and now and then the fine curves of security print."""
    strength = float(rng.uniform(0, 0.06) if rng.random() < 0.6 else rng.uniform(0.06, 0.2))
    ground = np.zeros_like(x)
    for _ in range(2):
        across, upright = rng.uniform(-1.2, 1.2, 2)
        bend = float(rng.uniform(0, 2)) * np.sin(y * float(rng.uniform(0.05, 0.4)) + float(rng.uniform(0, 6)))
        ground += strength / 2 * np.sin(across * x + upright * y + bend + float(rng.uniform(0, 6)))
    return ground


def evened(patches: Batch) -> Batch:
    """Each patch with mean 0 and spread 1: the light does not count."""
    middle = patches - patches.mean(1, keepdims=True)
    return np.asarray(middle / np.maximum(1e-3, middle.std(1, keepdims=True)), np.float32)


def learn(patches: Batch, labels: np.ndarray[Any, Any], rng: np.random.Generator, rounds: int = 30) -> list[Batch]:
    """Weights and biases of both layers, by Adam on the cross entropy."""
    sizes = (WIDE * TALL, HIDDEN, len(ALPHABET))
    layers = [
        part
        for one, two in pairwise(sizes)
        for part in (rng.normal(0, (2 / one) ** 0.5, (one, two)).astype(np.float32), np.zeros(two, np.float32))
    ]
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in layers]
    step, size = 0, 256
    for turn in range(rounds):
        rate = 2e-3 * 0.5 * (1 + np.cos(np.pi * turn / rounds))
        order = rng.permutation(len(labels))
        for start in range(0, len(order) - size, size):
            chosen = order[start : start + size]
            step += 1
            slopes = _slopes(patches[chosen], labels[chosen], layers)
            for layer, slope, moment in zip(layers, slopes, moments, strict=True):
                _step(layer, slope, moment, step=step, rate=rate)
        print(f"round {turn + 1} of {rounds}", end="\r")
    return layers


def _step(layer: Batch, slope: Batch, moment: tuple[Batch, Batch], *, step: int, rate: float) -> None:
    """One step of Adam (Kingma and Ba 2015, algorithm 1), in place."""
    mean, square = moment
    mean += 0.1 * (slope - mean)
    square += 0.001 * (slope**2 - square)
    layer -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)


def answer(patches: Batch, layers: list[Batch]) -> Batch:
    """The chance of each character, for each patch."""
    first, bias, second, shift = layers
    out = np.maximum(0, patches @ first + bias) @ second + shift
    chances = np.exp(out - out.max(1, keepdims=True))
    return np.asarray(chances / chances.sum(1, keepdims=True), np.float32)


def _slopes(patches: Batch, labels: np.ndarray[Any, Any], layers: list[Batch]) -> list[Batch]:
    first, bias, second, shift = layers
    before = patches @ first + bias
    hidden = np.maximum(0, before)
    out = hidden @ second + shift
    chances = np.exp(out - out.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    chances[np.arange(len(labels)), labels] -= 1
    chances /= len(labels)
    back = (chances @ second.T) * (before > 0)
    return [patches.T @ back + 1e-5 * first, back.sum(0), hidden.T @ chances + 1e-5 * second, chances.sum(0)]


def packed(layers: list[Batch]) -> bytes:
    """Three sizes (uint16 each), then for each layer: the scale (float32), weights (int8), biases (float32)."""
    found = struct.pack("<3H", WIDE * TALL, HIDDEN, len(ALPHABET))
    for weights, biases in (layers[:2], layers[2:]):
        scale = float(np.abs(weights).max()) / 127
        found += struct.pack("<f", scale) + np.round(weights / scale).astype(np.int8).tobytes()
        found += biases.astype("<f4").tobytes()
    return found


if __name__ == "__main__":
    main()
