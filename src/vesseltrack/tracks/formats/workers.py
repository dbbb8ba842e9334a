"""Other processes of this Python to which work is given, with nothing of the calling program in them.

They are started afresh and hear of their work through a pipe, so that it does not matter whether the calling program
guards its main module, has threads, or is killed: a closed pipe ends them.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

_START = "import sys; sys.path[:] = {path!r}; from vesseltrack.tracks.formats.workers import serve; serve()"


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(function: Callable[..., Any], work: Iterable[tuple[Any, ...]], processes: int) -> Iterator[Any]:
    """What a function of a module gives for each item, in the order of the items.

    Args:
        function: Anything `pickle` finds by its name; it runs in the other processes.
        work: Its arguments; few items more than there are processes are held at a time.
        processes: How many to start; with fewer than two the function runs here.

    Raises:
        Exception: whatever the function raised.
        RuntimeError: a process ended before it answered.
    """
    if processes < 2:
        yield from (function(*item) for item in work)
        return
    command = [sys.executable, "-c", _START.format(path=sys.path)]
    children = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(processes)]
    idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
    threads = ThreadPoolExecutor(processes)
    try:
        for child in children:
            idle.put(child)
        answers: deque[Future[Any]] = deque()
        for item in work:
            answers.append(threads.submit(_ask, idle, function, item))
            if len(answers) > 2 * processes:
                yield answers.popleft().result()
        while answers:
            yield answers.popleft().result()
    finally:
        for child in children:
            child.kill()
        threads.shutdown(cancel_futures=True)
        for child in children:
            with child:
                child.wait()


def _ask(idle: queue.SimpleQueue[subprocess.Popen[bytes]], function: Callable[..., Any], item: tuple[Any, ...]) -> Any:
    child = idle.get()
    try:
        pickle.dump((function, item), child.stdin)  # type: ignore[arg-type]
        child.stdin.flush()  # type: ignore[union-attr]
        answer, error = pickle.load(child.stdout)  # type: ignore[arg-type] # noqa: S301 - our own child wrote it
    except (EOFError, OSError, pickle.UnpicklingError):
        raise RuntimeError("a process that decodes messages ended before its time: is there enough memory?") from None
    finally:
        idle.put(child)
    if error is not None:
        raise error
    return answer


def serve() -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(0, "rb") as asked, os.fdopen(1, "wb") as told:
        while True:
            try:
                function, item = pickle.load(asked)  # noqa: S301 - the parent wrote it
            except EOFError:
                return
            answer: tuple[Any, Exception | None]
            try:
                answer = (function(*item), None)
            except Exception as error:  # noqa: BLE001 - the parent raises it
                answer = (None, error)
            pickle.dump(answer, told)
            told.flush()
