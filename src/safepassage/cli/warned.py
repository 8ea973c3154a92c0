"""Says of parties with a place or a pass that they are unsafe to call or have refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.cli.speak import out

if TYPE_CHECKING:
    from safepassage.apps.outreach.contact import ContactWarnings

SHOWN = 6


def warned_row(warnings: ContactWarnings) -> dict[str, Any]:
    """The same for machines."""
    return {"unsafe_to_call": list(warnings.unsafe), "refused": list(warnings.refused)}


def show_warned(warnings: ContactWarnings) -> None:
    """What whoever acts must know before people are told."""
    if warnings.unsafe:
        told = f"[red]![/] Unsafe to call: {_ids(warnings.unsafe)}. They keep seat and pass; tell them another way."
        out.print(told, highlight=False)
    if warnings.refused:
        told = f"[yellow]![/] Refused: {_ids(warnings.refused)}. They get no pass, and no seat in the next plan."
        out.print(told, highlight=False)


def _ids(parties: tuple[str, ...]) -> str:
    more = f" and {len(parties) - SHOWN} more" if len(parties) > SHOWN else ""
    return ", ".join(parties[:SHOWN]) + more
