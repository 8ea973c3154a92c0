"""`spec/openapi.json` is what the API says of itself. To renew it: `python -m tests.contract.test_openapi`."""

from __future__ import annotations

import json
import os
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec" / "openapi.json"


def contract() -> str:
    """The contract as it is written to the file."""
    from safepassage.web.api import api

    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def test_the_published_contract_is_that_of_the_code() -> None:
    assert SPEC.read_text(encoding="utf-8") == contract()


def test_every_call_documents_how_it_refuses() -> None:
    for path, calls in json.loads(contract())["paths"].items():
        for call in calls.values():
            refusals = {status for status in call["responses"] if status >= "400"}
            assert {"401", "403", "422"} <= refusals, path


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
    django.setup()
    SPEC.write_text(contract(), encoding="utf-8")
