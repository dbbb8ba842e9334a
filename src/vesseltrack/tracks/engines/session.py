"""Starting Spark quietly, ending it wholly, and saying in one line what went wrong."""

from __future__ import annotations

import re
import socket
import sys
import warnings
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, cast

from vesseltrack.errors import ConfigurationError, InputError, VesseltrackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = {
    "spark.app.name": "vesseltrack",
    "spark.sql.session.timeZone": "UTC",
    # A number that does not fit is an error and never another number; names stand in double quotes as in DuckDB.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    # Joins partitions that came out small, and splits those that came out large before a join.
    "spark.sql.adaptive.enabled": "true",
    # Rows that a function of ours gets at once: 5 MB.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    # Parquet of pandas 2 and before has instants in billionths of a second, which Spark reads as whole numbers alone.
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_HERE = re.compile(r"local\b.*|spark://(localhost|127\.0\.0\.1)[:,].*")

_KNOCK_SECONDS = 10.0
_PATIENCE_SECONDS = 50.0
"""For a cluster to give the first executor."""


def started(master: str, folder: Path, memory: str) -> Any:
    """A session of Spark; its own words go to a file, where they disturb nobody.

    Args:
        master: URL of the master.
        folder: an existing folder for that file and, without a cluster, for what does not fit into memory.
        memory: of the driver.

    Raises:
        ConfigurationError: pyspark or Java is missing, or the master does not answer.
    """
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession
    except ImportError:
        raise ConfigurationError('--engine spark needs pyspark: pip install "vesseltrack[spark]"') from None
    _refuse_unreachable(master)
    here = {"spark.local.dir": str(folder), "spark.driver.memory": memory}
    settings = {**SETTINGS, "spark.master": master, "spark.sql.warehouse.dir": str(folder / "warehouse")}
    settings |= _LOOPBACK if _HERE.fullmatch(master) else {}
    settings |= here if master.startswith("local") else {}
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    _hush()
    log = folder / "spark.log"
    gateway, launch = None, cast("Callable[..., Any]", launch_gateway)
    try:
        with log.open("wb") as said:
            gateway = launch(conf, {"stdout": said, "stderr": said})
        context = SparkContext(conf=conf, gateway=gateway)
        if not master.startswith("local"):
            _await_executor(context, master)
    except _failures() as why:
        if gateway is None:
            raise ConfigurationError(_not_started(master, log)) from None
        reason = _reason(why)
        _end(gateway)
        raise ConfigurationError(f"--master {master}: {reason}") from None
    if master.startswith("local"):
        context.pythonExec = sys.executable
    return SparkSession(context)


def ended(context: Any) -> None:
    """End the application, and the Java process that drove it."""
    gateway = context._gateway
    context.stop()
    _end(gateway)


@contextmanager
def told(path: str = "Spark", kind: type[VesseltrackError] = InputError) -> Iterator[None]:
    """Say in one line what Spark says in a hundred."""
    _hush()
    try:
        yield
    except _failures() as why:
        raise kind(f"{path}: {_reason(why)}") from None


def _refuse_unreachable(master: str) -> None:
    """Spark itself would try for a minute, and then end its Java process."""
    places = re.findall(r"([^,/]+):(\d+)", master) if master.startswith("spark://") else []
    reasons = []
    for host, port in places:
        try:
            socket.create_connection((host.strip("[]"), int(port)), _KNOCK_SECONDS).close()
        except OSError as why:
            reasons.append((why.strerror or str(why)).lower())
    if reasons and len(reasons) == len(places):
        raise ConfigurationError(f"--master {master}: nobody answers there ({reasons[-1]})")


def _await_executor(context: Any, master: str) -> None:
    """A cluster without a free core gives no answer at all, so somebody must stop waiting."""
    until = monotonic() + _PATIENCE_SECONDS
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:  # the driver is one
        if monotonic() > until:
            ended(context)
            raise ConfigurationError(
                f"--master {master}: no executor within {_PATIENCE_SECONDS:.0f} s: is the master reached, "
                "and has a worker a core and the memory that spark.executor.memory asks for (1g) free?"
            )
        sleep(0.1)


def _not_started(master: str, log: Path) -> str:
    said = log.read_text("utf-8", "replace").strip()
    if refused := re.search(r"SparkException: (.+)", said):
        return f"--master {master}: {refused[1]}"
    last = said.splitlines()[-1].strip() if said else "it said nothing"
    return (
        f"--engine spark needs Java 17 or newer, and none starts here ({last}): install it (Debian, Ubuntu: "
        "apt-get install openjdk-17-jre-headless), or set JAVA_HOME"
    )


def _hush() -> None:
    """Rows travel as Arrow: that pandas is newer than this pyspark knows has no meaning here."""
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)


def _failures() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (Py4JError, PySparkException)


def _reason(why: BaseException) -> str:
    """The innermost cause, in Java or in Python, without the way it took."""
    try:
        text = str(why)
    except OSError:  # Java is asked for the text
        return "Spark gave up: is a master of the same version there?"
    causes = re.findall(r"^(?:Caused by|: )?:? ?[\w.$]+(?:Error|Exception): (.+)$", text, re.MULTILINE)
    said = str(causes[-1] if causes else text.strip().splitlines()[0])
    missing = re.search("No module named|cannot import name", said)
    return f"{said}: install vesseltrack where the workers run, for the same Python" if missing else said


def _end(gateway: Any) -> None:
    """Let the Java process go, so that its memory is free and another one can be started."""
    from pyspark import SparkContext

    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None
