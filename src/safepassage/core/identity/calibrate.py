"""From what the evidence sums up to, to how often such pairs are one person.

Facts are not quite independent: taken at face value, evidence is overstated at its ends. How much a bit counts was
chosen once, looking at the truth of both development sets, a generated one and the example, which all want .7 to .9
(inside families, for listings that stand alone, and between strangers' groups). Their own calibration error is
therefore flattered.

Once people have judged enough pairs of an operation, what they said takes over, kind of evidence by kind of evidence:
isotonic regression of the verdicts on the probability by that figure (Barlow and others 1972). It never changes
which of two uncertain pairs with the same kind of evidence is the likelier. The figure stands where nobody judged,
and for kinds of which the judgements come no closer to verdicts that they were not learnt from.
Certain links keep it: they are in no question, and samples drawn of them prove how often they are right.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression

from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.compare import Compared
from safepassage.core.identity.family import Weighed
from safepassage.core.identity.features import Flags, Floats, Ints
from safepassage.core.identity.judged import Judged
from safepassage.core.identity.levels import AT
from safepassage.core.identity.sound import is_sound
from safepassage.core.identity.values import Calibration, EvidenceField, EvidenceKind, IdentitySettings, Stratum
from safepassage.core.identity.weights import SAME, Floats32

SLOPE = 0.8
"""What a bit of evidence counts."""
ENOUGH = 500
"""Judged pairs of one kind of evidence from which on they are learnt from, if either verdict has `ENOUGH_OF_EACH`."""
ENOUGH_OF_EACH = 50
KINDS = tuple(EvidenceKind)

_LEAST = 1e-8
_BELIEF = 800
"""Judged pairs that the figure counts as, evenly over the bits. They hold the ends, where few pairs are judged,
and stand against luck: pairs of one family are answered together and are right or wrong together."""
_BELIEVED = 1 / (1 + np.exp2(-np.linspace(-10.0, 10.0, 41)))
_DIGITS = 6
_PARTS, _SURE = 5, 1.645
"""Parts of the families, each of which tests what the others teach; standard errors by which it has to be better."""

Numbers = npt.NDArray[np.int64]


def settled(weighed: Weighed, calibration: Calibration | None, settings: IdentitySettings) -> tuple[Weighed, Flags]:
    """Pairs with the three probabilities set right, and which of them are certain.

    Certain are sound links that are likely enough by the figure, which stands for them. Others go by the operation's
    own calibration, if there is one and it knows their kind of evidence, else by the figure as well.
    """
    same = by_figure(weighed.chances)
    is_certain = _are_certain(weighed, same, settings)
    if calibration is not None and calibration.strata:
        kinds = kinds_of(weighed.compared)
        for stratum in calibration.strata:
            at = np.flatnonzero((kinds == KINDS.index(stratum.kind)) & ~is_certain)
            same[at] = np.interp(same[at], *np.array(stratum.knots).T)
    chances = weighed.chances.copy()
    chances[:, SAME] = same
    rest = np.maximum(1 - weighed.chances[:, SAME], np.float32(_LEAST))
    chances[:, SAME + 1 :] *= ((1 - chances[:, SAME]) / rest)[:, None]
    return Weighed(weighed.pairs, weighed.compared, chances, weighed.family), is_certain


def _are_certain(weighed: Weighed, same: Floats, settings: IdentitySettings) -> Flags:
    is_likely = same.astype(np.float32) >= settings.certain_from
    return np.asarray(is_likely & is_sound(weighed.compared, weighed.family))


def by_figure(chances: Floats32) -> Floats:
    """The probability of one person by what a bit of evidence counts."""
    same = np.clip(chances[:, SAME].astype(np.float64), _LEAST, 1 - _LEAST)
    bits = SLOPE * np.log2(same / (1 - same))
    return np.asarray(1 / (1 + np.exp2(-bits)))


def kinds_of(compared: Compared) -> Numbers:
    """The place in `KINDS` of what each pair can be told by: documents that both state, else births, else names."""
    levels = compared.levels
    documents = levels[:, [AT[EvidenceField.PASSPORT], AT[EvidenceField.TAZKIRA]]].any(axis=1)
    births = levels[:, AT[EvidenceField.BIRTH]] > 0
    at = {kind: place for place, kind in enumerate(KINDS)}
    found = np.where(births, at[EvidenceKind.DATE], at[EvidenceKind.NAME_ONLY])
    return np.where(documents, at[EvidenceKind.DOCUMENT], found).astype(np.int64)


def calibration_of(weighed: Weighed, judged: Judged, unit: Ints, settings: IdentitySettings) -> Calibration | None:
    """What the judgements on these pairs teach, which are not yet set right; None where too few were judged.

    Pairs that are not certain and at least as likely as `review_from` are all shown in questions, so that those which
    people came to are drawn from them whatever the answer. All else is left out: certain links, which are checked by
    samples of their own; less likely pairs, which somebody came upon; who was kept apart in confidence.

    `unit` says with whom each listing stands: pairs of one family are answered together.
    """
    listings = len(unit)
    verdicts = dict.fromkeys(set(judged.apart) - judged.hidden, False) | dict.fromkeys(judged.together, True)
    if len(verdicts) < ENOUGH or not len(weighed.pairs):
        return None
    known = weighed.pairs[:, 0] * listings + weighed.pairs[:, 1]
    codes = np.array([a * listings + b for a, b in verdicts], np.int64)
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    right = np.fromiter(verdicts.values(), np.bool_, len(codes))[known[at] == codes]
    at = at[known[at] == codes]
    some = Weighed(weighed.pairs[at], weighed.compared.taken(at), weighed.chances[at], weighed.family[at])
    stated = by_figure(some.chances)
    asked = np.flatnonzero((stated >= settings.review_from) & ~_are_certain(some, stated, settings))
    families = _families(unit, some.pairs[asked])
    return learn_calibration(some.chances[asked], some.compared.taken(asked), right[asked], families)


def _families(unit: Ints, pairs: Numbers) -> Numbers:
    """For each pair the number of the family that it is of: units that pairs join, lone listings being units too."""
    of = np.where(unit >= 0, unit, np.arange(len(unit)) + int(unit.max(initial=0)) + 1)[pairs]
    forest = Forest()
    for one, other in of.tolist():
        forest.join(one, other)
    return np.fromiter((forest.root(one) for one in of[:, 0].tolist()), np.int64, len(of))


def learn_calibration(chances: Floats32, compared: Compared, right: Flags, families: Numbers) -> Calibration | None:
    """What people's verdicts teach: `right` where a pair is one person. None where too few were judged.

    It is taken only where it comes closer than the figure to verdicts that it has not seen, family by family.
    """
    stated = by_figure(chances)
    kinds = kinds_of(compared)
    strata = []
    for place, kind in enumerate(KINDS):
        at = np.flatnonzero(kinds == place)
        same = int(right[at].sum())
        is_enough = len(at) >= ENOUGH and min(same, len(at) - same) >= ENOUGH_OF_EACH
        if is_enough and _comes_closer(stated[at], right[at], families[at]):
            strata.append(Stratum(kind, len(at), same, _knots(stated[at], right[at])))
    return Calibration(tuple(strata)) if strata else None


def _comes_closer(stated: Floats, right: Flags, families: Numbers) -> bool:
    """Whether what is learnt from four fifths of the families is closer to the verdicts on the last fifth.

    By squared errors (Brier 1950), added up for each family, since verdicts on one hang together; a gain that luck
    alone would bring in more than one of twenty cases is none.
    """
    _, family = np.unique(families, return_inverse=True)
    gain = np.zeros(len(stated))
    for part in range(_PARTS):
        held = family % _PARTS == part
        found = np.interp(stated[held], *np.array(_knots(stated[~held], right[~held])).T)
        gain[held] = (stated[held] - right[held]) ** 2 - (found - right[held]) ** 2
    by_family = np.bincount(family, weights=gain)
    return bool(by_family.sum() > _SURE * np.sqrt((by_family**2).sum()))


def _knots(stated: Floats, right: Flags) -> tuple[tuple[float, float], ...]:
    """(stated, found) at the middle of each stretch on which the regression is level; straight lines between."""
    x = np.concatenate((stated, _BELIEVED))
    y = np.concatenate((right.astype(np.float64), _BELIEVED))
    weight = np.concatenate((np.ones(len(stated)), np.full(len(_BELIEVED), _BELIEF / len(_BELIEVED))))
    order = np.argsort(x, kind="stable")
    x, y, weight = x[order], y[order], weight[order]
    distinct, of = np.unique(x, return_inverse=True)  # who is stated alike is found alike
    total = np.bincount(of, weights=weight)
    fitted = isotonic_regression(np.bincount(of, weights=weight * y) / total, weights=total)
    ends = fitted.blocks
    knots = [(0.0, 0.0)]
    for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        middle = float(np.average(distinct[start:end], weights=total[start:end]))
        knots.append((round(middle, _DIGITS), round(float(fitted.x[start]), _DIGITS)))
    return (*knots, (1.0, 1.0))
