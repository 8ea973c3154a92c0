"""What a run learns of families: how many of one two lists share, and how rare one person is among strangers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safepassage.core.identity import resolve
from safepassage.core.identity.frozen import freeze, thaw
from safepassage.core.identity.learn import OVERLAP, refit_apart, refit_overlap
from safepassage.core.identity.weights import Weights
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.people import Listing
from tests.core.intake.made import table

_HEADER = ("Family", "Name", "Relation", "DOB")
_MANY = np.full(500, 5.0)


def _list_of(source: str, *rows: tuple[str, str, str, str]) -> tuple[Listing, ...]:
    return intake_file(table(_HEADER, *rows), source=SourceId(source), received=date(2026, 1, 1)).listings


@pytest.fixture(scope="module")
def weights() -> Weights:
    rows = [(str(at), f"Testani{at} Namefar", "Head", f"19{60 + at}-01-02") for at in range(9)]
    return thaw(resolve([*_list_of("S-A", *rows), *_list_of("S-B", *rows)]).parameters)


def test_the_overlap_is_believed_until_families_show_another(weights: Weights) -> None:
    assert refit_overlap(weights, np.zeros(0), np.zeros(0)).overlap == pytest.approx(OVERLAP)
    assert refit_overlap(weights, _MANY, np.full(500, 5.0)).overlap > 0.98
    assert refit_overlap(weights, _MANY, np.full(500, 3.0)).overlap == pytest.approx(0.5, abs=0.01)


def test_the_member_by_whom_two_groups_are_known_for_one_family_teaches_nothing(weights: Weights) -> None:
    alone = np.ones(500)
    assert refit_overlap(weights, alone, alone).overlap == pytest.approx(OVERLAP)


def test_chance_likenesses_of_strangers_groups_make_one_person_rare_among_them(weights: Weights) -> None:
    weights = replace(weights, priors=np.array([1e-4, 1e-4, 1.0]))
    likenesses, strangers = np.full(20_000, 0.05), np.ones(20_000, np.float32)
    after = refit_apart(weights, likenesses, strangers, of=1e8)
    assert after.apart < 0.05


def test_documents_that_strangers_groups_share_keep_one_person_possible_among_them(weights: Weights) -> None:
    weights = replace(weights, priors=np.array([1e-4, 1e-4, 1.0]))
    sure, strangers = np.full(3_000, 0.999999), np.ones(3_000, np.float32)
    after = refit_apart(weights, sure, strangers, of=1e8)
    assert after.apart == pytest.approx(3_000 / 1e4, rel=0.05)


def test_one_person_is_never_more_frequent_among_strangers_groups_than_anywhere(weights: Weights) -> None:
    sure, strangers = np.full(3_000, 0.999999), np.ones(3_000, np.float32)
    assert refit_apart(weights, sure, strangers, of=10.0).apart == 1.0


def test_a_frozen_version_keeps_what_was_learnt_of_families(weights: Weights) -> None:
    learnt = replace(weights, overlap=0.83, apart=0.02)
    columns = resolve(_list_of("S-A", ("1", "Testani", "Head", "1970-01-02"))).parameters.habits
    assert columns is not None
    again = thaw(freeze(learnt, columns))
    assert (again.overlap, again.apart) == (0.83, 0.02)


def test_the_last_member_of_a_family_is_found_though_his_name_is_cut(weights: Weights) -> None:
    """Whoever alone is left in two lists of one family is likely one person, even if one list cut his name."""
    others = [(str(at), f"Testani{at} Namefar", "Head", f"19{60 + at}-01-02") for at in range(2, 9)]
    family = [
        ("1", "Karim Testani", "Head", "1975-04-02"),
        ("1", "Laila Testani", "Wife", "1979-01-05"),
        ("1", "Zarghuna Testani", "Daughter", "2009-06-07"),
    ]
    first = _list_of("S-A", *others, *family, ("1", "Mohammad Hamid Testani", "Son", ""))
    second = _list_of("S-B", *others, *family, ("1", "Hamid", "Son", ""))
    clusters = resolve([*first, *second]).clusters
    assert any({first[-1].id, second[-1].id} <= set(cluster) for cluster in clusters)
