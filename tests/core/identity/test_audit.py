"""What a checked sample of automatic links proves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import Link, LinkGround, precision_bounds, sample_links
from tests.core.identity.people import id_of


def made(count: int) -> list[Link]:
    """So many automatic links."""
    return [Link(id_of(f"L-{at:03}"), id_of(f"M-{at:03}"), 0.999, is_certain=True) for at in range(count)]


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    [
        (300, 300, 0.98778, 1.0),  # with none wrong the bound is (tail) ** (1 / checked)
        (0, 20, 0.0, 0.16843),
        (9, 10, 0.55498, 0.99747),
        (298, 300, 0.97612, 0.99919),
    ],
)
def test_the_bounds_are_those_of_clopper_and_pearson(right: int, checked: int, low: float, high: float) -> None:
    found = precision_bounds(right, checked)
    assert (found.low, found.high) == (pytest.approx(low, abs=2e-5), pytest.approx(high, abs=2e-5))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_found_lies_between_the_bounds_and_more_checks_prove_more(counts: tuple[int, int]) -> None:
    right, checked = counts
    found = precision_bounds(right, checked)
    assert found.low <= right / checked <= found.high
    wider = precision_bounds(right, checked, confidence=0.99)
    assert wider.low <= found.low
    assert found.high <= wider.high


@pytest.mark.parametrize(("right", "checked", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
def test_counts_of_no_sample_are_refused(right: int, checked: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="no result"):
        precision_bounds(right, checked, confidence=confidence)


def test_what_nobody_could_tell_counts_as_wrong_for_the_lower_bound_and_as_right_for_the_upper() -> None:
    found = precision_bounds(8, 10, unsure=1)
    assert (found.right, found.wrong, found.unsure) == (8, 1, 1)
    assert found.low == precision_bounds(8, 10).low
    assert found.high == precision_bounds(9, 10).high
    with pytest.raises(ValueError, match="no result"):
        precision_bounds(8, 10, unsure=3)


def test_per_cent_are_rounded_so_that_no_more_is_said_than_is_proven() -> None:
    found = precision_bounds(9, 10)  # 55.498 % to 99.747 %
    assert (found.low_percent, found.high_percent) == (55.4, 99.8)
    assert precision_bounds(75, 75).low_percent >= 95.0, "what the page says of its usual sample"


def test_nothing_checked_proves_nothing() -> None:
    found = precision_bounds(0, 0)
    assert (found.low, found.high) == (0.0, 1.0)


def test_the_sample_is_of_automatic_links_alone_and_does_not_depend_on_their_order() -> None:
    links = made(40)
    others = [
        Link(id_of("A"), id_of("B"), 0.4),
        Link(id_of("C"), id_of("D"), 1.0, is_certain=True, ground=LinkGround.JUDGEMENT),
    ]
    one = sample_links([*links, *others], 15, rng=np.random.default_rng(5))
    other = sample_links([*others, *links[::-1]], 15, rng=np.random.default_rng(5))
    assert one == other
    assert len(set(one)) == 15
    assert set(one) <= set(links)
    assert set(sample_links(links, 99, rng=np.random.default_rng(5))) == set(links)
