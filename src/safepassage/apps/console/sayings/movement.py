"""Why a party has its place or none, and what the judge found in a plan, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import apart, reads_english, said_day, said_moment
from safepassage.apps.console.words import word
from safepassage.core.movement import Block, BlockCode, Explanation, Fault, FaultCode, PlaceCode, PlaceNote

BLOCKS: dict[BlockCode, Promise] = {
    BlockCode.NO_TIER: _("The policy gives this party no tier."),
    BlockCode.HELD: _("The party is on hold: %(hold)s."),
    BlockCode.NO_START: _("No leg leaves a point where they can begin: %(where)s."),
    BlockCode.NO_WAY: _("From %(where)s no leg leads on, in time, to a point where the movement may end."),
    BlockCode.TOO_EARLY: _("They can't be at %(point)s in time for %(leg)s."),
    BlockCode.CLEARANCE: _("%(leg)s requires %(clearance)s."),
    BlockCode.DESTINATION: _("The way ends at %(point)s, where they do not go."),
    BlockCode.CLOSED: _("%(point)s is closed at %(at)s, when %(leg)s is there."),
    BlockCode.CURFEW: _("%(leg)s is under way in the curfew from %(at)s to %(until)s."),
    BlockCode.FROZEN: _("%(leg)s takes nobody any more since %(at)s."),
    BlockCode.SEATS: _("%(where)s: %(free)s of %(total)s seats are free; they need %(needed)s."),
    BlockCode.CARE: _("%(where)s: %(free)s of %(total)s places for %(need)s are free; they need %(needed)s."),
    BlockCode.THROUGHPUT: _(
        "%(where)s: of %(total)s people in the hour %(free)s can still pass; they are %(needed)s."
    ),
    BlockCode.HOLDING: _("%(where)s: of %(total)s people there is still room for %(free)s; they are %(needed)s."),
    BlockCode.BEDS: _("%(where)s: %(free)s of %(total)s beds are free; they need %(needed)s."),
    BlockCode.COUNTERPART: _(
        "%(where)s: of the %(total)s agreed with the checkpoint authority %(free)s are free; they need %(needed)s."
    ),
    BlockCode.RESERVE: _(
        "%(where)s: of the %(total)s seats that are kept for no group %(free)s are free; they need %(needed)s."
    ),
}
NO_CARE = _("%(where)s has no place for %(need)s at all; they need %(needed)s.")
"""Said of `care` where nobody stated such a place: nothing that others give up would help."""
PLACES: dict[PlaceCode, Promise] = {
    PlaceCode.HAS_PLACE: _("They have a place: tier %(tier)s, rank %(rank)s; %(legs)s."),
    PlaceCode.ARRIVES: _("They are at %(point)s by %(at)s."),
    PlaceCode.IS_KEPT: _("The place was promised in the plan before and is kept."),
    PlaceCode.NOTHING_EARLIER: _("No way from where they start gets them out earlier."),
    PlaceCode.NOTHING_EARLIER_TRIED: _("No way that was tried gets them out earlier."),
    PlaceCode.NO_PLACE: _("They have no place: tier %(tier)s, rank %(rank)s, people: %(heads)s."),
    PlaceCode.BE_THERE: _("Be at %(point)s by %(at)s."),
    PlaceCode.STAND_BY: _("Stand by at %(point)s by %(at)s for %(leg)s."),
    PlaceCode.NO_CHANCE: _("None in this plan: there is no way for which they could stand by."),
}
FAULTS: dict[FaultCode, Promise] = {
    FaultCode.UNKNOWN_PARTY: _("a party that was not to be planned has a place"),
    FaultCode.UNKNOWN_LEG: _("a leg that the network does not have"),
    FaultCode.TWICE: _("stands in the plan more than once"),
    FaultCode.MISSING: _("is neither placed nor left out"),
    FaultCode.SPLIT: _("is placed with other heads, or under another standing, than it has"),
    FaultCode.NOT_PLANNABLE: _("may not be planned: not eligible, or on hold"),
    FaultCode.BROKEN_WAY: _("its legs do not connect in place or time, or it may not begin or end there"),
    FaultCode.TOO_EARLY: _("can't be there by then"),
    FaultCode.WAIT: _("waits at a point longer than allowed"),
    FaultCode.CLEARANCE: _("does not hold what a leg requires"),
    FaultCode.DESTINATION: _("ends where it does not go"),
    FaultCode.CLOSED: _("is at a point while it is closed"),
    FaultCode.CURFEW: _("is under way in a curfew"),
    FaultCode.FROZEN: _("is on a leg that took nobody any more"),
    FaultCode.WINDOW: _("its window or access point is missing, or does not fit its legs"),
    FaultCode.BED_MISSING: _("its beds are not those of the staging bases on its way"),
    FaultCode.SEATS: _("more people than seats"),
    FaultCode.CARE: _("more people who need care than places for them"),
    FaultCode.THROUGHPUT: _("more people than the point lets through in an hour"),
    FaultCode.HOLDING: _("more people than may wait there"),
    FaultCode.BEDS: _("more people than beds"),
    FaultCode.COUNTERPART: _("more than was agreed with the checkpoint authority"),
    FaultCode.RESERVE: _("seats kept for a group are given to others"),
    FaultCode.TURN_AROUND: _("its vehicle is not back by then"),
    FaultCode.CONVOY: _("does not go together with its convoy"),
    FaultCode.PROMISE: _("a promised place is lost, or a place said to be kept is another"),
    FaultCode.INVERSION: _("is left out, and could have had the place of a party that comes later"),
    FaultCode.TOTALS: _("the plan's own figures do not add up"),
}
_MOMENTS = ("at", "until")


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """An explanation as it is shown; `options` are other ways with what blocks each first, empty if nothing does."""

    sentences: tuple[str, ...]
    would_board_if: tuple[str, ...]
    next_chance: str
    options: tuple[tuple[tuple[str, ...], str], ...]


def said_place(why: Explanation) -> SaidPlace:
    """Why a party has its place or none; in English, and where an older version kept no codes, core's sentences."""
    options = tuple((option.legs, said_block(option.block) if option.block else "") for option in why.options)
    if reads_english() or not why.notes:
        return SaidPlace(why.reasons, why.would_board_if, why.next_chance, options)
    sentences = (*map(_said_note, why.notes), *map(said_block, why.blocks))
    chance = _said_note(why.chance) if why.chance else why.next_chance
    return SaidPlace(sentences, tuple(map(_said_remedy, why.remedies)), chance, options)


def said_block(block: Block) -> str:
    """One thing in a party's way; core's English where a value is not there to be filled in."""
    if reads_english():
        return block.reason
    values = dict(block.values)
    if "need" in values:
        values["need"] = word("need", values["need"])
    if "hold" in values:
        values["hold"] = word("hold", values["hold"])
    filled = _filled(values) | {"where": _where(block, values)}
    if block.needed is not None and block.free is not None:
        filled |= {"needed": str(block.needed), "free": str(max(0, block.free))}
    is_none = block.code is BlockCode.CARE and values.get("total") == "0"
    try:
        return str(NO_CARE if is_none else BLOCKS[block.code]) % filled
    except KeyError:
        return block.reason


def said_fault(fault: Fault) -> str:
    """One thing that the judge found: whom or what it is about, and what is wrong."""
    if reads_english():
        return fault.message
    text = gettext("%(of)s: %(what)s.") % {"of": apart(fault.party or fault.where), "what": FAULTS[fault.code]}
    if fault.taken is None or fault.most is None:
        return text
    return text + " " + gettext("%(taken)s of %(most)s.") % {"taken": fault.taken, "most": fault.most}


def _said_note(note: PlaceNote) -> str:
    return str(PLACES[note.code]) % _filled({name: value or "–" for name, value in note.values})


def _said_remedy(block: Block) -> str:
    if block.needed is None or block.free is None:
        return said_block(block)
    said = gettext("%(where)s had %(missing)s more. %(block)s")
    missing = block.needed - block.free
    return said % {"where": apart(block.where), "missing": missing, "block": said_block(block)}


def _where(block: Block, values: dict[str, str]) -> str:
    """The leg, point, limit or reserve, with the hour, night or departure that is meant."""
    where = apart(block.where or "–")
    if "hour" in values:
        return gettext("%(where)s (the hour from %(at)s)") % {"where": where, "at": said_moment(values["hour"])}
    if "night" in values:
        return gettext("%(where)s (the night of %(at)s)") % {"where": where, "at": said_day(values["night"])}
    if "departs" in values:
        return gettext("%(where)s (departs %(at)s)") % {"where": where, "at": said_moment(values["departs"])}
    return where


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {name: said_moment(value) if name in _MOMENTS else _kept(value) for name, value in values.items()}


def _kept(value: str) -> str:
    return value if value.isdecimal() else apart(value)
