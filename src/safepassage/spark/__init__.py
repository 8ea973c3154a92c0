"""Identity beyond one machine: the matcher of `core.identity`, unchanged, as Arrow functions on Apache Spark.

Needs the extra `safepassage[spark]`. The corridor is the same; see docs/decisions/0015.
"""

from safepassage.spark.listings import LISTINGS, listings_to_table
from safepassage.spark.resolve import Resolved, resolve_on_spark
from safepassage.spark.session import local_session

__all__ = ["LISTINGS", "Resolved", "listings_to_table", "local_session", "resolve_on_spark"]
