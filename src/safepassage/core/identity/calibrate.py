"""From what the evidence sums up to, to how often such pairs are one person.

Facts are not quite independent: taken at face value, evidence is overstated at its ends. How much a bit counts was
chosen once, looking at the truth of both development sets, a generated one and the example, which all want .7 to .9
(inside families, for listings that stand alone, and between strangers' groups). Their own calibration error is
therefore flattered.
"""

from __future__ import annotations

import numpy as np

from safepassage.core.identity.weights import SAME, Floats32

SLOPE = 0.8
"""What a bit of evidence counts."""
_LEAST = 1e-8


def calibrated(chances: Floats32) -> Floats32:
    """The three probabilities of each pair with that of one person set right; the others keep their proportion."""
    same = np.clip(chances[:, SAME].astype(np.float64), _LEAST, 1 - _LEAST)
    bits = SLOPE * np.log2(same / (1 - same))
    out = chances.copy()
    out[:, SAME] = 1 / (1 + np.exp2(-bits))
    out[:, SAME + 1 :] *= ((1 - out[:, SAME]) / np.maximum(1 - chances[:, SAME], np.float32(_LEAST)))[:, None]
    return out
