"""Memory that is no longer needed goes back to the system between stages.

The C library keeps what was freed for later, in a heap of each thread: on 100,000 listings that was a tenth of the
process's peak, and more the busier the machine was.
"""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Costs some milliseconds; does nothing where the C library has no such call (malloc_trim(3) of glibc)."""
    if _TRIM is not None:
        _TRIM(0)


def _trim() -> ctypes._NamedFuncPointer | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; another system
        return None


_TRIM = _trim()
