"""`vesseltrack rules`: what the program looks for, and on what legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand
from vesseltrack.cli.session import start
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from vesseltrack.rules.model import Rule


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        cls=PlainCommand,
        name="rules",
        short_help="The rules, or one of them explained.",
        epilog=opt.exit_status(*opt.ALWAYS),
    )(rules)


def rules(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Explain this rule, such as VT101.")] = None,
    format: opt.ListFormat = None,
    output: opt.Output = None,
) -> None:
    """The rules; with a code, what fires it, what it means and does not mean, and its legal basis."""
    from vesseltrack.cli import listing
    from vesseltrack.cli.codes import near_codes
    from vesseltrack.rules.catalogue import RULES

    session = start({"format": format}, output=output, formats=listing.LIST_FORMATS)
    if code is None:
        rows = [_row(rule) for rule in RULES]
        session.write(listing.render("rules", ("code", "severity", "title"), rows, session))
        return
    found = next((rule for rule in RULES if rule.code == code.strip().upper()), None)
    if found is None:
        raise ConfigurationError(f"{code}: no such rule; {near_codes(code, [rule.code for rule in RULES])}")
    if session.format == "table":
        session.write(explain(found, session.shape["width"]))
    else:
        columns = ("code", "severity", "title", "legal_basis", "explanation")
        session.write(listing.render("rules", columns, [_row(found)], session))


def explain(rule: Rule, width: int | None) -> str:
    """One rule in words."""
    import textwrap

    lines = [f"{rule.code}  {rule.title}", f"severity: {rule.severity}"]
    lines.extend(f"basis: {basis}" for basis in rule.legal_basis or ("none: analysis without legal effect",))
    for paragraph in rule.explanation.strip().split("\n\n"):
        text = " ".join(paragraph.split())
        lines += ["", text if width is None else textwrap.fill(text, min(width, 100))]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "title": rule.title,
        "legal_basis": rule.legal_basis,
        "explanation": " ".join(rule.explanation.split()),
    }
