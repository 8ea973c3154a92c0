"""Why two listings are one person or not, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import reads_english
from safepassage.core.identity import Evidence

SUBJECTS: dict[str, Promise] = {
    "name": _("The names"),
    "surname": _("The further names"),
    "father": _("The fathers' names"),
    "birth": _("The birth dates"),
    "passport": _("The passport numbers"),
    "tazkira": _("The tazkira numbers"),
    "document": _("The document numbers"),
    "phone": _("The phones"),
    "sex": _("The stated sexes"),
    "place": _("The places"),
}
LEVELS: dict[str, Promise] = {
    "missing": _("at most one of the two lists states them"),
    "equal": pgettext_lazy("two facts", "equal"),
    "differ": pgettext_lazy("two facts", "they differ"),
    "agree": pgettext_lazy("two facts", "they agree"),
    "conflict": pgettext_lazy("two facts", "they conflict"),
    "near": pgettext_lazy("two facts", "near"),
    "a-little-alike": _("a little alike"),
    "differ-by-a-final-a": _("they differ by a final a"),
    "sound-alike": _("they sound alike"),
    "sound-alike-across-scripts": _("they sound alike across scripts"),
    "in-another-order": _("in another order"),
    "joined-or-split": _("they sound nearly the same once gaps and the order of their words are left out"),
    "one-word-in-common": _("one word in common"),
    "single-name-met-elsewhere": _("a single name that stands in the other"),
    "both-missing": _("both have no name of their own"),
    "named-by-one-relative": _("both are named by the same relative"),
    "named-by-other-relatives": _("both are named by relatives of different names"),
    "named-by-the-other's-father": _("one is named by the father or husband of the other"),
    "exchanged-with-the-father's": _("name and father's name are exchanged"),
    "is-the-other's-father": _("it is the other's father"),
    "one-agrees-another-conflicts": _("one of them agrees, another conflicts"),
    "common-part-only": _("only a part that many share is equal"),
    "same-day": _("the same day"),
    "day-and-month-swapped": _("day and month swapped"),
    "one-part-differs": _("one part differs"),
    "same-year-other-day": _("the same year, another day"),
    "can-be-the-same": _("they can be the same"),
    "within-a-year": _("within a year"),
    "within-three-years": _("within three years"),
    "within-ten-years": _("within ten years"),
    "further-apart": _("further apart"),
    "one-slip": _("they differ by one slip of the pen"),
    "neighbouring-numbers": _("neighbouring numbers"),
    "equal-few-share-it": _("equal, and at most six families or single rows of the lists give it"),
    "equal-some-share-it": _("equal, and seven to fifteen families or single rows of the lists give it"),
    "equal-many-share-it": _("equal, but more than fifteen families or single rows give it"),
    "missing-name-alike": _("at most one of the two lists states them"),
    "equal-name-alike": pgettext_lazy("two facts", "equal"),
    "differ-name-alike": pgettext_lazy("two facts", "they differ"),
}
WHOLE: dict[tuple[str, str], Promise] = {
    ("list", "other-list"): _("They stand in two different lists."),
    ("list", "same-list"): _("They stand in one list, in different groups."),
    ("list", "same-list-one-phone"): _(
        "They stand in one list, in no group, under one phone: mostly two of a family."
    ),
    ("list", "same-group"): _("They stand in one group of one list, which hardly ever names a person twice."),
    ("judgement", "same"): _("A person says that these are one."),
    ("prior", "household"): _(
        "The start, before their own facts: two who stand so near each other are mostly two people."
    ),
    ("prior", "unrelated"): _(
        "The start, before their own facts: two listings taken by chance are hardly ever one person."
    ),
}
SURROUNDED = _("What stands around them, their families and whom else they could be, speaks for one person.")
_LEANS = 0.5
"""Bits from which on it is said what a lacking fact speaks for."""
LEANS_SAME = _("at most one of the two lists states them; that is more often so of one person than of two")
LEANS_OTHER = _("at most one of the two lists states them; that is more often so of two people than of one")
ROLES: tuple[Promise, ...] = (
    pgettext_lazy("relation to the head", "not stated"),
    pgettext_lazy("relation to the head", "head"),
    pgettext_lazy("relation to the head", "spouse"),
    pgettext_lazy("relation to the head", "child"),
    pgettext_lazy("relation to the head", "parent"),
    pgettext_lazy("relation to the head", "sibling"),
    pgettext_lazy("relation to the head", "other relative"),
)


def said_evidence(reason: Evidence) -> str:
    """One reason in the reader's language; core's own English where the code is not known here."""
    if reads_english():
        return reason.words
    field = str(reason.field)
    if field == "prior" and reason.weight > 0:
        return str(SURROUNDED)
    if (field, reason.level) in WHOLE:
        return str(WHOLE[field, reason.level])
    if field == "relation":
        return _roles(reason)
    if field not in SUBJECTS or reason.level not in LEVELS:
        return reason.words
    return gettext("%(subject)s: %(level)s.") % {"subject": SUBJECTS[field], "level": _level(reason)}


def _level(reason: Evidence) -> Promise:
    """What is said of a level; of a lacking fact also what that speaks for, if it weighs."""
    if reason.level.startswith("missing") and abs(reason.weight) >= _LEANS:
        return LEANS_SAME if reason.weight > 0 else LEANS_OTHER
    return LEVELS[reason.level]


def _roles(reason: Evidence) -> str:
    """`3-3-births-agree`: the two roles by their number."""
    left, _dash, rest = reason.level.partition("-")
    right = rest.partition("-")[0]
    if not (left.isdecimal() and right.isdecimal() and max(int(left), int(right)) < len(ROLES)):
        return reason.words
    if left == right:
        return gettext("Relation to the head: %(role)s in both.") % {"role": ROLES[int(left)]}
    return gettext("Relation to the head: %(left)s and %(right)s.") % {
        "left": ROLES[int(left)],
        "right": ROLES[int(right)],
    }
