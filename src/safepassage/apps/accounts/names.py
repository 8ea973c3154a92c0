"""User names that nobody takes for another: of one script, in one written form, and unlike every name given before.

Plain Latin letters or Arabic ones, never both in one name: so no letter of a third script passes for one of these
(Unicode TR 39, single script). Width and presentation forms go by NFKC, as Django's own form does at the door;
invisible signs, marks and directions are no part of a name. What makes no difference between two names are case, the
figures of another script, dots and dashes, variants of an Arabic letter, and signs that are drawn alike: those of
Unicode TR 39 (confusables.txt) within plain Latin letters and figures. It is not the table by which document numbers
are compared, which knows what a machine or a clerk misreads on a worn page: nobody takes desk-8 for desk-b.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.names.script import fold_word, is_arabic

_NAME = re.compile(r"\w[\w.@+-]{0,59}")
"""A user name stands in the address of its account's page, in events as a derived id, in the access log as it is."""
_DRAWN_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "m": "rn"})
"""After Unicode TR 39, confusables.txt: 0 and O; 1, I and l; m and rn. Case makes no difference, so i is an I too."""


def username_new(told: str, *, given: Iterable[str]) -> str:
    """A new user name as it is kept.

    Args:
        told: As typed.
        given: Every name that an account has or had.

    Raises:
        ForbiddenError: it would not stand in an address, is longer than a duty name, or mixes scripts.
        ConflictError: it is taken, or looks like one that is.
    """
    name = unicodedata.normalize("NFKC", told)
    letters = [char for char in name if char.isalpha()]
    is_latin, is_of_arabic = (all(map(of, letters)) for of in (str.isascii, is_arabic))
    if not _NAME.fullmatch(name) or not (is_latin or is_of_arabic):
        raise ForbiddenError(
            "That can't be a user name.",
            advice="Letters (a to z, or Arabic ones, never both), figures, dot, dash and underscore, 60 at most: "
            "desk-2.",
        )
    alike = next((one for one in given if likeness(one) == likeness(name)), None)
    if alike is not None:
        said = "That user name is taken." if alike == name else "That user name looks like another account's."
        raise ConflictError(said, where=alike, advice="Choose another, e.g. with the desk's number.")
    return name


def likeness(name: str) -> tuple[str, str]:
    """What a reader sees of a name: two with the same are taken for one another."""
    signs = [char for char in unicodedata.normalize("NFKC", name) if char.isalnum()]
    plain = "".join(str(unicodedata.decimal(char, char)) for char in signs if not is_arabic(char) or char.isdecimal())
    arabic = "".join(fold_word(char) for char in signs if char.isalpha() and is_arabic(char))
    return plain.casefold().translate(_DRAWN_ALIKE), arabic
