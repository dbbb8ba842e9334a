"""Messages to standard error, one line each. Results never go here."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass

from vesseltrack.text import printable


@dataclass(frozen=True)
class Messages:
    """Says what the reader should know beside the result."""

    quiet: bool = False
    verbose: bool = False

    def must(self, text: str) -> None:
        """Something that must not be missed, ``--quiet`` or not."""
        line = printable(" ".join(text.split("\n")))
        with contextlib.suppress(OSError, ValueError):  # nobody listens: the exit code still tells
            if sys.stderr is not None:
                sys.stderr.write(f"vesseltrack: {line}\n")
                sys.stderr.flush()

    def note(self, text: str) -> None:
        """A remark; left out with ``--quiet``."""
        if not self.quiet:
            self.must(text)

    def detail(self, text: str) -> None:
        """A remark for ``--verbose`` only."""
        if self.verbose and not self.quiet:
            self.must(text)
