"""Convoys that somebody has to see to, as phones on the way reported them: held up, or fewer people on board."""

from __future__ import annotations

from dataclasses import dataclass

from safepassage.core.ledger import EventKind, LedgerState

HELD = frozenset({"stopped", "turned-back"})
FEWER = "let-through-with-fewer"
_ANSWERS = frozenset({EventKind.PERSONS_MISSING, EventKind.HEADS_COUNTED})


@dataclass(frozen=True, slots=True)
class ConvoysInTrouble:
    """Legs, each once in a list: held up at a checkpoint now; let through with fewer, and nobody answers for whom."""

    held: tuple[str, ...]
    fewer: tuple[str, ...]


def convoys_in_trouble(state: LedgerState) -> ConvoysInTrouble:
    """What the reports of convoys leave open.

    Held up ends with the next report that lets the leg through. Fewer doesn't: a later checkpoint lets *those left*
    through. It ends once the people are named missing on that leg, or the leg is counted by head again: both name
    an owner. A report that was undone counts for nothing.

    Cost: one walk over the events of the state.
    """
    held: dict[str, None] = {}
    fewer: dict[str, None] = {}
    kinds = {EventKind.CONVOY_REPORTED, *_ANSWERS}
    told = (one for one in state.events.values() if one.kind in kinds and one.id not in state.silent)
    for event in sorted(told, key=lambda one: one.order):
        leg = event.code("leg")
        if event.kind in _ANSWERS:
            fewer.pop(leg, None)
            continue
        held.pop(leg, None)
        if event.code("state") in HELD:
            held[leg] = None
        elif event.code("state") == FEWER:
            fewer[leg] = None
    return ConvoysInTrouble(tuple(held), tuple(fewer))
