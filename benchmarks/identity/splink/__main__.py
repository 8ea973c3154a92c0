"""`python -m benchmarks.identity.splink TABLE.csv ANSWER.json`: Splink with keys made for this population.

Everything but the two files is Splink's: DuckDB, estimation by expectation maximisation, clustering by threshold.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.peak import peak_mb

THRESHOLDS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999)
SEED = 1


def _named(column: str, bone: str, *, tf: bool = True) -> cl.CustomComparison:
    """A word: spelt alike, sounding alike, nearly spelt alike."""
    exact = cll.ExactMatchLevel(column, term_frequency_adjustments=tf)
    levels = [
        cll.NullLevel(column),
        exact,
        cll.ExactMatchLevel(bone),
        cll.JaroWinklerLevel(column, 0.92),
        cll.JaroWinklerLevel(column, 0.82),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, output_column_name=column)


def _birth() -> cl.CustomComparison:
    """One day, spans that meet, within a year, within three."""

    def within(days: int) -> cll.CustomLevel:
        gap = "greatest(birth_low_l - birth_high_r, birth_low_r - birth_high_l, 0)"
        return cll.CustomLevel(f"{gap} <= {days}", label_for_charts=f"within {days} days")

    return cl.CustomComparison(
        [
            cll.NullLevel("birth_low"),
            cll.ExactMatchLevel("birth_day"),
            within(0),
            within(366),
            within(1100),
            cll.ElseLevel(),
        ],
        output_column_name="birth",
    )


def _number(column: str, *, tf: bool = False) -> cl.CustomComparison:
    levels = [
        cll.NullLevel(column),
        cll.ExactMatchLevel(column, term_frequency_adjustments=tf),
        cll.LevenshteinLevel(column, 1),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, output_column_name=column)


def settings() -> SettingsCreator:
    """Rules of blocking and comparisons; pairs share a document or two other facts."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _named("name", "name_bone"),
            _named("surname", "surname_bone"),
            _named("father", "father_bone"),
            _birth(),
            _number("passport"),
            _number("tazkira"),
            _number("phone", tf=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("passport"),
            block_on("tazkira"),
            block_on("phone", "name_bone"),
            block_on("phone", "birth_year"),
            block_on("name_bone", "father_bone"),
            block_on("name_bone", "surname_bone"),
            block_on("name_bone", "birth_year"),
            block_on("birth_day", "father_bone"),
            block_on("birth_day", "place"),
        ],
        retain_matching_columns=False,
    )


def main(table: Path, answer: Path) -> None:
    """Reads, trains, predicts, clusters at each threshold; writes clusters and what it cost."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    began, worked = time.perf_counter(), time.process_time()
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    texts = "name name_bone surname surname_bone father father_bone passport tazkira phone sex".split()  # noqa: SIM905
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in texts)
    read = connection.sql(f"SELECT * FROM read_csv('{table}', header = true, types = {{{types}}}, nullstr = '')")
    connection.execute("CREATE TABLE listings AS SELECT * FROM read")
    del read
    linker = Linker(DuckDBAPI(connection).register("listings"), settings())
    certain = [block_on("passport"), block_on("tazkira"), block_on("name_bone", "father_bone", "birth_day")]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in (block_on("passport"), block_on("name_bone", "birth_year"), block_on("phone", "father_bone")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=1.0, max_pairs=2e6
        )
    pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    clusters: dict[str, list[list[int]]] = {}
    for threshold in THRESHOLDS:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        at = found.physical_name
        sets = connection.sql(f"SELECT list(unique_id ORDER BY unique_id) FROM {at} GROUP BY cluster_id").fetchall()
        clusters[str(threshold)] = sorted(members for (members,) in sets)
    cost = {
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "peak_mb": peak_mb(),
    }
    answer.write_text(json.dumps({"clusters": clusters, "cost": cost}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
