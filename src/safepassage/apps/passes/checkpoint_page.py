"""The page that the checkpoint's own phone keeps: one file that says of a convoy's sheet whether it is genuine."""

from __future__ import annotations

import json
from pathlib import Path

import safepassage
from safepassage.apps.passes.keyring import keyring_open
from safepassage.core.errors import NotFoundError

_PLACE = '<script type="application/json" id="keys">[]</script>'


def checkpoint_page() -> bytes:
    """The page with the public key of our sheets in it, and nothing else of ours: the same for every checkpoint.

    It is opened as a file, with no network: it asks nothing of anybody and keeps nothing, so that its use leaves no
    trace with us. After the key of the sheets was made anew, a new page is handed over.

    Raises:
        NotFoundError: the front end isn't built.
    """
    built = Path(safepassage.__file__).parent / "web" / "static" / "built" / "counterpart" / "page.html"
    if not built.is_file():
        raise NotFoundError("The page is not built.", where=built.name, advice="Run `python hatch_build.py`.")
    key = keyring_open().counterpart
    told = json.dumps([{"id": key.id.hex(), "publicKey": key.public.hex()}])
    page = built.read_text(encoding="utf-8")
    return page.replace(_PLACE, _PLACE.replace("[]", told), 1).encode()
