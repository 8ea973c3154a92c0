"""What long work is at, in the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from safepassage.apps.console.sayings.steps import said_step


def test_a_step_is_told_with_its_figures_and_one_of_an_older_version_as_it_is() -> None:
    with override("fa-af"):
        assert said_step("comparing") == "مقایسه"
        assert "3" in said_step("placing tier 3")
        assert "7" in said_step("7 of 20")
        assert "1,250" in said_step("comparing 1,250 pairs")
        assert said_step("doing as of old") == "doing as of old"
    with override("en"):
        assert said_step("placing tier 3") == "placing tier 3"
