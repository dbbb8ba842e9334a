"""What every command starts with: settings resolved, messages, format, day, and the way out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vesseltrack import clock, config
from vesseltrack.cli import output as out
from vesseltrack.cli.messages import Messages
from vesseltrack.errors import ConfigurationError

TODAY_VARIABLE = "VESSELTRACK_TODAY"
"""A testing aid: the day that stands for the clock's."""


@dataclass(frozen=True)
class Session:
    """The resolved settings of one run, and how to speak."""

    settings: config.Settings
    messages: Messages
    output: str | None
    format: config.Format

    @property
    def as_of(self) -> date | None:
        """``--as-of``; None where nobody gave one."""
        day: date | None = self.settings["as_of"]
        return day

    @property
    def on_screen(self) -> bool:
        """Whether the result goes to a terminal."""
        return (self.output is None or self.output in out.STANDARD_OUTPUT) and out.on_terminal(sys.stdout)

    @property
    def shape(self) -> dict[str, Any]:
        """Width and colour for the place the result goes to."""
        if not self.on_screen:
            return {"width": None, "color": False}
        color = out.colour(sys.stdout, no_color=self.settings["no_color"], environment=os.environ)
        return {"width": out.terminal_width(), "color": color}

    def write(self, result: str | bytes, *, inputs: Iterable[str] = ()) -> None:
        """Writes the result where ``-o`` says."""
        out.write(result, self.output, inputs=inputs)


def start(
    flags: Mapping[str, Any],
    *,
    output: str | None = None,
    formats: tuple[config.Format, ...] = config.FORMATS,
    environment: Mapping[str, str] | None = None,
    files: Sequence[Path] | None = None,
) -> Session:
    """Resolves settings and the output format.

    A format that the environment or a file asks for and the command does not have is left aside; one that the command
    line asks for is an error.

    Args:
        flags: value per setting name; None, False or an empty list where the option was not given.
        output: ``-o``.
        formats: formats that make sense for the command.
        environment: stands in for the process environment.
        files: stand in for the configuration files.

    Raises:
        ConfigurationError: a setting that cannot be used, or a format that the command does not have or that a
            terminal cannot show.
    """
    given = {name: value if value not in ((), [], False) else None for name, value in flags.items()}
    settings = config.resolve(
        given,
        os.environ if environment is None else environment,
        config.configuration_files(Path()) if files is None else files,
    )
    asked = settings["format"] if given.get("format") is not None else out.format_of(output)
    if asked is not None and asked not in formats:
        raise ConfigurationError(f"{asked}: this command writes {', '.join(formats)}; name one of these with --format.")
    chosen: config.Format = asked or (settings["format"] if settings["format"] in formats else "table")
    messages = Messages(quiet=settings["quiet"], verbose=settings["verbose"])
    session = Session(settings, messages, output, chosen)
    if chosen in config.BINARY_FORMATS and session.on_screen:
        raise ConfigurationError(f"{chosen}: is no text for a terminal; name a file with -o, or a pipe.")
    out.require(chosen)
    return session


def today() -> date:
    """The day it is; ``VESSELTRACK_TODAY`` stands in for the clock in tests."""
    text = os.environ.get(TODAY_VARIABLE, "").strip()
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"environment {TODAY_VARIABLE}: {text!r} is no day such as 2024-12-31.") from None
