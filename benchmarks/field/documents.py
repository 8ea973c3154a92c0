"""Documents through the phone's own reader: pictures of a folder, or invented ones frame by frame or as photos."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.field.glyphs import FILES, atlas_of
from benchmarks.field.photos import draw_photos
from benchmarks.field.slowed import browser_process, slowed
from benchmarks.field.stills import Reader, open_reader
from benchmarks.field.zones import draw_documents

PICTURES = {".png", ".jpg", ".jpeg"}
FRAMES = 8  # of a video of three seconds, as fast as they are read
SECONDS = 3.0


def read_images(folder: Path) -> dict[str, Any]:
    """What the reader makes of each picture. Only what it calls read is *right* or *valid but wrong*.

    `proposed_right` counts those put before the officer as uncertain that were right all the same.
    """
    pictures = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    counts: Counter[str] = Counter()
    times: list[float] = []
    with open_reader() as reader:
        for place, path in enumerate(pictures):
            name = f"picture{place}{path.suffix.lower()}"
            shutil.copyfile(path, reader.folder / name)
            told = _told(path)
            found = reader.picture(name)
            (reader.folder / name).unlink()
            counts[_judged(found, told)] += 1
            times.append(found["ms"])
            print(f"{path.name}: {_judged(found, told)}, {found['ms']:.0f} ms", file=sys.stderr)
    return _of_images(counts, times)


def read_photos(count: int, *, seed: int = 1) -> dict[str, Any]:
    """Invented documents as whole photos, any way up, of several sizes; counted as `read_images` counts."""
    counts: Counter[str] = Counter()
    times: list[float] = []
    with open_reader() as reader:
        atlases = [atlas_of(reader.page, file) for file in FILES]
        for photo in draw_photos(atlases, count=count, seed=seed):
            (reader.folder / "photo.png").write_bytes(photo.png)
            found = reader.picture("photo.png")
            judged = _judged(found, list(photo.lines))
            counts[judged] += 1
            times.append(found["ms"])
            print(f"{judged}, {found['ms']:.0f} ms: {json.dumps(photo.told)}", file=sys.stderr)
    return _of_images(counts, times)


def _of_images(counts: Counter[str], times: list[float]) -> dict[str, Any]:
    return {
        "images": len(times),
        "right": counts["right"],
        "valid_but_wrong": counts["valid-but-wrong"],
        "median_ms": round(median(times)) if times else None,
        "proposed_right": counts["proposed-right"],
        "proposed_wrong": counts["proposed-wrong"],
        "nothing_found": counts["nothing"],
    }


def read_zones(count: int, *, seed: int = 1, slower: float = 1) -> dict[str, Any]:
    """Invented documents of five formats under five conditions in each font, as the frames of a stream.

    `slower`: the whole browser gets that part of one processor.
    """
    counts: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    times: list[float] = []
    frame_times: list[float] = []
    with open_reader() as reader, slowed(browser_process(), slower):
        atlases = [atlas_of(reader.page, file) for file in FILES]
        for drawn in draw_documents(atlases, count=count, frames=FRAMES, seed=seed):
            found = _stream(reader, drawn.frames)
            judged = _judged(found, list(drawn.lines))
            if judged == "right":
                times.append(found["ms"])
                counts["late"] += found["ms"] > SECONDS * 1000
            else:
                missed.update(drawn.told.values())
                print(f"{judged}: {json.dumps(drawn.told)}", file=sys.stderr)
            counts[judged] += 1
            asked.update(drawn.told.values())
            frame_times.append(found["ms"] / found["frames"])
    return {
        "documents": count,
        "right": counts["right"],
        "right_within_3_s": counts["right"] - counts["late"],
        "valid_but_wrong": counts["valid-but-wrong"],
        "proposed": counts["proposed-right"] + counts["proposed-wrong"],
        "nothing_found": counts["nothing"],
        "first_right_ms_median": round(median(times)),
        "first_right_ms_p95": round(quantiles(times, n=20)[-1]),
        "frame_ms_median": round(median(frame_times)),
        "right_of_each": {one: f"{asked[one] - missed[one]} of {asked[one]}" for one in asked},
    }


def _stream(reader: Reader, frames: Iterator[bytes]) -> dict[str, Any]:
    """Three frames are enough mostly; if they are not, all of them from the first on."""
    names: list[str] = []
    found: dict[str, Any] = {}
    for wanted in (3, FRAMES):
        for frame in islice(frames, wanted - len(names)):
            names.append(f"frame{len(names)}.png")
            (reader.folder / names[-1]).write_bytes(frame)
        found = reader.frames(names)
        if found["outcome"] and found["outcome"]["state"] == "read":
            break
    return found


def _told(path: Path) -> list[str]:
    """The lines that stand in the text beside a picture."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return [line for line in ("".join(row.split()).upper() for row in text.splitlines()) if line]


def _judged(found: dict[str, Any], told: list[str]) -> str:
    outcome = found["outcome"]
    if outcome is None:
        return "nothing"
    is_right = outcome["lines"] == told
    if outcome["state"] == "read":
        return "right" if is_right else "valid-but-wrong"
    return "proposed-right" if is_right else "proposed-wrong"
