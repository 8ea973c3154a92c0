"""What long work is at, in the reader's language; the work itself tells it in English."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, Promise] = {
    "reading": _("reading"),
    "reading listings": _("reading listings"),
    "finding candidate pairs": _("finding candidate pairs"),
    "comparing": _("comparing"),
    "learning weights": _("learning weights"),
    "weighing families together": _("weighing families together"),
    "building clusters": _("building clusters"),
    "building the review queue": _("building the review queue"),
    "storing persons and parties": _("storing persons and parties"),
    "reading everyone": _("reading everyone"),
    "applying the policy": _("applying the policy"),
    "judging parties": _("judging parties"),
    "ordering parties": _("ordering parties"),
    "reading the network": _("reading the network"),
    "looking for more people out, tier by tier": _("looking for more people out, tier by tier"),
    "working out flows and bounds": _("working out flows and bounds"),
    "putting policy order right": _("putting policy order right"),
    "sheets read": _("sheets read"),
    "text decoded": _("text decoded"),
    "reading rows": _("reading rows"),
    "understanding columns": _("understanding columns"),
    "making listings": _("making listings"),
    "inspected": _("inspected"),
    "taken in": _("taken in"),
    "looking whom they may be": _("looking whom they may be"),
    "printing": _("printing"),
    "done": _("done"),
}
_TIER = re.compile(r"placing tier (\d+)")
_PAIRS = re.compile(r"comparing ([\d,]+) pairs")
_COUNT = re.compile(r"(\d+) of (\d+)")


def said_step(what: str) -> str:
    """What the work told, translated; words of an older version are given as they are."""
    if what in STEPS:
        return str(STEPS[what])
    tier, pairs, count = (form.fullmatch(what) for form in (_TIER, _PAIRS, _COUNT))
    if tier:
        return gettext("placing tier %(tier)s") % {"tier": tier[1]}
    if pairs:
        return gettext("comparing pairs: %(count)s") % {"count": pairs[1]}
    if count:
        return gettext("%(done)s of %(all)s") % {"done": count[1], "all": count[2]}
    return what
