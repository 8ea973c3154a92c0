"""Invented documents of all five formats as a phone's camera sees them, frame by frame: 200 of them, by seed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import ndimage

from benchmarks.field.glyphs import ALPHABET, Atlas
from safepassage.core.documents.mrz import check_digit

Image = np.ndarray[Any, np.dtype[np.float32]]

CONDITIONS = ("plain", "turned", "blurred", "noisy", "shaded")
FORMATS = {"td1": (3, 30), "td2": (2, 36), "td3": (2, 44), "mrv-a": (2, 44), "mrv-b": (2, 36)}
PAGES = {"td1": (86, 54), "td2": (105, 74), "td3": (125, 88), "mrv-a": (120, 80), "mrv-b": (105, 74)}  # mm
WIDE, TALL = 1280, 720
PITCH_MM, LINE_MM, GLYPH_MM = 2.54, 6.35, 4.0
SURNAMES = ("SAHIL", "QADERZAI", "NOORISTANI", "ZMARAI", "OUBADA", "WARDAKPUR", "MOHAMMADYAR", "IQBALI", "JALALZAD")
GIVEN = ("BIBI GUL", "OMID", "QAIS", "ZARGHUNA", "MIRWAIS", "FARIDOON", "HOSNA", "ABDUL WAKIL", "PARWIN")
STATES = ("AFG", "USA", "D<<", "GBR", "UTO", "TUR", "CAN")


@dataclass(frozen=True)
class Drawn:
    """A document: its zone, how it is seen, and its frames as PNG files, drawn when they are wanted."""

    lines: tuple[str, ...]
    told: dict[str, str]
    frames: Iterator[bytes]


def draw_documents(atlases: list[Atlas], *, count: int, frames: int, seed: int) -> Iterator[Drawn]:
    """Formats, conditions and fonts in turn, so that each meets each."""
    for place in range(count):
        rng = np.random.default_rng([seed, place])
        kind = list(FORMATS)[place % 5]
        condition = CONDITIONS[place // 5 % 5]
        atlas = atlases[place // 25 % len(atlases)]
        lines = zone(kind, rng)
        page = page_of(kind, lines, atlas, rng)
        told = {"format": kind, "condition": condition, "font": atlas.name}
        yield Drawn(lines, told, _film(page, condition, frames, rng))


def _film(page: Image, condition: str, frames: int, rng: np.random.Generator) -> Iterator[bytes]:
    for _ in range(frames):
        yield png_of(_seen(page, condition, rng))


def zone(kind: str, rng: np.random.Generator) -> tuple[str, ...]:
    """The lines of an invented document, every check digit right."""
    count, width = FORMATS[kind]
    name = f"{rng.choice(SURNAMES)}<<{str(rng.choice(GIVEN)).replace(' ', '<')}"
    state, nation = str(rng.choice(STATES)).ljust(3, "<"), str(rng.choice(STATES)).ljust(3, "<")
    number = "".join(rng.choice(list("0123456789ABCDEFGHJKLMNPRTUVWXYZ"), 9))
    birth = f"{rng.integers(30, 99):02}{rng.integers(1, 13):02}{rng.integers(1, 29):02}"
    expiry = f"{rng.integers(27, 36):02}{rng.integers(1, 13):02}{rng.integers(1, 29):02}"
    sex = str(rng.choice(list("MF<")))
    checked = number + check_digit(number), birth + check_digit(birth), expiry + check_digit(expiry)
    if count == 3:
        optional = str(rng.choice(["", "1234567890", "Q9Z8"])).ljust(15, "<")
        first = f"I<{state}{checked[0]}{optional}"
        second = f"{checked[1]}{sex}{checked[2]}{nation}" + "<" * 11
        whole = check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
        return first, second + whole, name.ljust(30, "<")[:30]
    code = {"td2": "I<", "td3": "P<"}.get(kind, "V<")
    second = f"{checked[0]}{nation}{checked[1]}{sex}{checked[2]}"
    first = f"{code}{state}{name}".ljust(width, "<")[:width]
    if kind == "td3":
        personal = str(rng.choice(["", "ZE184226B", "00712345"])).ljust(14, "<")
        second += personal + (check_digit(personal) if personal.strip("<") else "<")
        return first, second + check_digit(second[:10] + second[13:20] + second[21:43])
    if kind == "td2":
        second = second.ljust(35, "<")
        return first, second + check_digit(second[:10] + second[13:20] + second[21:35])
    return first, second.ljust(width, "<")


def page_of(kind: str, lines: tuple[str, ...], atlas: Atlas, rng: np.random.Generator) -> Image:
    """The side of the document that bears the zone, 12 pixels a millimetre."""
    scale = 12
    width, height = (int(side * scale) for side in PAGES[kind])
    page: Image = np.full((height, width), 215, dtype=np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = np.sin(x / 23 + 6 * np.sin(y / 90)) + np.sin(y / 19 + 5 * np.sin(x / 70 + float(rng.uniform(0, 6))))
    page += 9 * wave.astype(np.float32)
    page[height // 6 : height // 6 + height // 2, width // 20 : width // 20 + width // 4] = 130
    glyph = int(GLYPH_MM * scale)
    for row in range(6):
        words = " ".join(str(rng.choice(SURNAMES)) for _ in range(3))[:24]
        _write(page, words, width * 0.36, height * (0.14 + 0.085 * row), glyph * 0.62, glyph * 0.42, atlas, 70)
    count, signs = FORMATS[kind]
    long = (signs - 1) * PITCH_MM * scale
    for place, line in enumerate(lines):
        middle = height - (count - place - 0.3) * LINE_MM * scale
        _write(page, line, (width - long) / 2, middle, glyph, PITCH_MM * scale, atlas, 35)
    return page


def _write(
    page: Image, text: str, left: float, middle: float, size: float, pitch: float, atlas: Atlas, ink: float
) -> None:
    """Puts characters on the page, centred on their places."""
    cache: dict[str, Image] = {}
    for place, sign in enumerate(text):
        if sign not in ALPHABET:
            continue
        if sign not in cache:
            cache[sign] = ndimage.zoom(atlas.glyphs[sign], size / atlas.size, order=1)
        glyph = cache[sign]
        top, start = int(middle - glyph.shape[0] / 2), int(left + place * pitch - glyph.shape[1] / 2)
        part = page[max(0, top) : top + glyph.shape[0], max(0, start) : start + glyph.shape[1]]
        part += (ink - part) * glyph[: part.shape[0], : part.shape[1]]


def _seen(page: Image, condition: str, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """One frame: the page on a table, by a hand that is never quite still."""
    height, width = page.shape
    scale = max(width / WIDE, height / TALL) / float(rng.uniform(0.82, 0.94))
    angle = np.deg2rad(float(rng.uniform(-12, 12) if condition == "turned" else rng.uniform(-2.5, 2.5)))
    tilt = rng.uniform(-1, 1, 2) * (1.6e-4 if condition == "turned" else 4e-5)
    y, x = np.mgrid[0:TALL, 0:WIDE].astype(np.float32)
    u, v = x - WIDE / 2 + float(rng.uniform(-12, 12)), y - TALL / 2 + float(rng.uniform(-8, 8))
    depth = 1 + tilt[0] * u + tilt[1] * v
    across = (np.cos(angle) * u - np.sin(angle) * v) / depth * scale + width / 2
    down = (np.sin(angle) * u + np.cos(angle) * v) / depth * scale + height / 2
    blur = float(rng.uniform(1.0, 1.7) if condition == "blurred" else rng.uniform(0.3, 0.7))
    seen = ndimage.map_coordinates(ndimage.gaussian_filter(page, scale * 0.4), [down, across], order=1, cval=95)
    seen = ndimage.gaussian_filter(seen, blur)
    if condition == "shaded":
        edge = float(rng.uniform(0.2, 0.8)) * WIDE
        seen = seen * (1 - 0.55 / (1 + np.exp(-(x - edge + 0.4 * y) / 60))) + 10
    noise = float(rng.uniform(14, 22) if condition == "noisy" else rng.uniform(2, 5))
    return np.clip(seen + rng.normal(0, noise, seen.shape), 0, 255).astype(np.uint8)


def png_of(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """A grey PNG file."""
    height, width = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
