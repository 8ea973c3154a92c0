"""Sentences on places as people read them: points by their names, kept seats by what they are kept for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext

from safepassage.apps.movement.selectors import points_known
from safepassage.apps.policy.borne import policy_fault
from safepassage.apps.policy.selectors import policy_in_force, policy_read

_KEPT = re.compile(r"(?<![\w/-])([a-z0-9][\w-]*)/([\w-]+)")


def plain_words(*, at: datetime) -> Callable[[str], str]:
    """Tells a sentence with the ids of points and of kept seats as names; ids of legs and parties stay.

    "medical/bus-7: 0 of 46 open seats are free" is of the seats that are open to all: "bus-7 beside its seats kept
    for “Stretcher and medical cases”: 0 of 46 …". Cost: two queries, for however many sentences are told by what it
    gives.
    """
    names = {key: name for key, name in points_known() if name and name != key}
    record = policy_in_force(at)
    is_whole = record is not None and not policy_fault(record)
    titles = {one.id: one.title.en for one in policy_read(record).reserves} if record and is_whole else {}
    points = re.compile(rf"(?<![\w/-])({'|'.join(map(re.escape, names))})(?![\w-])") if names else None

    def kept(found: re.Match[str]) -> str:
        title = titles.get(found[1])
        return (
            gettext("%(leg)s beside its seats kept for “%(group)s”") % {"leg": found[2], "group": title}
            if title
            else found[0]
        )

    def told(sentence: str) -> str:
        sentence = _KEPT.sub(kept, sentence)
        return points.sub(lambda found: names[found[1]], sentence) if points else sentence

    return told
