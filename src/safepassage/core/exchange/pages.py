"""The situation report as one self-contained HTML page."""

from __future__ import annotations

from safepassage.core.exchange.values import SituationReport


def write_report_page(report: SituationReport) -> str:
    """HTML with its style inside and no script; light and dark, prints on one page."""
    raise NotImplementedError
