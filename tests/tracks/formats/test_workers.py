"""Work given to other processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vesseltrack.tracks.formats.workers import spread


def test_answers_come_in_the_order_of_the_work():
    assert list(spread(divmod, ((number, 7) for number in range(50)), 2)) == [divmod(n, 7) for n in range(50)]


def test_an_error_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        list(spread(divmod, [(1, 1), (1, 0)], 2))


def test_a_process_that_ends_is_told_and_not_waited_for():
    with pytest.raises(RuntimeError, match="ended before its time"):
        list(spread(os._exit, [(1,)], 2))


UNGUARDED = """
import os, sys
from vesseltrack.tracks.formats.workers import spread
print("started", flush=True)
for pid in spread(os.getpid, iter(lambda: (), None), 2):
    print(pid, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_a_program_without_a_guard_works_and_leaves_no_process_behind(tmp_path, how):
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as ran:
        assert ran.stdout.readline() == "started\n"
        pids = {int(ran.stdout.readline()) for _ in range(20)}
        ran.send_signal(how)
        rest = ran.stdout.read()
    assert "started" not in rest
    for _ in range(100):
        if not any(alive(pid) for pid in pids):
            break
        time.sleep(0.1)
    assert [pid for pid in pids if alive(pid)] == []


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        told = Path(f"/proc/{pid}/stat").read_text()  # an orphan that nobody waited for is no process any more
        return told.rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return sys.platform != "linux"
