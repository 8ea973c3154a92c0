"""The matcher as a chain of Spark stages, each kept in a folder; it decides as `core.identity.resolve` decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from safepassage.core.identity.habits import Habits
from safepassage.core.identity.judged import Judged, sort_judgements
from safepassage.core.identity.values import Alarm, IdentitySettings, Judgement, Parameters
from safepassage.spark.blocks import FOUND, KEYS, keys_of, pairs_of_keys, second_keys_of
from safepassage.spark.facts import FACTS, LONE, READ, read_batches
from safepassage.spark.listings import LISTINGS
from safepassage.spark.pairs import LINKED, WEIGHED, compared, copies, linked, passed
from safepassage.spark.parts import Frame, Session, whole
from safepassage.spark.people import EDGES, PEOPLE, people_of, stars

_LARGEST_HOUSEHOLD = 12
"""As `core.identity.units` has it: more rows under one phone are a fixer's."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What Spark makes of all listings.

    `people` holds (id, cluster, certain): for each listing the first id of its cluster and of what certain links hold
    together. `links` holds (left, right, probability, household, is_certain) from `review_from` on. Both read the
    work folder when they are asked for. `alarms` are about judgements.
    """

    people: Frame
    links: Frame
    alarms: tuple[Alarm, ...]


def resolve_on_spark(
    session: Session,
    listings: Frame,
    parameters: Parameters,
    folder: Path | str,
    *,
    judgements: Sequence[Judgement] = (),
    settings: IdentitySettings = IdentitySettings(),  # noqa: B008 (frozen)
    rows_at_once: int = 50_000,
    tell: Callable[[str], None] = lambda _what: None,
) -> Resolved:
    """Says which listings are one person, as `core.identity.resolve` does under the same frozen parameters.

    Args:
        session: A Spark session (`local_session`, or the cluster's).
        listings: A frame of the columns `LISTINGS`; its order never changes the answer.
        parameters: A frozen version with its habits: nothing is learnt here.
        folder: Where all executors can write and read; stages are kept in it, names in clear. Empty it afterwards.
        judgements: All judgements, withdrawn ones included.
        settings: Costs and caps.
        rows_at_once: About so many listings are held by one task.
        tell: Called with what is being done.

    Raises:
        ValueError: if two listings have one id, or the parameters are of other rules or without habits.
    """
    if parameters.habits is None:
        raise ValueError("these weights know no habits: learn a version first, then run on Spark")
    run = _Stages(session, parameters, parameters.habits, settings, str(folder), rows_at_once, tell)
    facts = run.facts(listings)
    candidates = run.candidates(facts)
    compared = run.compared(candidates, facts)
    linked = run.linked(compared, facts)
    judged = run.judged(judgements, facts)
    decided = run.decided(linked, compared, facts, judged)
    return Resolved(run.people(decided, facts), run.links(linked, decided, facts), judged.alarms)


class _Stages:
    def __init__(  # noqa: PLR0917
        self,
        session: Session,
        parameters: Parameters,
        habits: Habits,
        settings: IdentitySettings,
        folder: str,
        rows_at_once: int,
        tell: Callable[[str], None],
    ) -> None:
        self.session, self.parameters, self.habits, self.settings = session, parameters, habits, settings
        self.folder, self.rows_at_once, self.tell = folder, rows_at_once, tell
        self.count = 0
        self.parts = 1
        self.skeletons: list[str] = []

    def facts(self, listings: Frame) -> Frame:
        """Every listing read once, numbered in the order of ids, with whom it stands and who shares its phones."""
        habits = self.habits
        parts = max(listings.count() // self.rows_at_once + 1, 2)

        def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            context = TaskContext.get()
            return read_batches(batches, habits, context.partitionId() if context else 0)

        ordered = listings.select(*LISTINGS.names).repartitionByRange(parts, "id").sortWithinPartitions("id")
        found = self._kept("read", ordered.mapInArrow(read, from_arrow_schema(READ)))
        self._refuse_doubles(found)
        self.skeletons = sorted(
            {text for (some,) in found.select("skeletons").dropna().collect() for text in some.split("\n") if text}
        )
        counts = dict(found.groupBy("part").count().collect())
        before, starts = 0, []
        for part in sorted(counts):
            starts.append((part, before))
            before += counts[part]
        self.count = max(before, 1)
        self.parts = max(self.count // self.rows_at_once + 1, 2)
        start = self.session.createDataFrame(starts or [(0, 0)], "part int, start long")
        rows = found.join(sql.broadcast(start), "part").withColumn("row", sql.col("place_in_part") + sql.col("start"))
        return self._kept("facts", self._standing(rows))

    def _refuse_doubles(self, found: Frame) -> None:
        if found.groupBy("id").count().where("count > 1").limit(1).count():
            raise ValueError("two listings have one id: take each list in once, then resolve")

    def _standing(self, rows: Frame) -> Frame:
        """Units by numbers in the order that core numbers them: groups by first row, then households by phone."""
        n = self.count
        phones = _stated(rows, sql.col("row"), sql.lit(2))
        first = phones.groupBy("phone").agg(sql.min("what").alias("phone_first"))
        groups = rows.where("list_group is not null").groupBy("list_group").agg(sql.min("row").alias("of_group"))
        sources = sorted(source for (source,) in rows.select("source").distinct().collect())
        ranks = self.session.createDataFrame(list(enumerate(sources)) or [(0, 0)], "rank long, source int")
        homes = rows.where("list_group is null and phone0 != ''").groupBy("source", "phone0").count()
        homes = homes.where((sql.col("count") > 1) & (sql.col("count") <= _LARGEST_HOUSEHOLD))
        homes = homes.join(sql.broadcast(ranks), "source").join(first, homes["phone0"] == first["phone"])
        of_home = (sql.lit(n) + sql.col("rank") * (2 * n) + sql.col("phone_first")).alias("of_home")
        homes = homes.select(homes["source"].alias("home_source"), homes["phone0"].alias("home_phone"), of_home)
        is_home = (
            rows["list_group"].isNull()
            & (rows["source"] == homes["home_source"])
            & (rows["phone0"] == homes["home_phone"])
        )
        rows = rows.join(groups, "list_group", "left").join(homes, is_home, "left")
        unit = sql.coalesce("of_group", "of_home", sql.col("row") + sql.lit(LONE))
        rows = rows.withColumn("unit", unit).withColumn("is_grouped", sql.col("of_group").isNotNull())
        sharing = _stated(rows, sql.col("unit"), None).distinct().groupBy("phone").count()
        for slot in (0, 1):
            mine = sharing.select(
                sql.col("phone").alias(f"phone{slot}"), sql.col("count").cast("int").alias(f"of{slot}")
            )
            rows = rows.join(mine, f"phone{slot}", "left")
            rows = rows.withColumn(f"sharing{slot}", sql.coalesce(f"of{slot}", sql.lit(0)))
        return rows.select(*FACTS.names)

    def candidates(self, facts: Frame) -> Frame:
        """Candidate pairs; over-full blocks are divided by second keys."""
        habits, skeletons, cap = self.habits, self.skeletons, self.settings.block_cap
        keys = facts.repartition(self.parts, "unit").mapInArrow(
            whole(lambda table: keys_of(table, habits, skeletons, cap), KEYS), from_arrow_schema(KEYS)
        )
        first = self._kept("blocks", self._pairs_of(keys))
        full = first.where("code is null").withColumn("bucket", sql.col("row") % self.parts)
        again = (
            full.groupBy("bucket")
            .cogroup(facts.withColumn("bucket", sql.col("row") % self.parts).groupBy("bucket"))
            .applyInArrow(lambda some, mine: second_keys_of(mine, some, habits), from_arrow_schema(KEYS))
        )
        second = self._kept("second-blocks", self._pairs_of(again))
        return first.where("code is not null").union(second.where("code is not null"))

    def _pairs_of(self, keys: Frame) -> Frame:
        count, parts = self.count, self.parts
        dealt = keys.repartition(2 * parts, "key")
        return dealt.mapInArrow(
            whole(lambda table: pairs_of_keys(table, count, parts), FOUND), from_arrow_schema(FOUND)
        )

    def compared(self, candidates: Frame, facts: Frame) -> Frame:
        """Pairs weighed by their own facts; the hopeless by their code alone."""
        version, count, parts = self.parameters, self.count, self.parts
        return self._kept(
            "compared",
            candidates.select("code", "cell")
            .groupBy("cell")
            .cogroup(self._in_cells(facts, "row").groupBy("cell"))
            .applyInArrow(
                lambda pairs, mine: compared(pairs, mine, version, count, parts), from_arrow_schema(WEIGHED)
            ),
        )

    def linked(self, weighed: Frame, facts: Frame) -> Frame:
        """Hopeful pairs after the family passes, calibrated."""
        version, count, settings, parts = self.parameters, self.count, self.settings, self.parts
        mine = self._in_cells(facts, "unit").groupBy("cell")
        pairs = weighed.where("levels is not null")
        twice = self._kept(
            "copies", pairs.mapInArrow(_each(partial(copies, buckets=parts)), from_arrow_schema(WEIGHED))
        )
        for turn in range(settings.family_rounds):
            after = pairs.union(twice).groupBy("cell").cogroup(mine)
            after = after.applyInArrow(
                lambda some, known: passed(some, known, version, count, parts), from_arrow_schema(WEIGHED)
            )
            pairs = self._kept(f"family-{turn}", after)
        told = pairs.mapInArrow(
            _each(partial(linked, settings=settings, calibration=version.calibration)), from_arrow_schema(LINKED)
        )
        return self._kept("linked", told)

    def judged(self, judgements: Sequence[Judgement], facts: Frame) -> Judged:
        """Judgements by rows."""
        ids = sorted({listing for judgement in judgements for listing in (judgement.left, judgement.right)})
        if not ids:
            return sort_judgements((), {})
        asked = self.session.createDataFrame([(listing,) for listing in ids], "id string")
        found = facts.join(sql.broadcast(asked), "id").select("id", "row").collect()
        return sort_judgements(judgements, {row["id"]: row["row"] for row in found})

    def decided(self, linked: Frame, compared: Frame, facts: Frame, judged: Judged) -> Frame:
        """Components of whatever may hang together, and the clusters in each; who is alone is left out."""
        count, parts, parameters, settings = self.count, self.parts, self.parameters, self.settings
        ends = self._ends()
        edges = linked.where(sql.col("same") >= settings.cluster_from).select(*ends)
        if judged.together:
            edges = edges.union(self.session.createDataFrame(list(judged.together), "a long, b long"))
        small = edges.mapInArrow(whole(stars, EDGES), from_arrow_schema(EDGES))
        joined = small.coalesce(1).mapInArrow(whole(stars, EDGES), from_arrow_schema(EDGES))
        where = self._kept("components", joined)
        far = compared.where("levels is null").select("code")
        far = far.join(linked.select("code"), "code", "left_anti")
        pairs = linked.unionByName(far, allowMissingColumns=True).select("*", *ends)
        one = where.select(sql.col("a"), sql.col("b").alias("component"))
        two = where.select(sql.col("a").alias("b"), sql.col("b").alias("other"))
        inside = pairs.join(one, "a").join(two, "b").where("component = other")
        inside = inside.withColumn("bucket", sql.col("component") % parts).select("bucket", *LINKED.names)
        mine = facts.join(one.withColumnRenamed("a", "row"), "row")
        mine = mine.withColumn("bucket", sql.col("component") % parts).select("bucket", *FACTS.names)

        def decide(some: pa.Table, known: pa.Table) -> pa.Table:
            return people_of(some, known, judged, parameters, settings, count)

        decided = inside.groupBy("bucket").cogroup(mine.groupBy("bucket"))
        return self._kept("people", decided.applyInArrow(decide, from_arrow_schema(PEOPLE)))

    def people(self, decided: Frame, facts: Frame) -> Frame:
        """Every listing by its id, with the first ids of its cluster and of its certain part."""
        known = facts.select("row", "id").join(decided, "row", "left")
        firsts = {name: facts.select(sql.col("row").alias(name), sql.col("id").alias(f"{name}_id"))
                  for name in ("cluster", "part")}  # fmt: skip
        for name, first in firsts.items():
            known = known.withColumn(name, sql.coalesce(name, "row")).join(first, name)
        return known.select("id", sql.col("cluster_id").alias("cluster"), sql.col("part_id").alias("certain"))

    def links(self, linked: Frame, decided: Frame, facts: Frame) -> Frame:
        """Pairs worth a question or more, by ids; certain is who is joined by it."""
        some = linked.where(sql.col("same") >= self.settings.review_from)
        some = some.select(*self._ends(), sql.col("same").alias("probability"), "household", "is_certain")
        known = facts.select("row", "id").join(decided.select("row", "part"), "row", "left")
        for side, end in (("left", "a"), ("right", "b")):
            mine = known.select(
                sql.col("row").alias(end),
                sql.col("id").alias(side),
                sql.coalesce("part", "row").alias(f"part_{end}"),
            )
            some = some.join(mine, end)
        is_certain = (sql.col("is_certain") & (sql.col("part_a") == sql.col("part_b"))).alias("is_certain")
        return some.select("left", "right", "probability", "household", is_certain)

    def _ends(self) -> list[Any]:
        """The two rows of a code."""
        return [sql.expr(f"code div {self.count}").alias("a"), sql.expr(f"code % {self.count}").alias("b")]

    def _in_cells(self, facts: Frame, by: str) -> Frame:
        """Facts once for every cell that their bucket has a part in."""
        parts = self.parts
        bucket = sql.col(by) % parts
        each = facts.withColumn("bucket", bucket).withColumn(
            "other", sql.explode(sql.sequence(sql.lit(0), sql.lit(parts - 1)))
        )
        cell = sql.least("bucket", "other") * parts + sql.greatest("bucket", "other")
        return each.withColumn("cell", cell.cast("long")).drop("bucket", "other")

    def _kept(self, name: str, frame: Frame) -> Frame:
        self.tell(name)
        path = f"{self.folder}/{name}"
        frame.write.mode("overwrite").parquet(path)
        return self.session.read.parquet(path)


def _stated(rows: Frame, what: Frame, times: Frame) -> Frame:
    """(phone, what) for both phones of every listing; `what` times so many plus the phone's place, if told."""
    some = [
        rows.where(f"phone{slot} != ''").select(
            sql.col(f"phone{slot}").alias("phone"), (what if times is None else what * times + slot).alias("what")
        )
        for slot in (0, 1)
    ]
    return some[0].union(some[1])


def _each(work: Callable[[pa.Table], pa.Table]) -> Callable[[Any], Iterator[pa.RecordBatch]]:
    """A function for `mapInArrow` that takes one batch after the other."""

    def of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield from work(pa.Table.from_batches([batch])).to_batches()

    return of
