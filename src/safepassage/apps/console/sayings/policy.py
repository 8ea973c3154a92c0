"""Why a party stands where it stands, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.facts import said_criteria, said_facts, said_missing, said_value
from safepassage.apps.console.sayings.language import apart, reads_english
from safepassage.apps.console.words import word
from safepassage.core.policy import (
    Explanation,
    Outcome,
    PartyShift,
    Reason,
    ReasonCode,
    Standing,
    WouldBe,
    decisive_first,
)

SENTENCES: dict[ReasonCode, Promise] = {
    ReasonCode.IN_TIER: _("In tier %(tier)s (%(title)s)."),
    ReasonCode.MAYBE_TIER: _("Tier %(tier)s is possible; it hangs on: %(missing)s."),
    ReasonCode.NO_TIER: _("No confirmed member gives a ground for any of the %(tiers)s tiers."),
    ReasonCode.TIER_CONDITION_FAILS: _(
        "There is a ground for tier %(tier)s, but its condition is not met: %(rule)s."
    ),
    ReasonCode.PRINCIPAL: _("%(person)s is the principal: category %(category)s, by %(evidence)s."),
    ReasonCode.OWN_GROUND: _("%(person)s may come on their own ground in tier %(tier)s."),
    ReasonCode.DEPENDENT: _("%(person)s may come through %(through)s; relation: %(relation)s (rule %(rule)s)."),
    ReasonCode.MAYBE_DEPENDENT: _(
        "Whether %(person)s may come hangs on what is not known: %(missing)s. Ask, and keep the seat."
    ),
    ReasonCode.NOT_DEPENDENT: _("%(person)s is not covered by the rule %(rule)s: %(failed)s does not fit."),
    ReasonCode.NO_DEPENDENTS_IN_TIER: _(
        "Tier %(tier)s takes no dependents, and %(person)s has no ground of their own."
    ),
    ReasonCode.NOT_CONFIRMED: _(
        "%(person)s is not confirmed as a member of this party and takes no seat until someone confirms."
    ),
    ReasonCode.NOBODY_CONFIRMED: _("No member of this party is confirmed."),
    ReasonCode.LEAVES_MINOR: _(
        "%(person)s is or may be a minor and would be left behind: a person must decide first."
    ),
    ReasonCode.MINOR_SIGN_OFF: _(
        "%(person)s is a minor without an accompanying adult: not moved without sign-off."
    ),
    ReasonCode.PROMISE_HONOURED: _("Promised tier %(tier)s under %(policy)s %(version)s, and kept."),
    ReasonCode.PROMISE_NOT_HONOURED: _(
        "Promised tier %(tier)s under %(policy)s %(version)s; the version in force does not honour earlier promises "
        "at this time. The party must be told."
    ),
    ReasonCode.RANKED_BY: _("Place %(rank)s in tier %(tier)s: %(by)s."),
    ReasonCode.LATE_TO_LIST: _(
        "Became known after the list closed: draws in round %(round)s of the lottery."
    ),
    ReasonCode.LOTTERY_PROVISIONAL: _(
        "The lottery's seed is not revealed yet: places among equals are provisional."
    ),
    ReasonCode.RESERVE: _("May use the seats of the reserve %(reserve)s."),
}  # fmt: skip


_VALUES: dict[str, Callable[[str], str]] = {
    "relation": lambda relation: word("relation", relation),
    "missing": said_missing,
    "failed": said_facts,
    "by": said_criteria,
}
"""Values that are words of ours; the others are ids, figures, and what a policy's author wrote."""


@dataclass(frozen=True, slots=True)
class Said:
    """A standing as it is shown: a headline, sentences, and what single facts would change."""

    headline: str
    sentences: tuple[str, ...]
    would_be: tuple[str, ...]


def said_explanation(why: Explanation) -> Said:
    """An explanation in the reader's language; in English, core's own sentences."""
    would_be = decisive_first(why)
    if reads_english():
        return Said(why.headline, why.sentences, tuple(one.text for one in would_be))
    standing = why.standing
    reasons = [*standing.reasons, *(member.reason for member in standing.members if member.reason is not None)]
    return Said(
        _headline(standing),
        tuple(dict.fromkeys(said_reason(reason) for reason in reasons)),
        tuple(_would_be(one) for one in would_be),
    )


def said_reason(reason: Reason) -> str:
    """One reason in the reader's language; core's own English where a value is not there to be filled in."""
    if reads_english():
        return reason.text
    values = {"person": reason.person or "", **dict(reason.data)}
    for name, value in values.items():
        values[name] = _VALUES[name](value) if name in _VALUES else apart(value)
    try:
        return str(SENTENCES[reason.code]) % values
    except KeyError:
        return reason.text


def said_shift(shift: PartyShift) -> tuple[str, ...]:
    """Why a party fares differently under a new text: the first reasons of each side, then of who is out or in."""
    if reads_english():
        return shift.why
    before, after = shift.before, shift.after
    changed = {*shift.left_out, *shift.taken_in}
    said = [
        gettext("Before (%(version)s): %(why)s") % {"version": before.version, "why": why} for why in _two(before)
    ]
    said += [gettext("After (%(version)s): %(why)s") % {"version": after.version, "why": why} for why in _two(after)]
    said += [said_reason(one.reason) for one in after.members if one.person in changed and one.reason]
    return tuple(dict.fromkeys(said))


def _two(standing: Standing) -> tuple[str, ...]:
    return tuple(said_reason(reason) for reason in standing.reasons[:2])


def _headline(standing: Standing) -> str:
    under = {"policy": standing.policy, "version": standing.version}
    if standing.outcome is Outcome.TIER:
        coming, total = len(standing.accepted), len(standing.members)
        text = gettext(
            "Tier %(tier)s, place %(rank)s under %(policy)s %(version)s; may come: %(coming)s of %(total)s."
        )
        return text % {**under, "tier": standing.tier, "rank": standing.rank, "coming": coming, "total": total}
    if standing.outcome is Outcome.UNRESOLVED:
        tiers = ", ".join(str(number) for number in standing.could_be)
        text = gettext("Unresolved under %(policy)s %(version)s: a fact is missing; possible tiers: %(tiers)s.")
        return text % {**under, "tiers": tiers}
    return gettext("Not eligible under %(policy)s %(version)s.") % under


def _would_be(one: WouldBe) -> str:
    if one.tier is None:
        outcome = word("outcome", one.outcome)
    else:
        outcome = ngettext(
            "tier %(tier)s, %(coming)s member may come", "tier %(tier)s, %(coming)s members may come", one.coming
        ) % {"tier": one.tier, "coming": one.coming}
    text = gettext("If %(fact)s of %(person)s were %(value)s: %(outcome)s.")
    value = said_value(one.fact, one.value)
    return text % {"fact": said_facts(one.fact), "person": apart(one.person), "value": value, "outcome": outcome}
