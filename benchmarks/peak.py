"""Peak memory of this process alone."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_mb() -> int:
    """In megabytes; not `ru_maxrss` where Linux tells better, since that a child has from its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
