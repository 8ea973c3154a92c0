"""The table that `make bench-identity` prints: a measure a line, Splink in the column beside."""

from __future__ import annotations

from benchmarks.identity.measure import Figures

_WIDTH = 36


def print_table(name: str, ours: Figures, beside: Figures | None) -> None:
    """Prints one set: all measures, then the recall by kind of error."""
    print(f"\n# {name}")
    print(f"{'measure':{_WIDTH}} {'Safe Passage':>14} {'Splink' if beside else '':>14}".rstrip())
    for figure, value in {**ours, **{k: v for k, v in (beside or {}).items() if k not in ours}}.items():
        if not isinstance(value, dict):
            cells = [_cell(figures.get(figure)) for figures in (ours, beside or {})]
            print(f"{figure:{_WIDTH}} {cells[0]:>14} {cells[1]:>14}".rstrip())
    for figure, value in ours.items():
        if isinstance(value, dict):
            print(figure)
            for kind, share in value.items():
                print(f"    {kind:{_WIDTH - 4}} {share:>14}")
    if not beside:
        print("(Splink is not beside: it is not installed, or was left out.)")


def _cell(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)
