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
_LACKED = {
    EvidenceField.NAME: "a name of their own",
    EvidenceField.SURNAME: "a further name (a surname)",
    EvidenceField.FATHER: "the father's name",
    EvidenceField.BIRTH: "a birth date or an age",
    EvidenceField.PASSPORT: "a passport",
    EvidenceField.TAZKIRA: "a tazkira",
    EvidenceField.PHONE: "a phone",
    EvidenceField.SEX: "the sex",
    EvidenceField.PLACE: "a place",
}
_LEANS_SAME = "; so it is more often of one person whom a list tells of in brief than of two"
_LEANS_OTHER = "; so it is more often of two people than of one"
_TOLD = {
    "equal": "are equal",
    "differ": "differ",
    "agree": "agree",
    "conflict": "conflict",
    "near": "are nearly the same: a spelling, or a slip of the pen",
    "a little alike": "are only a little alike",
    "differ by a final a": "differ by a final a, as a man's and a woman's do (Karim, Karima)",
    "sound alike": "are written otherwise and sound alike",
    "sound alike across scripts": "sound alike, one in Latin letters and one in those of Dari and Pashto",
    "in another order": "have the same words in another order",
    "joined or split": "sound nearly the same once gaps and the order of their words are left out",
    "one word in common": "have one word in common",
    "single name met elsewhere": "agree as far as one goes: it is a single word, and stands in the other",
    "both missing": "are not their own in either list",
    "named by one relative": "only say whose relative they are, and it is the same one",
    "named by other relatives": "only say whose relative they are, and these have different names",
    "named by the other's father": "tell that one is called by the father or husband of the other",
    "exchanged with the father's": "agree if name and father's name were exchanged in one list",
    "is the other's father": "tell that one of them is the other's father",
    "one agrees, another conflicts": "agree in one word and conflict in another",
    "common part only": "agree only in a part that many share (Mohammad, Abdul)",
    "same day": "are the same day",
    "day and month swapped": "are the same if day and month were exchanged",
    "one part differs": "are the same but for the day, the month or the year",
    "same year, other day": "are of the same year, and another day",
    "can be the same": "can be the same: one of them, or both, are not exact",
    "within a year": "are within a year of each other",
    "within three years": "are within three years of each other",
    "within ten years": "are within ten years of each other",
    "further apart": "are more than ten years apart",
    "one slip": "differ in one figure, or in two that were exchanged",
    "neighbouring numbers": "follow each other, as numbers given to one family do",
    "equal, few share it": "are the same, and at most six families or single rows of the lists give it",
    "equal, some share it": "are the same, and seven to fifteen families or single rows of the lists give it",
    "equal, many share it": "are the same, but more than fifteen families or rows give it: a hotel's, a helper's",
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
    return Evidence(field, level_code(name), weight, _words(field, name, weight))


@lru_cache(maxsize=20_000)
def _prior(weight: float, rival: int) -> Evidence:
    if weight > 0:
        words = "What stands around them, their families and whom else they could be, speaks for one person."
    elif rival == HOUSEHOLD:
        words = "The start, before their own facts: two who stand so near each other are mostly two people."
    else:
        words = "The start, before their own facts: two listings taken by chance are hardly ever one person."
    return Evidence(EvidenceField.PRIOR, "household" if rival == HOUSEHOLD else "unrelated", weight, words)


def _words(field: EvidenceField, level: str, weight: float = 0.0) -> str:
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
    if level.startswith("missing"):
        lean = "" if abs(weight) < _HALF_A_BIT else _LEANS_SAME if weight > 0 else _LEANS_OTHER
        return f"At most one of the two lists states {_LACKED[field]}{lean}."
    told = _TOLD.get(level.removesuffix(", name alike"))
    return f"{_SUBJECT[field]} {told}." if told else f"{_SUBJECT[field]}: {level}."
