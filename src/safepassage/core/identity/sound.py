"""What may be joined without a person's eye, and what a chain of such links may not pass over.

However likely a link is, few rows make common names look rare and what is missing look telling; so a rule of its own
says which evidence is enough. It was drawn up from cases that joined two people, not learnt.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.compare import Compared, has_other_document
from safepassage.core.identity.features import Flags
from safepassage.core.identity.values import EvidenceField

_IS_FAMILY = 0.99
_IS_TWICE_IN_A_LIST = 0.9999

Family = npt.NDArray[np.float32]
"""For each pair the chance that both stand in one family, others of which are met as well."""


def is_sound(compared: Compared, family: Family) -> Flags:
    """Whether a link may ever be made without a person's eye, however likely it is.

    A shared document carries a link alone, unless it stands with two people (`_is_of_two`). Without one nothing may
    contradict, and beside the name one of birth, father and a rare phone must agree, or the rest of the family be
    found as well. A name that only sounds alike (Jamil and Jamal, Hassan and Hussain in another script) needs the day
    of birth, the father, a phone that few share or the family.
    """
    level = compared.is_at
    is_only_alike = (
        level(EvidenceField.NAME, 5, 6)
        & ~level(EvidenceField.BIRTH, 1, 2, 3)
        & ~level(EvidenceField.FATHER, 5, 6)
        & ~level(EvidenceField.PHONE, 1)
        & (family < _IS_FAMILY)
    )
    return np.asarray(is_consistent(compared, family) & (compared.shares_document(1) | ~is_only_alike))


def is_consistent(compared: Compared, family: Family) -> Flags:
    """Whether enough agrees and nothing contradicts, where a name that sounds alike counts as the same."""
    return np.asarray(
        np.where(
            compared.shares_document(1),
            ~_is_of_two(compared),
            ~_contradicts(compared, family) & _agrees(compared, family),
        )
    )


def _is_of_two(compared: Compared) -> Flags:
    """Whether a document that both state is on two people: children stand on their mother's passport.

    Another name beside one father or another sex; another name and no birth that fits, or one years off; another name
    and another surname: somebody mistyped a number, or wrote 99999999.
    """
    level = compared.is_at
    is_other_name = level(EvidenceField.NAME, 1)
    fits = level(EvidenceField.BIRTH, 1, 2, 3, 5)
    return np.asarray(
        (is_other_name & level(EvidenceField.FATHER, 4, 5, 6))
        | (level(EvidenceField.NAME, 0, 1, 2) & level(EvidenceField.SEX, 2, 5))
        | (level(EvidenceField.NAME, 0, 1) & ~fits)
        | (level(EvidenceField.NAME, 1, 2) & level(EvidenceField.SURNAME, 1))
    )


def _contradicts(compared: Compared, family: Family) -> Flags:
    """Another name or none, another father, sex or document, a birth years off, and whatever is only alike.

    Brothers and sisters have alike names and near births, and a list may hold one of them alone (Hamid of 2015 here,
    Omid of 2015 there). So what is only alike asks a person: a near name without one day of birth, names that sound
    alike beside another date, names that their surname alone makes alike, another date beside another phone, another
    surname without one day of birth (brothers have one father, and where columns are turned the surname stands
    first), one word of two in common (Noor Ahmad, Noor Mohammad) unless the births agree. A single name met elsewhere
    in the other (Ahmad, Mohammad Ahmad) joins where two of family, father and one day of birth stand beside it.
    Neighbouring numbers of documents are two who went to one office.

    Whom both lists leave without a name (an unnamed baby, "FNU LNU") is one person where the rest of the family is
    found as well, and the day of birth and the sex are the same: asked about instead, such a child is two until then.
    """
    level = compared.is_at
    is_family, is_one_day = family >= _IS_FAMILY, level(EvidenceField.BIRTH, 1)
    is_one_father = level(EvidenceField.FATHER, 5, 6)
    is_other_date = level(EvidenceField.BIRTH, 4, 6)
    is_same_child = is_family & is_one_day & level(EvidenceField.SEX, 1, 4)
    is_met_elsewhere = ~level(EvidenceField.SURNAME, 1, 5) & (
        (is_one_day & (is_family | is_one_father)) | (is_family & is_one_father & level(EvidenceField.BIRTH, 5))
    )
    return np.asarray(
        level(EvidenceField.NAME, 0, 1, 2, 3, 9, 10, 14, 15, 16)
        | (level(EvidenceField.NAME, 11) & ~is_met_elsewhere)
        | (level(EvidenceField.NAME, 12, 13) & ~is_same_child)
        | (level(EvidenceField.NAME, 4) & (~is_family | ~level(EvidenceField.BIRTH, 1, 2)))
        | (level(EvidenceField.NAME, 5, 6) & is_other_date)
        | (level(EvidenceField.PHONE, 5) & (is_other_date | level(EvidenceField.BIRTH, 3)))
        | level(EvidenceField.FATHER, 1)
        | level(EvidenceField.SEX, 2, 5)
        | level(EvidenceField.BIRTH, 7, 8, 9)
        | level(EvidenceField.PASSPORT, 3, 4)
        | level(EvidenceField.TAZKIRA, 3)
        | (level(EvidenceField.SURNAME, 1) & ~level(EvidenceField.BIRTH, 1, 2))
        | (
            level(EvidenceField.SURNAME, 5)
            & ~level(EvidenceField.BIRTH, 1, 2)
            & (level(EvidenceField.BIRTH, 0, 3, 4, 6) | ~level(EvidenceField.FATHER, 4, 5, 6))
        )
        | are_two_rows_of_one_list(compared, family)
    )


def _agrees(compared: Compared, family: Family) -> Flags:
    """Whether anything beside the name is the same."""
    level = compared.is_at
    return np.asarray(
        level(EvidenceField.BIRTH, 1, 2, 3, 5, 6)
        | level(EvidenceField.FATHER, 4, 5, 6)
        | level(EvidenceField.PHONE, 1)
        | level(EvidenceField.PASSPORT, 2)
        | level(EvidenceField.TAZKIRA, 2)
        | (family >= _IS_FAMILY)
    )


def are_two_rows_of_one_list(compared: Compared, family: Family) -> Flags:
    """Whether one list names both, with two phones, a hotel's or two years, and nothing makes them one.

    Lists hold people of one place and trade: two of one common name and age in forty rows (Zahra and Zohra Ahmadi)
    are no wonder, however rare the name seems there, nor are two families whose heads and sons have one name.
    """
    level = compared.is_at
    return np.asarray(
        ~level(EvidenceField.LIST, 0)
        & (level(EvidenceField.PHONE, 3, 4, 5) | level(EvidenceField.BIRTH, 4, 6))
        & ~compared.shares_document(1)
        & ~level(EvidenceField.BIRTH, 1, 2)
        & (family < np.where(level(EvidenceField.FATHER, 4, 5, 6), _IS_FAMILY, _IS_TWICE_IN_A_LIST))
    )


def is_doubted(compared: Compared, family: Family, is_likely: Flags) -> Flags:
    """Over which pairs no chain of certain links may pass.

    Two documents, two fathers; two rows of one list that would not be joined by themselves: a third row that fits
    both is a question, and no bridge. `is_likely`: the pair is likely enough to be joined.
    """
    is_one_list = ~compared.is_at(EvidenceField.LIST, 0) & ~compared.shares_document(1) & (family < _IS_FAMILY)
    return np.asarray(
        has_other_document(compared)
        | is_of_others(compared)
        | are_two_rows_of_one_list(compared, family)
        | (is_one_list & ~(is_likely & is_consistent(compared, family)))
    )


def is_of_others(compared: Compared) -> Flags:
    """Whether two fathers are told, and the surnames conflict or one list names both: no barer row joins two such.

    Two rows of one list with two fathers are two people, unless they share a document, a phone of their own or one
    day of birth; a hotel's phone is shared by strangers.
    """
    level = compared.is_at
    is_one_list = ~level(EvidenceField.LIST, 0) & ~level(EvidenceField.PHONE, 1) & ~level(EvidenceField.BIRTH, 1, 2)
    shares_document = compared.shares_document(1)
    return np.asarray(
        level(EvidenceField.FATHER, 1) & (level(EvidenceField.SURNAME, 1, 5) | is_one_list) & ~shares_document
    )
