"""Why two listings are linked or not, in words and in bits: no names, no numbers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.compare import Compared
from safepassage.core.identity.features import Floats
from safepassage.core.identity.levels import AT, FIELDS, LEVELS
from safepassage.core.identity.values import Evidence, EvidenceField
from safepassage.core.identity.weights import HOUSEHOLD, SAME, UNRELATED, Weights

_SUBJECT = {
    EvidenceField.NAME: "The names",
    EvidenceField.SURNAME: "The further names",
    EvidenceField.FATHER: "The fathers' names",
    EvidenceField.BIRTH: "The birth dates",
    EvidenceField.PASSPORT: "The passport numbers",
    EvidenceField.TAZKIRA: "The tazkira numbers",
    EvidenceField.PHONE: "The phones",
    EvidenceField.SEX: "The stated sexes",
    EvidenceField.PLACE: "The places",
}
_OF_HOUSEHOLD = (
    EvidenceField.PHONE,
    EvidenceField.FATHER,
    EvidenceField.SURNAME,
    EvidenceField.PLACE,
    EvidenceField.LIST,
)
_HALF_A_BIT = 0.5
_ROLE = ("not stated", "head", "spouse", "child", "parent", "sibling", "other relative")


def evidence_of(weights: Weights, compared: Compared, chances: npt.NDArray[np.float32]) -> list[tuple[Evidence, ...]]:
    """The reasons for each pair, heaviest first; what is left (priors, competition, family) stands as `family`.

    Each fact is weighed against the likelier of the two other hypotheses, household or unrelated.
    """
    against = np.where(chances[:, HOUSEHOLD] >= chances[:, UNRELATED], HOUSEHOLD, UNRELATED)
    rows = np.arange(len(against))
    bits: list[Floats] = []
    for at in range(len(FIELDS)):
        part = weights.of_field(at, compared)
        bits.append((part[:, SAME] - part[rows, against]).astype(np.float64))
    table = np.round(np.stack(bits, axis=1), 1)
    same = np.clip(chances[:, SAME].astype(np.float64), 1e-7, 1 - 1e-7)
    rest = np.round(np.log2(same / (1 - same)) - table.sum(axis=1), 1)
    found = []
    for levels, row, left, rival in zip(
        compared.levels.tolist(), table.tolist(), rest.tolist(), against.tolist(), strict=True
    ):
        reasons = [
            _evidence(field, level, weight)
            for field, level, weight in zip(FIELDS, levels, row, strict=True)
            if abs(weight) >= 0.1
        ]
        reasons.sort(key=lambda reason: (-abs(reason.weight), reason.field))
        found.append((*reasons, _prior(left, rival)))
    return found


def shared_of(weights: Weights, compared: Compared) -> list[tuple[Evidence, ...]]:
    """What the two of each pair share that members of one household do, in bits against strangers, heaviest first."""
    bits = [weights.of_field(AT[field], compared) for field in _OF_HOUSEHOLD]
    table = np.round(np.stack([one[:, HOUSEHOLD] - one[:, UNRELATED] for one in bits], axis=1).astype(np.float64), 1)
    levels = compared.levels[:, [AT[field] for field in _OF_HOUSEHOLD]]
    found = []
    for shown, row in zip(levels.tolist(), table.tolist(), strict=True):
        reasons = [
            _evidence(field, level, weight)
            for field, level, weight in zip(_OF_HOUSEHOLD, shown, row, strict=True)
            if weight >= _HALF_A_BIT and not LEVELS[field][level].startswith("missing")
        ]
        found.append(tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.field))))
    return found


def level_code(name: str) -> str:
    """The code of a level by its name in `LEVELS`, as evidence carries it."""
    return name.replace(", ", "-").replace(" ", "-")


@lru_cache(maxsize=20_000)
def _evidence(field: EvidenceField, level: int, weight: float) -> Evidence:
    name = LEVELS[field][level]
    return Evidence(field, level_code(name), weight, _words(field, name))


@lru_cache(maxsize=20_000)
def _prior(weight: float, rival: int) -> Evidence:
    words = (
        "Before their own facts are compared: how often two members of one household turn out to be one person."
        if rival == HOUSEHOLD
        else "Before their own facts are compared: how rarely two listings are one person."
    )
    return Evidence(EvidenceField.PRIOR, "household" if rival == HOUSEHOLD else "unrelated", weight, words)


def _words(field: EvidenceField, level: str) -> str:
    if field is EvidenceField.LIST:
        return {
            "same list, one phone": "They stand in one list, in no group, under one phone: mostly two of a family.",
            "other list": "They stand in two different lists.",
            "same list": "They stand in one list, in different groups.",
            "same group": "They stand in one group of one list, which hardly ever names a person twice.",
        }[level]
    if field is EvidenceField.RELATION:
        a, b = (_ROLE[int(role)] for role in level.partition(",")[0].split("-"))
        return f"Relation to the head: {a} in both." if a == b else f"Relation to the head: {a} and {b}."
    subject = _SUBJECT[field]
    if level.startswith("missing"):
        return f"{subject} can't be compared: one is missing."
    verb = {"equal": "are equal", "differ": "differ", "agree": "agree", "conflict": "conflict"}.get(level)
    return f"{subject} {verb}." if verb else f"{subject}: {level}."
