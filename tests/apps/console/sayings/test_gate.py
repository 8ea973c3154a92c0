"""The next step for a pass, in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from safepassage.apps.console.sayings.gate import ADVICE, said_advice
from safepassage.core.passes import Verdict, VerdictCode
from safepassage.core.passes.sentences import ADVICE as CORE
from safepassage.core.passes.sentences import LEVELS


@pytest.mark.parametrize("code", VerdictCode)
def test_each_verdict_says_what_to_do(code: VerdictCode) -> None:
    verdict = Verdict(LEVELS[code], (code,), (), CORE[code])
    with override("en"):
        assert said_advice(verdict) == CORE[code]
        assert CORE[code].startswith(str(ADVICE[code]))
    for language in ("fa-af", "ps"):
        with override(language):
            assert not set("abcdefghijklmnopqrstuvwxyz") & set(said_advice(verdict))
