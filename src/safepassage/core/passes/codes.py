"""Codes that people say or type: beside the QR, and learnt by heart."""

from __future__ import annotations

from collections.abc import Mapping

from safepassage.core.ids import PassId
from safepassage.core.passes.keys import PointDayKey
from safepassage.core.passes.values import Recognition


def short_code(pass_id: PassId) -> str:
    """The code printed beside the QR: the pass id in groups of four, with one check digit at the end."""
    raise NotImplementedError


def read_short_code(text: str) -> PassId | None:
    """The pass id of a typed short code; None if the check digit doesn't fit."""
    raise NotImplementedError


def read_recognition_code(text: str) -> str | None:
    """The eight digits of a code as said or typed (in any script); None if it can't be one."""
    raise NotImplementedError


def recognise(text: str, *, keys: tuple[PointDayKey, ...], known: Mapping[bytes, PassId]) -> Recognition | None:
    """Finds the pass of a code learnt by heart.

    Args:
        text: As said or typed.
        keys: Point-and-day keys of this device.
        known: Recognition and watched tags of the passes of these points and days, each with its pass.
    """
    raise NotImplementedError
