"""`vesseltrack config`: every setting and where it came from."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import typer

from vesseltrack import config
from vesseltrack.cli import options as opt
from vesseltrack.cli.plain import PlainCommand, PlainGroup
from vesseltrack.cli.session import start

app = typer.Typer(cls=PlainGroup, help="The settings in force.")


@app.command(cls=PlainCommand, name="show", epilog=opt.exit_status(*opt.ALWAYS))
def show(
    format: opt.ListFormat = None,
    output: opt.Output = None,
    quiet: opt.Quiet = False,
) -> None:
    """Every setting, its value and where it came from: environment, ./vesseltrack.toml, user configuration, default."""
    from vesseltrack.cli import listing

    session = start({"format": format, "quiet": quiet}, output=output, formats=listing.LIST_FORMATS)
    settings = session.settings
    rows = [
        {
            "setting": setting.name,
            "value": _plain(settings[setting.name]),
            "origin": settings.origin(setting.name),
            "variable": setting.variable,
            "meaning": setting.meaning,
        }
        for setting in config.SETTINGS
    ]
    files = [{"path": str(path), "found": path.is_file()} for path in config.configuration_files(Path())]
    for name in config.unknown_variables(os.environ):
        session.messages.note(f"environment {name}: no setting has this name; it is ignored.")
    text = listing.render("config", ("setting", "value", "origin", "meaning"), rows, session, files=files)
    if session.format == "table":
        said = (f"{file['path']} ({'read' if file['found'] else 'not there'})" for file in files)
        text += "\n" + listing.fields([("files", list(said))], session.shape["width"])
    session.write(text)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, dict):
        return [f"{header}={field}" for header, field in value.items()]
    return list(value) if isinstance(value, tuple) else value
