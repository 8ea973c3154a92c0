"""Tags of what is held out, held to the vectors of the phone.

To renew them: `python -m tests.core.passes.test_presented`.
"""

from __future__ import annotations

import json
from pathlib import Path

from safepassage.core.passes import short_code
from safepassage.core.passes.presented import presented_tag
from tests.core.passes.orders import issued

FILE = Path(__file__).parents[3] / "spec" / "vectors" / "presented-v1.json"
KEY = bytes(range(32))
CASES = (
    ("text", issued(1).text),
    ("text", issued(2).text),
    ("pass", issued(1).id),
    ("pass", "K-000000000000"),
    ("slip", "w-r9tx-001"),
    ("slip", ""),
)


def make() -> dict[str, object]:
    one, other = issued(1), issued(2)
    return {
        "spec": "presented-v1",
        "key": KEY.hex(),
        "tags": [
            {"kind": kind, "value": value, "tag": presented_tag(KEY, kind, value).hex()} for kind, value in CASES
        ],
        "typed": [
            {
                "typed": short_code(one.id).lower().replace("-", " "),
                "tag": presented_tag(KEY, "pass", one.id).hex(),
            },
            {"typed": " W-R9TX 001 ", "tag": presented_tag(KEY, "slip", "w-r9tx-001").hex()},
            {"typed": other.text, "tag": presented_tag(KEY, "text", other.text).hex()},
        ],
    }


def test_the_vectors_are_those_of_the_code() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == make()


def test_a_tag_is_of_its_kind_its_value_and_its_key() -> None:
    tags = {
        presented_tag(key, kind, value)
        for key in (KEY, KEY[::-1])
        for kind in ("text", "pass", "slip")
        for value in ("a", "b")
    }
    assert len(tags) == 12


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
