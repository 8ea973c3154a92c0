"""A long run that is killed goes on where it was, and ends in the same answer."""

from __future__ import annotations

import pytest

from safepassage.core.identity import IdentitySettings, resolve
from safepassage.core.identity import weigh as weighing
from safepassage.core.identity.keep import FolderKeep, Keep
from safepassage.core.identity.resolve import decide
from safepassage.core.identity.weigh import weigh
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI
from tests.core.identity.people import BROTHERS, MARJAN, SADAF, crowd

EVERYONE = (KARIM_TESTANI, KARIM_AGAIN, LAILA_TESTANI, SADAF, MARJAN, *BROTHERS, *crowd(24))
STAGES = ("columns", "pairs", "weights", "compared-0001", "family-0", "family-1")


class Killed(BaseException):
    pass


class KilledAt(Keep):
    """Another keep, which is killed when a stage begins."""

    def __init__(self, inner: Keep, stage: str) -> None:
        self.inner, self.stage, self.made = inner, stage, []

    def once(self, stage, make):
        def made():
            if stage == self.stage:
                raise Killed
            self.made.append(stage)
            return make()

        return self.inner.once(stage, made)


def run(keep: Keep):
    def quiet(_share, _what):
        pass

    return decide(weigh(EVERYONE, (), IdentitySettings(), None, quiet, keep), EVERYONE, {}, quiet)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(weighing, "_PART", 7)


@pytest.mark.parametrize("stage", STAGES)
def test_a_run_that_was_killed_goes_on_where_it_was(stage, tmp_path):
    keep = FolderKeep(tmp_path, "these listings")
    with pytest.raises(Killed):
        run(KilledAt(keep, stage))
    again = KilledAt(FolderKeep(tmp_path, "these listings"), "")
    found = run(again)
    assert repr(found) == repr(resolve(EVERYONE))
    assert again.made[0] == stage
    assert not list(tmp_path.glob("*.part"))


def test_what_another_run_left_is_not_taken_up(tmp_path):
    run(FolderKeep(tmp_path, "these listings"))
    other = KilledAt(FolderKeep(tmp_path, "other listings"), "")
    run(other)
    assert other.made[0] == "columns"


def test_in_parts_or_at_once_the_answer_is_the_same(monkeypatch):
    in_parts = repr(resolve(EVERYONE))
    monkeypatch.setattr(weighing, "_PART", 1 << 21)
    assert repr(resolve(EVERYONE)) == in_parts
