"""Questions about who is whom, and their answers."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IDENTITY: dict[str, dict[str, str | Promise]] = {
    "question": {
        "same-person": _("one person?"),
        "listed-twice": _("listed twice?"),
        "two-parties": _("in two parties"),
        "same-household": _("one household?"),
        "contradiction": _("contradiction"),
    },
    "verdict": {
        "same": _("same person"),
        "different": _("different people"),
        "unsure": _("unsure"),
        "keep-apart": _("keep apart, confidential"),
        "household": _("one household, two people"),
        "other-household": _("not one household"),
    },
}
