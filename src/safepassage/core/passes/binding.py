"""Binding: a document shows that its holder belongs to a pass, with no name in either place."""

from __future__ import annotations

from safepassage.core.dates import PartialDate
from safepassage.core.passes.keys import PointDayKey
from safepassage.core.passes.values import Binding, BindingFact, PassContent

TAG_BYTES = 6


def mrz_birth(birth: PartialDate | None) -> str:
    """A birth date as a machine-readable zone prints it, `YYMMDD`; what isn't known is `<`."""
    raise NotImplementedError


def binding_tag(fact: BindingFact, *, key: PointDayKey) -> bytes:
    """The six bytes that bind a document to a pass: HMAC-SHA-256 under the point-and-day key, truncated."""
    raise NotImplementedError


def bind_document(content: PassContent, fact: BindingFact, *, keys: tuple[PointDayKey, ...]) -> Binding:
    """Whose document it is among the members of a pass."""
    raise NotImplementedError
