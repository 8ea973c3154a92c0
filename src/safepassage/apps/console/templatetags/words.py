"""Template filters for closed vocabularies, dates as stated, and pages of long lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safepassage.apps.console.sayings.evidence import said_evidence
from safepassage.apps.console.sayings.questions import said_question
from safepassage.apps.console.selectors.sampled import question_address
from safepassage.apps.console.selectors.waterfall import Step
from safepassage.apps.console.words import word
from safepassage.core.dates import PartialDate, Precision, format_date
from safepassage.core.identity import Evidence

register = template.Library()
_BAR = 100


@register.filter(name="word")
def word_filter(code: object, vocabulary: str) -> str:
    """The word of a code in the reader's language: `{{ stage|word:"stage" }}`."""
    return word(vocabulary, code)


@register.filter
def words(codes: list[object], vocabulary: str) -> str:
    """The words of several codes, comma-separated."""
    return ", ".join(word(vocabulary, code) for code in codes)


register.filter("question_address", question_address)


@register.filter
def asked(question: str) -> str:
    """A question of the review queue, in the reader's language."""
    return said_question(question)


@register.filter
def by_language(texts: Mapping[str, str]) -> str:
    """A text that people wrote in several languages: the reader's, or English where nobody wrote it."""
    return texts.get(get_language() or "") or texts["en"]


@register.filter
def said(reason: Evidence) -> str:
    """Why two listings are one person or not, in the reader's language."""
    return said_evidence(reason)


@register.filter
def stated(birth: PartialDate | str | None) -> str:
    """A date with its doubt kept: as we read it, marked where it is weak, a year or an age only."""
    if not isinstance(birth, PartialDate):
        return ""  # nobody knows it, or the person can't be read: then a template gives ""
    text = format_date(birth)
    if birth.is_weak and birth.precision is Precision.DAY:
        return _("%(date)s (perhaps the year only)") % {"date": text}
    return text


@register.filter
def moment(milliseconds: int | None) -> datetime | None:
    """A time of the ledger (UTC milliseconds) as a datetime, to be shown in the operation's zone."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


@register.simple_tag
def tier_badge(tier: int | None, outcome: str = "") -> SafeString:
    """A tier, or what stands in its place."""
    if tier is not None:
        return format_html('<span class="badge info">{} {}</span>', _("Tier"), tier)
    kind = "warn" if outcome in {"", "unresolved"} else ""
    name = word("outcome", outcome) if outcome else _("no policy applied")
    return format_html('<span class="badge {}">{}</span>', kind, name)


@register.simple_tag
def waterfall_bar(step: Step, zero: float) -> SafeString:
    """One bar of a waterfall, and the line of even odds; the figure stands beside it in the table."""
    return format_html(
        '<svg class="weight {}" viewBox="0 0 100 12" aria-hidden="true" preserveAspectRatio="none">'
        '<rect class="axis" x="{}" y="-6" width="0.6" height="24"/><rect x="{}" y="1" width="{}" height="10"/></svg>',
        "for" if step.weight >= 0 else "against",
        min(zero, 99.4),
        step.begin,
        max(step.width, 0.8),
    )


@register.simple_tag
def share_bar(part: float, whole: float) -> SafeString:
    """How much of a whole: a bar whose figure stands beside it."""
    length = round(_BAR * part / whole) if whole else 0
    return format_html(
        '<svg class="share" viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none">'
        '<rect class="ground" width="100" height="8"/><rect width="{}" height="8"/></svg>',
        min(_BAR, length),
    )
