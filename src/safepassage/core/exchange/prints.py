"""What is printed as PDF: the situation report, pass sheets, manifests, walk-in slips. Typst sets the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from safepassage.core.exchange.values import Manifest, PassSheet, SituationReport


def print_report(report: SituationReport, *, fonts: Sequence[Path] = ()) -> bytes:
    """The situation report as a one-page A4 PDF. `fonts`: folders with further fonts."""
    raise NotImplementedError


def print_passes(passes: Iterable[PassSheet], *, title: str, fonts: Sequence[Path] = ()) -> bytes:
    """One PDF batch of pass sheets, two to a page, with a line to cut along."""
    raise NotImplementedError


def print_manifest(manifest: Manifest, *, fonts: Sequence[Path] = ()) -> bytes:
    """A manifest as PDF, for whoever counts heads with a pen."""
    raise NotImplementedError


def print_slips(*, operation: str, first: int, how_many: int, fonts: Sequence[Path] = ()) -> bytes:
    """Blank numbered walk-in slips as PDF: adults and children in boxes by age band and sex, evidence seen."""
    raise NotImplementedError


def draw_pass(text: str, *, scale: int = 8) -> bytes:
    """The QR of a pass as PNG."""
    raise NotImplementedError
