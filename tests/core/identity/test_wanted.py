"""The last table of the identity benchmark: what is asked for, beside what was found."""

from functools import partial

import pytest
from benchmarks.identity.adapter import read_listings, read_truth
from benchmarks.identity.arrivals import print_arrivals
from benchmarks.identity.invent import write_set
from benchmarks.identity.run import run_set
from benchmarks.identity.wanted import LINES, flat, print_wanted
from benchmarks.names import print_names, read


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Every figure that a run over a small invented set gives."""
    path = tmp_path_factory.mktemp("set") / "small.csv"
    write_set(path, 1500)
    figures, _ = run_set(partial(read_listings, path), partial(read_truth, path))
    return flat(figures) | print_arrivals([path], 20)["small"] | flat({"names": print_names(read(path))})


def test_every_line_names_a_figure_that_a_run_gives(measured):
    of_errors = {
        line.figure for line in LINES if line.figure.startswith("recall_by_error")
    }  # as the set's own tags say
    assert {line.figure for line in LINES} - of_errors <= set(measured)


def test_a_figure_that_falls_short_is_said_to():
    said: list[str] = []
    print_wanted(
        {"dev": {"pair_f1": 0.955, "b3_f1": 0.9829, "seconds": 20.1}, "dev2": {"pair_f1": 0.93}}, said.append
    )
    short = {line.split("  ")[0].strip(): line.endswith("short") for line in said[2:]}
    assert short == {"pair F1": False, "B-cubed F1": True, "seconds": True}


def test_what_was_not_measured_has_no_line():
    said: list[str] = []
    print_wanted({"another": {"pair_f1": 0.5}}, said.append)
    assert len(said) == 2
