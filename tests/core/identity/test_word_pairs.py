"""What is settled by the letters alone is settled as a close look would have it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.keep import NOTHING_KEPT
from safepassage.core.identity.letters import Letters
from safepassage.core.identity.weigh import learnt_weights, pairs_of
from safepassage.core.identity.word_pairs import WordPairs
from tests.cast import listing

SOUNDS = st.text("abdfhijklmnrstuzSX", min_size=1, max_size=9)
NAMES = (
    "Ahmad Karimi", "Ahmed Karimy", "Abdul Karim", "Karim", "Karima Sadat", "احمد کریمی", "Mohammad Ajmal",
    "Ajmal Mohd", "Najibullah", "Najeeb Ullah Noori", "نجیب الله", "Gul Agha Sherzai", "Zahra",
    "Zohra", "Hassan", "Hasan Ali",
)  # fmt: skip


@given(SOUNDS, SOUNDS)
def test_bounds_by_letters_hold_for_any_two_words(one: str, other: str) -> None:
    letters, a, b = Letters([one, other]), np.array([0]), np.array([1])
    shared = next(
        (at for at, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other))
    )
    assert letters.least_edits(a, b)[0] <= OSA.distance(one, other)
    assert letters.most_alike(a, b, np.array([shared]))[0] >= JaroWinkler.similarity(one, other)


def test_a_grid_of_names_says_what_each_pair_of_words_says_by_itself() -> None:
    columns = columns_of([listing(f"L{at:02d}", name) for at, name in enumerate(NAMES)])
    left, right = (side.ravel() for side in np.indices((len(NAMES), len(NAMES))))
    grid = WordPairs(columns).grid(columns.name[left], columns.name[right])
    alone = WordPairs(columns)
    for i in range(4):
        for j in range(4):
            levels = alone.levels(columns.name[left, i], columns.name[right, j])
            levels[(columns.name[left, i] == 0) | (columns.name[right, j] == 0)] = -1
            if i or j:  # of further words only those that are near are told apart
                levels[(levels > 0) & (levels < 3)] = 0
                grid[(grid[:, i, j] > 0) & (grid[:, i, j] < 3), i, j] = 0
            assert grid[:, i, j].tolist() == levels.tolist()
    assert (grid[:, 1, 1] >= 3).any()


def test_whom_strangers_rule_out_is_no_one_person_by_all_three_chances() -> None:
    columns = columns_of([listing(f"L{at:02d}", name) for at, name in enumerate(NAMES * 3)])
    comparer = Comparer(columns)
    codes = np.array([a * columns.size + b for a in range(columns.size) for b in range(a + 1, columns.size)])
    weights = learnt_weights(comparer, codes, NOTHING_KEPT)
    compared = comparer.compare(pairs_of(codes, columns.size))
    chances = weights.posteriors(compared)[:, 0]
    for least in (1e-7, 1e-6):
        ruled_out = np.delete(chances, weights.hopeful(compared, least))
        assert 0 < len(ruled_out) < len(chances)
        assert (ruled_out < least).all()
