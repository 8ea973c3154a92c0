"""The most devices of which no two know of each other: right at twenty, quick at sixty, and never too low."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from safepassage.core.passes.unlinked import most_unlinked


def linked(devices: int, pairs) -> dict[str, set[str]]:
    links: dict[str, set[str]] = {f"D-{one}": set() for one in range(devices)}
    for one, other in pairs:
        links[f"D-{one}"].add(f"D-{other}")
        links[f"D-{other}"].add(f"D-{one}")
    return links


def by_trying_all(devices: int, pairs) -> int:
    """The same by every subset: sizes of sets without a linked pair, each from the set without its last device."""
    near = [0] * devices
    for one, other in pairs:
        near[one] |= 1 << other
        near[other] |= 1 << one
    subsets = np.arange(1 << devices, dtype=np.int64)
    is_apart = np.ones(1 << devices, dtype=bool)
    for one in range(devices):
        is_apart &= ~(((subsets >> one) & 1 == 1) & (subsets & near[one] != 0))
    return max(int(one).bit_count() for one in subsets[is_apart])


def rings(number: int, size: int) -> list[tuple[int, int]]:
    return [(ring * size + at, ring * size + (at + 1) % size) for ring in range(number) for at in range(size)]


@pytest.mark.parametrize(
    ("links", "most"),
    [
        ({}, 0),
        ({"a": set(), "b": set()}, 2),
        ({"a": {"b"}, "b": {"a"}}, 1),
        ({"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}, 2),
        ({"a": {"b", "d"}, "b": {"a", "c"}, "c": {"b", "d"}, "d": {"c", "a"}}, 2),
        ({name: set("abcde") - {name} for name in "abcde"}, 1),
        ({"a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"}, "d": set()}, 2),
        ({"a": {"b", "e"}, "b": {"a", "c"}, "c": {"b", "d"}, "d": {"c", "e"}, "e": {"d", "a"}}, 2),
    ],
)
def test_the_most_devices_of_which_no_two_know_of_each_other(links: dict[str, set[str]], most: int) -> None:
    assert most_unlinked(links) == most


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_devices_with_any_links_are_counted_as_by_trying_all(seed, share) -> None:
    rng = np.random.default_rng(seed)
    pairs = [pair for pair in combinations(range(20), 2) if rng.random() < share]
    assert most_unlinked(linked(20, pairs)) == by_trying_all(20, pairs)


@pytest.mark.parametrize(
    ("devices", "pairs", "most"),
    [
        (0, [], 0),
        (1, [], 1),
        (30, [], 30),
        (5, rings(1, 5), 2),
        (60, rings(12, 5), 24),
        (60, rings(1, 60), 30),
        (61, rings(1, 61), 30),
        (60, list(combinations(range(60), 2)), 1),
        (60, [*combinations(range(40), 2), *((one, one + 1) for one in range(40, 59))], 11),
    ],
)
def test_rings_chains_and_devices_that_all_know_of_each_other(devices, pairs, most) -> None:
    assert most_unlinked(linked(devices, pairs)) == most


def test_where_the_search_is_cut_short_the_figure_is_too_high_and_never_too_low() -> None:
    rng = np.random.default_rng(7)
    pairs = [pair for pair in combinations(range(18), 2) if rng.random() < 0.3]
    right = by_trying_all(18, pairs)
    found = [most_unlinked(linked(18, pairs), steps=steps) for steps in (0, 1, 5, 50)]
    assert all(one >= right for one in found)
    assert found[0] > right


def test_a_hundred_devices_end_within_the_steps() -> None:
    rng = np.random.default_rng(3)
    pairs = [pair for pair in combinations(range(100), 2) if rng.random() < 0.1]
    most = most_unlinked(linked(100, pairs), steps=2_000)
    assert 20 <= most <= 60
