"""Settings and where each came from: flags > environment > ``./vesseltrack.toml`` > user configuration > default.

Texts from flags and the environment, and values from TOML, go through the same reader per setting. What cannot be used
is a `ConfigurationError` that names the place, the setting and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENVIRONMENT_PREFIX = "VESSELTRACK_"
PROJECT_FILE = "vesseltrack.toml"
Format = Literal["table", "json", "ndjson", "csv", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)
BARRELS_PER_TONNE = (5.5, 12.5)
"""Wider than any product, bitumen 6.05 to LPG 11.65 (UN Statistics Division)."""

SEVERITY_NAMES = ("low", "medium", "high", "critical")

Reader = Callable[[Any], Any]


class _UnfitError(ValueError):
    """A value that its setting cannot take; says what would be right."""


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _UnfitError("expected text")
    return value.strip()


def _choice(*choices: str) -> Reader:
    def read(value: Any) -> str:
        text = value.strip().lower() if isinstance(value, str) else None
        if text not in choices:
            raise _UnfitError(f"expected one of {', '.join(choices)}")
        return text

    return read


def _path(value: Any) -> Path:
    return Path(_text(value))


def _names(value: Any) -> tuple[str, ...]:
    """A list of words, or one text with commas between them."""
    parts = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise _UnfitError('expected names, as in "un" or ["un"]')
    names = tuple(word.strip() for part in parts for word in part.split(",") if word.strip())
    if not names:
        raise _UnfitError("expected at least one name")
    return names


def _percent(value: Any) -> float | None:
    """A share of the cap in percent, above 0; None for ``none``."""
    if isinstance(value, str):
        text = value.strip().removesuffix("%").strip()
        if text.lower() == "none":
            return None
        value = float(text) if re.fullmatch(r"[+]?\d+(\.\d+)?", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise _UnfitError("expected a percentage above 0, or none")
    return float(value)


def _days(value: Any) -> int | None:
    """Whole days, 0 or more; None for ``none``."""
    if isinstance(value, str):
        text = value.strip()
        if text.lower() == "none":
            return None
        value = int(text) if re.fullmatch(r"\d{1,6}", text) else None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _UnfitError("expected a number of days, 0 or more, or none")
    return value


def _fill(value: Any) -> tuple[float, float, float]:
    """A share of capacity, or a range with its middle: ``0.6``, ``60%``, ``1/3``, ``0.6-0.9``, ``1/3-0.75-1``."""
    texts = (
        str(value).strip().split("-") if isinstance(value, str | int | float) and not isinstance(value, bool) else []
    )
    shares = [_share(text.strip()) for text in texts]
    given = [share for share in shares if share is not None]
    if len(given) != len(shares) or not 1 <= len(given) <= 3 or given != sorted(given):
        raise _UnfitError("expected a share of capacity such as 0.6, 60% or 1/3, or a range such as 0.6-0.9")
    return (given[0], given[1] if len(given) == 3 else (given[0] + given[-1]) / 2, given[-1])


def _share(text: str) -> float | None:
    """A share above 0 and up to 1; None for anything else."""
    if found := re.fullmatch(r"(\d+)\s*/\s*(\d+)", text):
        share = int(found[1]) / (int(found[2]) or 1)
    elif found := re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)\s*(%?)", text):
        share = float(found[1]) / (100 if found[2] else 1)
    else:
        return None
    return share if 0 < share <= 1 else None


def _rate(value: Any) -> float:
    """Barrels per tonne of a petroleum product: heavier than bitumen is none, nor lighter than LPG."""
    least, most = BARRELS_PER_TONNE
    text = str(value).strip()
    rate = float(text) if not isinstance(value, bool) and re.fullmatch(r"\d+(\.\d+)?", text) else 0.0
    if not least <= rate <= most:
        raise _UnfitError(f"expected barrels per tonne from {least:g} to {most:g}, as in 7.46")
    return rate


def _whole(least: int, most: int) -> Reader:
    def read(value: Any) -> int:
        text = str(value).strip().replace(",", "").replace("_", "")
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,18}", text) or not least <= int(text) <= most:
            raise _UnfitError(f"expected a whole number from {least:,} to {most:,}")
        return int(text)

    return read


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise _UnfitError("expected a day such as 2024-12-31")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise _UnfitError("expected true or false")


def _mapping(value: Any) -> dict[str, str]:
    """``Ship Name=vessel`` pairs; ``,`` never separates pairs because headers hold commas."""
    if isinstance(value, dict):
        pairs = list(value.items())
    else:
        parts = value if isinstance(value, list | tuple) else [part for part in str(value).split("\n") if part]
        pairs = [(header, field) for header, _, field in (str(part).rpartition("=") for part in parts)]
    for header, field in pairs:
        if not isinstance(field, str) or not header.strip() or not field.strip():
            raise _UnfitError('expected HEADER=FIELD, as in "Ship Name=vessel"')
    return {header.strip(): field.strip() for header, field in pairs}


@dataclass(frozen=True)
class Setting:
    """One thing that can be set."""

    name: str
    """Key in TOML; the environment variable is ``VESSELTRACK_`` and this in capitals."""

    read: Reader
    default: Any
    meaning: str

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return ENVIRONMENT_PREFIX + self.name.upper()

    @property
    def flag(self) -> str:
        """Name of the option."""
        return "--" + self.name.replace("_", "-")


SETTINGS: tuple[Setting, ...] = (
    Setting("format", _choice(*FORMATS), None, "output format; without it, from the suffix of -o, else table"),
    Setting("vessels", _path, None, "CSV of ships that replaces what counts as listed"),
    Setting("ports", _path, None, "GeoJSON of named polygons"),
    Setting("lists", _names, None, "lists to consult; without it un and every imported list"),
    Setting("as_of", _day, None, "day that stands for today"),
    Setting(
        "fail_on",
        _choice("none", "new", *SEVERITY_NAMES),
        None,
        "least severity that makes check end in 10 (check: medium)",
    ),
    Setting("fail_at", _percent, 100.0, "percent of the cap at which report ends in 11"),
    Setting("select", _names, (), "only these rules, by code or prefix"),
    Setting("ignore", _names, (), "not these rules, by code or prefix"),
    Setting("max_list_age", _days, None, "days after which a list counts as stale"),
    Setting("counting", _choice("voyage", "discharge", "load"), "voyage", "rule by which deliveries are counted"),
    Setting("fill", _fill, None, "share of capacity carried; without it 1/3 to 1, median 0.75"),
    Setting("barrels_per_tonne", _rate, None, "barrels per tonne where the product is not known; without it 8.33"),
    Setting("capacity_file", _path, None, "CSV of ship sizes that replace the register's"),
    Setting("decisions", _path, None, "CSV of calls disproved and deliveries exempted"),
    Setting("draws", _whole(1, 100_000), 10_000, "draws of the simulation"),
    Setting("seed", _whole(0, 10**18), 1718, "seed of the simulation"),
    Setting("map", _mapping, {}, "column headers and the field each one means"),
    Setting("quiet", _switch, False, "only results, and what must not be missed"),
    Setting("verbose", _switch, False, "every remark on the inputs"),
    Setting("no_color", _switch, False, "no colour"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True)
class Value:
    """A setting's value and its origin."""

    value: Any
    origin: str
    """``default``, ``flag --vessels``, ``environment VESSELTRACK_VESSELS``, or the path of a file."""


@dataclass(frozen=True)
class Settings:
    """Every setting, resolved."""

    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    def origin(self, name: str) -> str:
        """Where the value came from."""
        return self.values[name].origin

    def given(self, name: str) -> bool:
        """Whether somebody set it."""
        return self.values[name].origin != "default"


def configuration_files(folder: Path) -> tuple[Path, Path]:
    """The files that are read, strongest first: the folder's own, then the user's.

    Args:
        folder: the working directory.
    """
    from platformdirs import user_config_path  # noqa: PLC0415 - not needed to import this module

    return folder / PROJECT_FILE, user_config_path("vesseltrack") / "config.toml"


def resolve(flags: Mapping[str, Any], environment: Mapping[str, str], files: Sequence[Path]) -> Settings:
    """Resolves every setting.

    Args:
        flags: value per setting name; None where the option was not given.
        environment: the process environment.
        files: TOML files, strongest first; missing ones are skipped.

    Raises:
        ConfigurationError: an unknown key, a value of the wrong kind, or a file that is no TOML.
    """
    tables = [(path, _load(path)) for path in files]
    values: dict[str, Value] = {}
    for setting in SETTINGS:
        flag, text = flags.get(setting.name), environment.get(setting.variable, "")
        if flag is not None:
            values[setting.name] = _value(setting, flag, f"flag {setting.flag}")
        elif text.strip():
            values[setting.name] = _value(setting, text, f"environment {setting.variable}")
        else:
            values[setting.name] = next(
                (
                    _value(setting, table[setting.name], str(path), base=path.parent)
                    for path, table in tables
                    if setting.name in table
                ),
                Value(setting.default, "default"),
            )
    return Settings(values)


def unknown_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that look like settings and are none, sorted; they are ignored, and `config show` says so."""
    known = {setting.variable for setting in SETTINGS}
    return tuple(sorted(name for name in environment if name.startswith(ENVIRONMENT_PREFIX) and name not in known))


def _value(setting: Setting, raw: Any, origin: str, base: Path | None = None) -> Value:
    try:
        value = setting.read(raw)
    except _UnfitError as why:
        place = origin if base is None else f"{origin}: {setting.name}"
        raise ConfigurationError(f"{place}: {_shown(raw)} cannot be used: {why}.") from None
    if base is not None and isinstance(value, Path):
        value = base / value
    return Value(value, origin)


def _shown(raw: Any) -> str:
    text = raw if isinstance(raw, str) else str(raw)
    return repr(text if len(text) <= 80 else text[:79] + "…")


def _load(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as why:
        raise ConfigurationError(f"{path}: cannot be read: {(why.strerror or 'unknown reason').lower()}.") from None
    import tomllib  # noqa: PLC0415 - most runs have no file

    try:
        table = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid TOML: it is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as why:
        raise ConfigurationError(f"{path}: not valid TOML: {why}.") from None
    for key in table:
        if key not in BY_NAME:
            import difflib  # noqa: PLC0415 - only for a key that is not known

            near = difflib.get_close_matches(key.lower().replace("-", "_"), BY_NAME, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(BY_NAME)}."
            raise ConfigurationError(f"{path}: unknown key {_shown(key)}; {hint}")
    return table
