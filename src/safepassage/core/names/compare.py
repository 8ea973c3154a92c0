"""How alike two names are: tokens paired at best, weighed, with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from safepassage.core.names.distance import word_similarity
from safepassage.core.names.script import is_arabic
from safepassage.core.names.sound import skeleton_of, sound_of
from safepassage.core.names.surnames import is_surname_form
from safepassage.core.names.tokens import tokens
from safepassage.core.names.values import NameReason, NameSimilarity, NameToken, TokenKind
from safepassage.core.names.words import COMMON_SKELETONS, SURNAME_ENDINGS

_MOST_TOKENS = 6
_ALIKE = 0.5
"""Words less alike than this are two names, not two spellings."""
_MISSING = 0.3
"""How much a part that one side leaves out counts, against 1 for a part that differs."""
_JOINED = 0.03
_WEIGHTS = {TokenKind.NAME: 1.0, TokenKind.PARTICLE: 0.25, TokenKind.HONORIFIC: 0.08, TokenKind.INITIAL: 0.4}
_COMMON = 0.55
_COMMON_LATER = 0.3
"""Mohammad after the given name begins a father's name or a surname."""
_GIVEN_LACKING = 1.6
_DIVIDED_BELOW = 0.6
"""Names more alike than this are so as they are written: nobody looks for words that ran together."""
_LEAST_JOINED, _LEAST_PIECE = 7, 3
"""Letters of a word that may be two, and of each of them."""
_PIECE_ALIKE = 0.85
_OTHER_PLACE = 0.9
"""One's given name as the other's later name: a child's father, or the order of surname and name is another."""
_LATER = 0.6
"""What a name after the given name weighs: lists drop and change surnames, and a family shares them."""


@dataclass(frozen=True, slots=True)
class _Part:
    folded: str
    skeleton: str
    kind: TokenKind
    weight: float
    is_common: bool
    is_given: bool = False

    @property
    def loss(self) -> float:
        """What it weighs where the other side lacks it: a given name is seldom left out."""
        return self.weight * (_GIVEN_LACKING if self.is_given else 1.0)


def similarity(a: str, b: str) -> NameSimilarity:
    """How alike two written names are, whatever their scripts, spellings and order of tokens; symmetric.

    Costs about 100 µs for names not seen before.
    """
    left, right = _parts(a), _parts(b)
    if not any(p.kind is TokenKind.NAME for p in left) or not any(p.kind is TokenKind.NAME for p in right):
        return NameSimilarity(0.0, (NameReason.NO_NAME,))
    best = _compare(left, right)
    for one, other, is_turned in ((left, right, False), (right, left, True)):
        if len(one) <= len(other) or best.score > 0.97:
            continue
        for place in range(len(one) - 1):
            joined = _join(one, place)
            tried = _compare(other, joined) if is_turned else _compare(joined, other)
            if tried.score - _JOINED > best.score:
                best = NameSimilarity(tried.score - _JOINED, (*tried.reasons, NameReason.JOINED_OR_SPLIT))
    if best.score <= _DIVIDED_BELOW:
        best = max((best, *_divided(left, right), *_divided(right, left)), key=lambda tried: tried.score)
    reasons = set(best.reasons)
    if is_arabic(a) != is_arabic(b):
        reasons.add(NameReason.OTHER_SCRIPT)
    return NameSimilarity(round(best.score, 6), tuple(reason for reason in NameReason if reason in reasons))


@lru_cache(maxsize=1 << 16)
def _parts(text: str) -> tuple[_Part, ...]:
    found: list[tuple[NameToken, bool]] = []
    for token in tokens(text):
        if found and token.folded in SURNAME_ENDINGS:
            found[-1] = (found[-1][0], True)
        if token.kind in _WEIGHTS and token.skeleton and all(token.folded != known.folded for known, _ in found):
            found.append((token, is_surname_form(token.folded)))
    parts: list[_Part] = []
    has_given = False
    for token, is_surname in found:
        is_common = token.kind is TokenKind.NAME and token.skeleton in COMMON_SKELETONS
        weight, is_given = _WEIGHTS[token.kind], False
        if token.kind is TokenKind.NAME:
            is_given = not is_common and not has_given and not is_surname
            weight *= (_COMMON_LATER if has_given else _COMMON) if is_common else 1.0 if is_given else _LATER
            has_given = has_given or is_given
        parts.append(_Part(token.folded, token.skeleton, token.kind, weight, is_common, is_given))
    return tuple(parts[:_MOST_TOKENS])


def _join(parts: tuple[_Part, ...], place: int) -> tuple[_Part, ...]:
    one, two = parts[place], parts[place + 1]
    joined = _Part(
        one.folded + two.folded,
        one.skeleton + two.skeleton,
        TokenKind.NAME,
        max(one.weight, two.weight),
        is_common=False,
    )
    return (*parts[:place], joined, *parts[place + 2 :])


def _divided(one: tuple[_Part, ...], other: tuple[_Part, ...]) -> Iterator[NameSimilarity]:
    """How alike they are where a word of `one` is two that ran together."""
    for place, part in enumerate(one):
        for pieces in _pieces(part, other):
            tried = _compare((*one[:place], *pieces, *one[place + 1 :])[:_MOST_TOKENS], other)
            yield NameSimilarity(tried.score - _JOINED, (*tried.reasons, NameReason.JOINED_OR_SPLIT))


def _pieces(part: _Part, others: tuple[_Part, ...]) -> Iterator[tuple[_Part, _Part]]:
    """A long word as two, where its beginning or its end is a name of the other side ("Beispielzaikarim")."""
    text = part.folded
    if part.kind is not TokenKind.NAME or len(text) < _LEAST_JOINED:
        return
    for place in range(_LEAST_PIECE, len(text) - _LEAST_PIECE + 1):
        head, tail = text[:place], text[place:]
        if is_head := _is_one_of(head, others):
            yield _piece(head, part, is_known=True), _piece(tail, part, is_known=False)
        if not is_head and _is_one_of(tail, others):
            yield _piece(head, part, is_known=False), _piece(tail, part, is_known=True)


def _is_one_of(piece: str, others: tuple[_Part, ...]) -> bool:
    key = skeleton_of(sound_of(piece))
    return any(
        other.kind is TokenKind.NAME
        and key == other.skeleton
        and len(other.folded) >= _LEAST_PIECE
        and word_similarity(piece, other.folded) >= _PIECE_ALIKE
        for other in others
    )


def _piece(text: str, part: _Part, *, is_known: bool) -> _Part:
    key, is_surname = skeleton_of(sound_of(text)), is_surname_form(text)
    weight = _LATER if is_surname else part.weight
    is_given = part.is_given and is_known and not is_surname
    return _Part(text, key, TokenKind.NAME, weight, is_common=key in COMMON_SKELETONS, is_given=is_given)


def _alike(a: _Part, b: _Part) -> float:
    if a.folded == b.folded:
        return 1.0
    if TokenKind.INITIAL in (a.kind, b.kind):
        return 0.8 if a.skeleton[:1] == b.skeleton[:1] else 0.0
    if a.kind is not b.kind and TokenKind.HONORIFIC in (a.kind, b.kind):
        return word_similarity(a.folded, b.folded) * 0.9
    return word_similarity(a.folded, b.folded)


def _pairing(grid: list[list[float]], weights: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs of rows and columns with the greatest weighed likeness, each used once; rows <= columns."""
    rows, columns = len(grid), len(grid[0])
    worth = [
        [grid[i][j] * weights[i][j] if grid[i][j] >= _ALIKE else 0.0 for j in range(columns)] for i in range(rows)
    ]
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    for order in permutations(range(columns), rows):
        total = sum(worth[i][j] for i, j in enumerate(order))
        if total > best[0] + 1e-12:
            best = (total, order)
    return [(i, j) for i, j in enumerate(best[1]) if worth[i][j] > 0]


def _compare(left: tuple[_Part, ...], right: tuple[_Part, ...]) -> NameSimilarity:
    if len(left) > len(right):
        left, right = right, left
    grid = [[_alike(a, b) * (1.0 if a.is_given == b.is_given else _OTHER_PLACE) for b in right] for a in left]
    weights = [[(a.weight + b.weight) / 2 for b in right] for a in left]
    pairs = _pairing(grid, weights)
    agreed = sum(weights[i][j] * grid[i][j] for i, j in pairs)
    shared = sum(weights[i][j] for i, j in pairs)
    left_over = sum(p.loss for i, p in enumerate(left) if i not in {i for i, _ in pairs})
    right_over = sum(p.loss for j, p in enumerate(right) if j not in {j for _, j in pairs})
    differs, lacks = min(left_over, right_over), abs(left_over - right_over)
    score = agreed / (shared + differs + _MISSING * lacks) if shared else 0.0
    return NameSimilarity(score, tuple(_reasons(left, right, pairs, grid, differs=differs, lacks=lacks)))


def _tells_little(part: _Part) -> bool:
    return part.is_common or part.kind is not TokenKind.NAME


def _reasons(
    left: tuple[_Part, ...],
    right: tuple[_Part, ...],
    pairs: list[tuple[int, int]],
    grid: list[list[float]],
    *,
    differs: float,
    lacks: float,
) -> set[NameReason]:
    found: set[NameReason] = set()
    for i, j in pairs:
        if left[i].folded == right[j].folded:
            found.add(NameReason.SAME_TEXT)
        elif TokenKind.INITIAL in (left[i].kind, right[j].kind):
            found.add(NameReason.INITIAL_ONLY)
        else:
            found.add(NameReason.SAME_SOUND if grid[i][j] > 0.85 else NameReason.NEAR_SPELLING)
    if [j for _, j in pairs] != sorted(j for _, j in pairs):
        found.add(NameReason.OTHER_ORDER)
    if differs > 0.3:
        found.add(NameReason.PART_DIFFERS)
    if lacks > 0.3:
        found.add(NameReason.PART_MISSING)
    if pairs and all(_tells_little(left[i]) or _tells_little(right[j]) for i, j in pairs):
        found.add(NameReason.COMMON_ONLY)
    return found
