"""Columns, weights and weighed pairs as arrays and back, for `keep`."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from safepassage.core.identity.compare import SHARES, Compared
from safepassage.core.identity.family import Weighed
from safepassage.core.identity.features import Columns
from safepassage.core.identity.habits import Habits
from safepassage.core.identity.keep import Arrays
from safepassage.core.identity.vocabulary import Vocabulary
from safepassage.core.identity.weights import Weights


def columns_to_arrays(columns: Columns) -> Arrays:
    """Every column as it is; texts as an array of texts."""
    arrays: Arrays = {}
    for field in fields(columns):
        value = getattr(columns, field.name)
        if isinstance(value, Vocabulary):
            arrays[field.name] = np.array(value.texts, np.str_)
        elif isinstance(value, Habits):
            arrays[field.name] = np.array(json.dumps(asdict(value)))
        else:
            arrays[field.name] = np.asarray(value)
    return arrays


def columns_from_arrays(arrays: Arrays) -> Columns:
    """The columns again."""
    found: dict[str, Any] = dict(arrays)
    found["ids"] = arrays["ids"].tolist()
    for name in ("words", "skeletons", "documents", "phones"):
        texts = arrays[name].tolist()
        found[name] = Vocabulary(texts, {text: at for at, text in enumerate(texts)})
    told = json.loads(str(arrays["habits"]))
    kept: dict[str, Any] = {k: tuple(map(tuple, v)) if isinstance(v, list) else v for k, v in told.items()}
    found["habits"] = Habits(**kept)
    return Columns(**found)


def weights_to_arrays(weights: Weights) -> Arrays:
    """Every table by its number."""
    arrays: Arrays = {f"table-{at}": table for at, table in enumerate(weights.tables)}
    arrays |= {f"kin-{at}": table for at, table in enumerate(weights.kin)}
    rest = [weights.twice, weights.overlap, weights.apart, *(weights.means[field] for field in SHARES)]
    return arrays | {"priors": weights.priors, "kin-share": weights.kin_share, "rest": np.array(rest)}


def weights_from_arrays(arrays: Arrays) -> Weights:
    """The weights again."""
    twice, overlap, apart, *means = arrays["rest"].tolist()
    count = sum(name.startswith("table-") for name in arrays)
    tables, kin = ([arrays[f"{kind}-{at}"] for at in range(count)] for kind in ("table", "kin"))
    by_field = dict(zip(SHARES, means, strict=True))
    return Weights(tables, arrays["priors"], kin, arrays["kin-share"], by_field, twice, overlap, apart)


def weighed_to_arrays(weighed: Weighed) -> Arrays:
    """Pairs with all that was found of them."""
    return {
        "pairs": weighed.pairs.astype(np.int32),
        "levels": weighed.compared.levels,
        "shares": weighed.compared.shares,
        "chances": weighed.chances,
        "family": weighed.family,
    }


def weighed_from_arrays(arrays: Arrays) -> Weighed:
    """The pairs again."""
    compared = Compared(arrays["levels"], arrays["shares"])
    return Weighed(arrays["pairs"].astype(np.int64), compared, arrays["chances"], arrays["family"])
