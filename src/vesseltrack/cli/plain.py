"""Commands whose values stay as they were typed.

Typer hands every value to Pydantic, whose import takes as long as the rest of `screen` together. Here a value is text,
a list of texts or a switch, and `vesseltrack.config` reads it, so there is nothing to hand over.
"""

from __future__ import annotations

from typing import Any

import typer.core


class AsTyped:
    """Stands where Typer keeps its converter of a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer's signature
        """The value itself; nothing given for a parameter of many is an empty tuple."""
        many = param.multiple or param.nargs == -1
        return () if many and value is None else value


AS_TYPED = AsTyped()


class PlainCommand(typer.core.TyperCommand):
    """For ``app.command(cls=…)``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parses the command line."""
        keep_as_typed(self.get_params(ctx))
        return super().parse_args(ctx, args)


class PlainGroup(typer.core.TyperGroup):
    """For ``Typer(cls=…)``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parses the command line up to the command."""
        keep_as_typed(self.get_params(ctx))
        return super().parse_args(ctx, args)


def keep_as_typed(parameters: list[Any]) -> None:
    """Puts `AsTyped` in place of each converter; a Typer that keeps them elsewhere is only slower."""
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", parameter) is None:
            parameter._runtime_param = AS_TYPED  # noqa: SLF001 - see above
