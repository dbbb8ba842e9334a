"""A standalone cluster of Spark on this machine: a master and two workers, real processes on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

SOURCES = Path(__file__).parents[3] / "src"
LEAST_JAVA = 17
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Half of all time would go into compiling what then runs for a second."""


def why_not() -> str:
    """What is missing for Spark to run here; empty where nothing is."""
    if find_spec("pyspark") is None:
        return "Spark is not tried: pyspark is missing (tools/setup.sh installs it where there is Java)"
    java = shutil.which("java", path=f"{os.environ.get('JAVA_HOME', '')}/bin:{os.environ['PATH']}")
    if java is None or subprocess.run([java, "-version"], capture_output=True, check=False).returncode:
        return f"Spark is not tried: Java is missing (Debian: apt-get install openjdk-{LEAST_JAVA}-jre-headless)"
    return ""


def environment(folder: Path, memory: str = "512m", more: str = QUICK_START) -> dict[str, str]:
    """What every process of the cluster, and its driver, finds around it."""
    conf = folder / "conf"
    conf.mkdir(exist_ok=True)
    (conf / "spark-defaults.conf").write_text(
        f"spark.driver.memory {memory}\nspark.executor.memory {memory}\nspark.executor.cores 1\n"
        "spark.cores.max 2\n"  # two programs at a time, each with an executor on each worker
        f"spark.executor.extraJavaOptions {more}\n"
    )
    return {
        "SPARK_CONF_DIR": str(conf),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
        "SPARK_SUBMIT_OPTS": more,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "spill"),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": f"{SOURCES}{os.pathsep}{Path(__file__).parent}",
    }


class Cluster:
    """Processes that end with it; everything they write lies under one folder."""

    def __init__(self, folder: Path, around: dict[str, str], memory: str = "1024m") -> None:
        """Start it with an `environment`, and some memory for the executors of each worker."""
        self.folder = folder
        self._memory = memory
        self._environment = {**os.environ, **around}
        self._master = self._start("master", "--port", str(_free_port()))
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.url = self._said("Starting Spark master at ").split()[0]
        self.workers = {name: self._worker(name) for name in ("first", "second")}
        self._said("Registering worker ", times=2)  # or one of them would get all the work

    def kill(self, name: str) -> None:
        """End a worker and its executor at once, as a power cut does."""
        worker = self.workers.pop(name)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        """End all processes."""
        for process in (*self.workers.values(), self._master):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        return self._start(
            name,
            "--port",
            "0",
            "--cores",
            "2",
            "--memory",
            self._memory,
            "--work-dir",
            str(self.folder / name),
            self.url,
        )

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        role = "master.Master" if name == "master" else "worker.Worker"
        home = Path(str(find_spec("pyspark").submodule_search_locations[0]))
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [home / "bin" / "spark-class", f"org.apache.spark.deploy.{role}", "--host", "127.0.0.1", "--webui-port", "0", *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment, start_new_session=True,
            )  # fmt: skip

    def _said(self, words: str, times: int = 1) -> str:
        """What stands behind some words in the log of the master, once they are there."""
        until = monotonic() + 60
        while True:
            said = (self.folder / "master.log").read_text()
            if said.count(words) == times:
                return said.split(words)[-1]
            assert self._master.poll() is None, said
            assert monotonic() < until, said
            sleep(0.1)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
