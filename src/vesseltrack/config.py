"""Settings and where each came from: flags > environment > ``./vesseltrack.toml`` > user configuration > default.

Texts from flags and the environment, and values from TOML, go through the same reader per setting. What cannot be used
is a `ConfigurationError` that names the place, the setting and what would be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from vesseltrack import config_values as read
from vesseltrack.config_values import Reader, UnfitError
from vesseltrack.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENVIRONMENT_PREFIX = "VESSELTRACK_"
PROJECT_FILE = "vesseltrack.toml"
Format = Literal["table", "json", "ndjson", "csv", "markdown", "html", "xlsx", "geojson", "kml", "parquet"]
FORMATS: tuple[Format, ...] = ("table", "json", "ndjson", "csv", "markdown")
"""Those of every answer."""

CASE_FORMATS: tuple[Format, ...] = (*FORMATS, "html", "xlsx", "geojson", "kml", "parquet")
"""Those of ``check`` and ``report``."""

BINARY_FORMATS: tuple[Format, ...] = ("xlsx", "parquet")
"""Those that are no text."""

SEVERITY_NAMES = ("low", "medium", "high", "critical")


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
    Setting(
        "format", read.choice(*get_args(Format)), None, "output format; without it, from the suffix of -o, else table"
    ),
    Setting("vessels", read.path, None, "CSV of ships that replaces what counts as listed"),
    Setting("ports", read.path, None, "GeoJSON of named polygons"),
    Setting("lists", read.names, None, "lists to consult; without it un and every imported list"),
    Setting("as_of", read.day, None, "day that stands for today"),
    Setting(
        "fail_on",
        read.choice("none", "new", *SEVERITY_NAMES),
        None,
        "least severity that makes check end in 10 (check: medium)",
    ),
    Setting("fail_at", read.percent, 100.0, "percent of the cap at which report ends in 11"),
    Setting("select", read.names, (), "only these rules, by code or prefix"),
    Setting("ignore", read.names, (), "not these rules, by code or prefix"),
    Setting("max_list_age", read.days, None, "days after which a list counts as stale"),
    Setting("counting", read.choice("voyage", "discharge", "load"), "voyage", "rule by which deliveries are counted"),
    Setting("fill", read.fill, None, "share of capacity carried; without it 1/3 to 1, median 0.75"),
    Setting("barrels_per_tonne", read.rate, None, "barrels per tonne where the product is not known; without it 8.33"),
    Setting("capacity_file", read.path, None, "CSV of ship sizes that replace the register's"),
    Setting("decisions", read.path, None, "CSV of calls disproved and deliveries exempted"),
    Setting("ledger", read.path, None, "the evidence ledger; without it ledger.sqlite3 in the user's data folder"),
    Setting("lock_wait", read.whole(0, 86_400), 60, "seconds to wait for a ledger that another run holds"),
    Setting("draws", read.whole(1, 100_000), 10_000, "draws of the simulation"),
    Setting("seed", read.whole(0, 10**18), 1718, "seed of the simulation"),
    Setting("map", read.mapping, {}, "column headers and the field each one means"),
    Setting("gap_hours", read.hours, 6.0, "hours of silence above which an AIS gap is told"),
    Setting("engine", read.choice("duckdb", "spark"), "duckdb", "what works through AIS positions"),
    Setting("master", read.text, None, "Spark's master; without it every core of this machine"),
    Setting("memory_limit", read.memory, "1.2GB", "memory for tables of AIS positions; what is more goes to disk"),
    Setting("quiet", read.switch, False, "only results, and what must not be missed"),
    Setting("verbose", read.switch, False, "every remark on the inputs"),
    Setting("no_color", read.switch, False, "no colour"),
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
    except UnfitError as why:
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
