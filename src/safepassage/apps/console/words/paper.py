"""Sheets of paper: their kinds, what stands on them, and what can be chosen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAPER: dict[str, dict[str, str | Promise]] = {
    "paper-kind": {
        "walk-in": _("walk-in slip"),
        "pass": _("pass"),
        "manifest": _("boarding list"),
        "tally": _("quarter hour"),
    },
    "paper-field": {
        "at": _("date and time"),
        "point": _("point"),
        "evidence": _("evidence seen"),
        "outcome": _("decision"),
        "heads": _("heads"),
        "owner": _("team that answers"),
        "aboard": _("lines aboard, all of them"),
        "part": _("lines aboard in part"),
        "level": _("how it is"),
    },
    "paper-choice": {
        "admitted": _("admitted"),
        "referred": _("referred"),
        "calm": _("calm"),
        "dense": _("dense"),
        "dangerous": _("dangerous"),
        "none": _("none"),
        "passport": _("passport"),
        "id-card": _("card"),
        "visa": _("visa"),
        "letter": _("letter"),
        "photo": _("photo of a document"),
    },
}
