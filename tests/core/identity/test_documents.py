"""Numbers of documents are compared by what they say, however a list groups their digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from safepassage.core.documents import read_document
from safepassage.core.identity.compare_facts import NumberComparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.levels import LEVELS
from safepassage.core.identity.rarity import rarity_of
from safepassage.core.identity.values import EvidenceField
from safepassage.core.people import DocumentKind
from tests.cast import listing

TAZKIRA = DocumentKind.TAZKIRA_PAPER


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1999000070739", "1999-0000-70739", "equal"),
        ("1399-2083-02914", "1399208302914", "equal"),
        ("99 449779", "99449779", "equal"),
        ("99-44-97-79", "99449779", "equal"),
        ("34/47/867", "J34 S47 Sh867", "equal"),
        ("1/234/5", "12/3/45", "differ"),
        ("99449779", "94449779", "one slip"),
        ("99449779", "25861301", "differ"),
    ],
)
def test_a_tazkira_is_one_number_however_its_digits_are_grouped(one: str, other: str, level: str) -> None:
    people = [
        replace(listing(name, "Somebody Exemplar"), documents=(read_document(text, hint_kind=TAZKIRA),))
        for name, text in (("ONE", one), ("OTHER", other))
    ]
    columns = columns_of(people)
    numbers = NumberComparer(columns, rarity_of(columns))
    found = numbers.documents(columns.tazkira, np.array([0]), np.array([1]), is_split=True)
    assert LEVELS[EvidenceField.TAZKIRA][found[0]] == level
