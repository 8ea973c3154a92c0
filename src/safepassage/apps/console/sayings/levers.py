"""What a little more of one thing would bring, in the reader's language."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import apart
from safepassage.apps.console.words import word
from safepassage.apps.movement.levers import LeverLine
from safepassage.core.movement import BlockCode

LEVERS: dict[BlockCode, Promise] = {
    BlockCode.SEATS: _("%(extra)s seats more on %(where)s (departs %(at)s)"),
    BlockCode.THROUGHPUT: _("%(extra)s people more through %(where)s in the hour from %(at)s"),
    BlockCode.HOLDING: _("room for %(extra)s people more at %(where)s in the hour from %(at)s"),
    BlockCode.BEDS: _("%(extra)s beds more at %(where)s in the night of %(day)s"),
    BlockCode.COUNTERPART: _("%(extra)s more agreed with the checkpoint authority: %(where)s"),
    BlockCode.RESERVE: _("%(extra)s fewer of the seats kept for a group: %(where)s"),
    BlockCode.CARE: _("%(extra)s places more for %(need)s on %(where)s"),
}


def said_lever(one: LeverLine) -> str:
    """What there would have to be more of, where and when."""
    at = timezone.localtime(one.at) if one.at else None
    values = {
        "extra": one.extra,
        "where": apart(one.where),
        "at": date_format(at, "j M H:i") if at else "–",
        "day": date_format(at, "j M") if at else "–",
        "need": word("need", one.unit.removesuffix(" places")),
    }
    text = LEVERS.get(one.code)
    return str(text) % values if text else gettext("%(extra)s more: %(where)s") % values
