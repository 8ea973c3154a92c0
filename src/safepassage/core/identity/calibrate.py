"""From what the evidence sums up to, to how often such pairs are one person.

Facts are not quite independent, and of many pairs that compete for the same likeness most are chance: taken at face
value, evidence is overstated, most of all in the middle. The two figures were chosen once, by least calibration error
over offsets of half bits and slopes of tenths, looking at the truth of all three development sets: their own
calibration error is therefore flattered, and only a set that nobody has looked at can test them.
"""

from __future__ import annotations

import numpy as np

from safepassage.core.identity.weights import SAME, Floats32

_OFFSET, _SLOPE = -1.0, 0.9
"""Bits that are taken off, and what a bit of evidence counts."""
_LEAST = 1e-8


def calibrated(chances: Floats32) -> Floats32:
    """The three probabilities of each pair with that of one person set right; the others keep their proportion."""
    same = np.clip(chances[:, SAME].astype(np.float64), _LEAST, 1 - _LEAST)
    bits = _OFFSET + _SLOPE * np.log2(same / (1 - same))
    out = chances.copy()
    out[:, SAME] = 1 / (1 + np.exp2(-bits))
    out[:, SAME + 1 :] *= ((1 - out[:, SAME]) / np.maximum(1 - chances[:, SAME], np.float32(_LEAST)))[:, None]
    return out
