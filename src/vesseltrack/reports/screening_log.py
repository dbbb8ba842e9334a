"""Lines of the screening log: that a ship was asked for on a day, against which lists, and what they said."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from vesseltrack.reports.document import screen_document
from vesseltrack.reports.json import dumps
from vesseltrack.reports.values import instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from vesseltrack.reports.case import Screening

LOG_SCHEMA = "vesseltrack.screening-log/1"


class LogLines:
    """Turns answers into lines, each whole by itself: "vesseltrack.screening-log/1".

    Args:
        screening: what was consulted; its results do not matter.
    """

    def __init__(self, screening: Screening) -> None:
        document = screen_document(screening)
        told = {key: document[key] for key in ("as_of", "lists", "reference", "program")}
        self._end = f", {dumps(told)[1:]}\n"

    def lines(self, answers: Iterable[str], moment: datetime) -> str:
        """A line for each answer.

        Args:
            answers: objects in JSON, as NDJSON of ``screen`` has them, line break included.
            moment: when they were given.
        """
        start = f'{{"schema": "{LOG_SCHEMA}", "screened_at": "{instant(moment)}", '
        end = self._end
        return "".join([f"{start}{answer[1:-2]}{end}" for answer in answers])


def fingerprint(line: str) -> str:
    """SHA-256 of a line of the log without its line break."""
    return sha256(line.removesuffix("\n").encode()).hexdigest()
