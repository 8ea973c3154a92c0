"""Probabilities by the figure, and by people's judgements once there are enough of a kind."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.identity.adapter import read_listings
from benchmarks.identity.invent import COLUMNS, invent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from safepassage.core.identity import IdentitySettings, Judgement, JudgementVerdict, Parameters, calibrate, resolve
from safepassage.core.identity.arrivals import Standing
from safepassage.core.identity.calibrate import (
    ENOUGH,
    ENOUGH_OF_EACH,
    by_figure,
    calibration_of,
    kinds_of,
    learn_calibration,
    settled,
)
from safepassage.core.identity.compare import Compared
from safepassage.core.identity.family import Weighed
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.judged import Judged
from safepassage.core.identity.levels import AT
from safepassage.core.identity.values import Calibration, EvidenceField, EvidenceKind, Stratum
from safepassage.core.identity.weigh import weigh
from safepassage.core.people import Listing
from tests.core.identity.people import judged

DATE, NAME_ONLY, DOCUMENT = EvidenceKind.DATE, EvidenceKind.NAME_ONLY, EvidenceKind.DOCUMENT
SETTINGS = IdentitySettings()


def chances_of(same) -> np.ndarray:
    same = np.asarray(same, np.float32)
    return np.stack((same, (1 - same) / 4, 3 * (1 - same) / 4), axis=1)


def compared_by(*kinds: EvidenceKind) -> Compared:
    made = Compared.room_for(len(kinds))
    for at, kind in enumerate(kinds):
        made.levels[at, AT[EvidenceField.NAME]] = 7
        if kind is not NAME_ONLY:
            made.levels[at, AT[EvidenceField.BIRTH]] = 1
        if kind is DOCUMENT:
            made.levels[at, AT[EvidenceField.TAZKIRA]] = 4
    return made


def calibrated(chances, compared, calibration=None) -> np.ndarray:
    """Of pairs that are not sound, so that none of them is certain."""
    compared.levels[:, AT[EvidenceField.FATHER]] = 1
    pairs = np.zeros((len(chances), 2), np.int64)
    none = np.zeros(len(chances), np.float32)
    after, is_certain = settled(Weighed(pairs, compared, chances, none), calibration, SETTINGS)
    assert not is_certain.any()
    return after.chances


def learnt(stated, right, kind=DATE) -> Calibration | None:
    families = np.arange(len(stated)) // 2
    compared = compared_by(*[kind] * len(stated))
    return learn_calibration(chances_of(stated), compared, np.asarray(right, np.bool_), families)


def weighed_of(stated, kinds) -> Weighed:
    pairs = np.array([(2 * at, 2 * at + 1) for at in range(len(stated))], np.int64)
    return Weighed(pairs, compared_by(*kinds), chances_of(stated), np.ones(len(stated), np.float32))


def test_kinds_of_evidence_are_documents_then_births_then_names():
    kinds = kinds_of(compared_by(DOCUMENT, DATE, NAME_ONLY))
    assert [calibrate.KINDS[at] for at in kinds.tolist()] == [DOCUMENT, DATE, NAME_ONLY]


def test_without_judgements_the_figure_stands_and_the_three_add_up_to_one():
    chances = chances_of([0.02, 0.5, 0.9, 0.9999])
    found = calibrated(chances, compared_by(*[DATE] * 4))
    assert found[0, 0] > 0.02  # what speaks against a pair is overstated
    assert found[2, 0] < 0.9  # and what speaks for it
    assert found[:, 0] == pytest.approx(by_figure(chances), abs=1e-6)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert found[:, 2] / found[:, 1] == pytest.approx(3, abs=1e-3)


@pytest.mark.parametrize(
    ("count", "same"),
    [(ENOUGH - 1, ENOUGH // 2), (ENOUGH, ENOUGH_OF_EACH - 1), (ENOUGH, ENOUGH - ENOUGH_OF_EACH + 1)],
)
def test_too_few_judgements_or_too_few_of_one_verdict_teach_nothing(count, same):
    assert learnt(np.linspace(0.1, 0.99, count), np.arange(count) < same) is None


def test_a_kind_of_which_enough_was_judged_is_set_right_and_others_stay():
    rng = np.random.default_rng(3)
    stated = rng.uniform(0.05, 0.99, 6000)
    right = rng.random(6000) < by_figure(chances_of(stated)) ** 2  # people find fewer than the figure says
    calibration = learnt(stated, right)
    assert calibration is not None
    (stratum,) = calibration.strata
    assert (stratum.kind, stratum.judged, stratum.same) == (DATE, 6000, int(right.sum()))
    probe = chances_of([0.6, 0.8, 0.9])
    wanted = by_figure(probe) ** 2
    found = calibrated(probe, compared_by(*[DATE] * 3), calibration)
    assert found[:, 0] == pytest.approx(wanted, abs=0.08)
    others = calibrated(probe, compared_by(NAME_ONLY, DOCUMENT, NAME_ONLY), calibration)
    assert others[:, 0] == pytest.approx(by_figure(probe), abs=1e-6)
    assert found.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_what_comes_no_closer_than_the_figure_is_not_taken():
    rng = np.random.default_rng(4)
    stated = rng.uniform(0.05, 0.99, 3000)
    right = rng.random(3000) < by_figure(chances_of(stated))  # people find what the figure says
    assert learnt(stated, right) is None


def test_families_that_are_answered_alike_count_as_one_each():
    stated = np.full(1200, 0.8)
    right = np.arange(1200) >= 500
    compared = compared_by(*[DATE] * 1200)
    many = learn_calibration(chances_of(stated), compared, right, np.arange(1200))
    few = learn_calibration(chances_of(stated), compared, right, np.arange(1200) // 400)
    assert many is not None
    assert few is None


def test_where_nobody_judged_the_figure_stays_near():
    calibration = learnt(np.full(1000, 0.7), np.arange(1000) % 2 == 0)
    ends = chances_of([0.003, 0.99999])
    found = calibrated(ends, compared_by(DATE, DATE), calibration)
    assert found[:, 0] == pytest.approx(by_figure(ends), abs=0.002)


@given(st.lists(st.tuples(st.floats(0.01, 0.999), st.booleans()), min_size=0, max_size=80), st.integers(0, 50))
def test_the_likelier_of_two_pairs_of_a_kind_stays_so_whatever_people_say(some, seed):
    rng = np.random.default_rng(seed)
    stated = np.concatenate((rng.uniform(0.01, 0.99, ENOUGH), [p for p, _ in some]))
    right = np.concatenate((np.arange(ENOUGH) % 4 == 0, [bool(one) for _, one in some]))
    calibration = learnt(stated, right)
    probe = np.sort(rng.uniform(1e-4, 1 - 1e-4, 300))
    found = calibrated(chances_of(probe), compared_by(*[DATE] * 300), calibration)[:, 0]
    assert (np.diff(found) >= -1e-6).all()
    assert (found >= 0).all()
    assert (found <= 1).all()


@pytest.mark.parametrize("found", [0.9, 0.9999])
def test_certain_links_keep_the_figure_and_no_other_becomes_certain(found):
    weighed = weighed_of([0.98, 0.99999], [DATE, DATE])
    before, certain = settled(weighed, None, SETTINGS)
    assert certain.tolist() == [False, True]
    taught = Calibration((Stratum(DATE, 900, 400, ((0.0, 0.0), (0.5, found), (1.0, found))),))
    after, certain = settled(weighed, taught, SETTINGS)
    assert after.chances[0, 0] == pytest.approx(found)
    assert after.chances[1, 0] == before.chances[1, 0]
    assert certain.tolist() == [False, True]


def test_what_was_not_asked_or_was_kept_apart_in_confidence_teaches_nothing():
    count = 3 * ENOUGH
    stated = np.full(count, 0.8)
    weighed = weighed_of(stated, [DATE] * count)
    listings = 2 * count
    pairs = [tuple(pair) for pair in weighed.pairs.tolist()]
    half = count // 2

    def taught(**change):
        said = Judged(tuple(pairs[:half]), tuple(pairs[half:]), frozenset(), frozenset(), ())
        return calibration_of(weighed, replace(said, **change), np.full(listings, -1, np.int32), SETTINGS)

    assert taught().strata[0].judged == count
    assert taught(hidden=frozenset(pairs[half : half + 100])).strata[0].judged == count - 100
    assert taught(hidden=frozenset(pairs[half:])) is None
    assert taught(apart=(*pairs[half:], (1, 2), (7, 90))).strata[0].judged == count  # pairs that were never compared
    weighed = weighed_of(np.where(np.arange(count) % 2 == 0, 0.8, 0.005), [DATE] * count)
    assert taught().strata[0].judged == half
    weighed = weighed_of(np.where(np.arange(count) % 2 == 0, 0.8, 0.99999), [DATE] * count)
    assert taught().strata[0].judged == half  # certain links are checked by samples
    weighed.compared.levels[:, AT[EvidenceField.FATHER]] = 1  # another father: none of them is sound, all are asked
    assert taught().strata[0].judged == count


@pytest.fixture
def few_are_enough(monkeypatch):
    monkeypatch.setattr(calibrate, "ENOUGH", 6)
    monkeypatch.setattr(calibrate, "ENOUGH_OF_EACH", 2)


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> list[Listing]:
    path = tmp_path_factory.mktemp("set") / "invented.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(invent(700, seed=3))
    return read_listings(path)


@pytest.fixture(scope="module")
def answers(people) -> list[Judgement]:
    """Every second uncertain pair is one person, whatever the program holds of it."""
    of = {one.id: one for one in people}
    pairs = [link for link in resolve(people).links if not link.is_certain]
    verdicts = [JudgementVerdict.SAME if at % 2 else JudgementVerdict.DIFFERENT for at in range(len(pairs))]
    return [judged(of[x.left], of[x.right], verdict) for x, verdict in zip(pairs, verdicts, strict=True)]


def test_a_version_that_learnt_from_judgements_keeps_what_they_taught(people, answers, few_are_enough):
    assert len(answers) > 20
    plain, taught = resolve(people), resolve(people, judgements=answers)
    assert plain.parameters.calibration is None
    assert taught.parameters.calibration is not None
    assert taught.parameters.version != plain.parameters.version
    stored = TypeAdapter(Parameters)
    assert stored.validate_python(stored.dump_python(taught.parameters, mode="json")) == taught.parameters
    frozen = weigh(people, (), SETTINGS, taught.parameters, lambda *_: None)
    assert frozen.calibration == taught.parameters.calibration
    again = resolve(people, parameters=taught.parameters)
    assert again.parameters.version == taught.parameters.version
    chance = {(link.left, link.right): link.probability for link in again.links}
    before = {(link.left, link.right): link.probability for link in plain.links}
    assert any(abs(before[pair] - chance.get(pair, 0.0)) > 0.01 for pair in before)
    asked = {(one.left, one.right) for one in answers}
    certain = {(link.left, link.right): link for link in plain.links if link.is_certain}
    assert all(again_link.is_certain for again_link in again.links if (again_link.left, again_link.right) in certain)
    assert not any(link.is_certain for link in again.links if (link.left, link.right) in asked)


def test_who_arrives_is_told_by_what_judgements_taught(people, answers, few_are_enough):
    taught = resolve(people, judgements=answers).parameters
    plain = replace(taught, calibration=None)
    alone = [one for one in people if one.group is None]
    kept = [one for one in people if one.group is not None]
    told, untold = (
        [
            (partner.other, partner.probability)
            for one in alone
            for partner in Standing(columns_of(kept, version.habits), version).partners([one])
        ]
        for version in (taught, plain)
    )
    assert {other for other, _ in told} == {other for other, _ in untold}
    assert sorted(told) != sorted(untold)


def test_judgements_that_come_later_change_no_pair_under_a_frozen_version(people, answers, few_are_enough):
    version = resolve(people).parameters
    run = weigh(people, answers, SETTINGS, version, lambda *_: None)
    assert run.calibration is None
    assert (run.weighed.chances == weigh(people, (), SETTINGS, version, lambda *_: None).weighed.chances).all()


def test_withdrawn_judgements_leave_all_as_it_was(people, answers, few_are_enough):
    withdrawn = [replace(one, withdrawn_at=one.at, withdrawn_by="adjudicator") for one in answers]
    assert resolve(people, judgements=withdrawn).parameters == resolve(people).parameters
