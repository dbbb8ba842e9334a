"""Settings: flags > environment > ./vesseltrack.toml > user configuration, each value with its origin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.config import SETTINGS, resolve, unknown_variables
from vesseltrack.errors import ConfigurationError, ExitCode


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "vesseltrack.toml", tmp_path / "user.toml"


def test_the_stronger_source_wins_and_says_its_name(files):
    project, user = files
    user.write_text('fail_on = "low"\nfail_at = 50\nlists = ["un"]\nmax_list_age = 30\n')
    project.write_text('fail_on = "high"\nfail_at = 75\n')
    settings = resolve({"fail_on": "critical"}, {"VESSELTRACK_FAIL_ON": "low", "VESSELTRACK_FAIL_AT": "90%"}, files)
    assert (settings["fail_on"], settings.origin("fail_on")) == ("critical", "flag --fail-on")
    assert (settings["fail_at"], settings.origin("fail_at")) == (90.0, "environment VESSELTRACK_FAIL_AT")
    assert (settings["max_list_age"], settings.origin("max_list_age")) == (30, str(user))
    assert (settings["ports"], settings.origin("ports")) == (None, "default")
    assert settings.given("lists")
    assert not settings.given("ports")


def test_without_anything_every_setting_has_its_default(files):
    settings = resolve({}, {}, files)
    assert [settings[setting.name] for setting in SETTINGS] == [setting.default for setting in SETTINGS]


def test_a_path_in_a_file_is_relative_to_that_file(files):
    project, _ = files
    project.write_text('vessels = "mine.csv"\n')
    assert resolve({}, {}, files)["vessels"] == project.parent / "mine.csv"
    assert resolve({"vessels": "mine.csv"}, {}, files)["vessels"] == Path("mine.csv")


def test_an_empty_variable_is_no_setting(files):
    assert resolve({}, {"VESSELTRACK_FAIL_ON": " "}, files).origin("fail_on") == "default"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('fail_no = "high"', "unknown key 'fail_no'; did you mean fail_on?"),
        ("zzz = 1", "unknown key 'zzz'; known are"),
        ("fail_on = 3", "fail_on: '3' cannot be used: expected one of none, new, low"),
        ("fail_at = true", "expected a percentage above 0, or none"),
        ("max_list_age = -1", "expected a number of days"),
        ("as_of = 2024-12-31T00:00:00Z", "expected a day such as 2024-12-31"),
        ("quiet = 'loud'", "expected true or false"),
        ("lists = [1]", "expected names"),
        ("[map]\n'Ship Name' = 1", "expected HEADER=FIELD"),
        ("fail_on = ", "not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_with_file_key_and_remedy(files, text, says):
    project, _ = files
    project.write_text(text)
    with pytest.raises(ConfigurationError) as error:
        resolve({}, {}, files)
    assert str(project) in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.exit_code == ExitCode.USAGE


def test_a_file_that_is_no_text_is_named(files):
    project, _ = files
    project.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        resolve({}, {}, files)
    project.unlink()
    project.mkdir()
    with pytest.raises(ConfigurationError, match="is a directory"):
        resolve({}, {}, files)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("fail_at", "none", None),
        ("fail_at", "90 %", 90.0),
        ("fail_at", "0.5", 0.5),
        ("max_list_age", "none", None),
        ("max_list_age", "14", 14),
        ("lists", "un, ofac", ("un", "ofac")),
        ("as_of", "2024-02-29", date(2024, 2, 29)),
        ("no_color", "1", True),
        ("no_color", "off", False),
        ("format", "JSON", "json"),
        ("map", "Ship, Name=vessel", {"Ship, Name": "vessel"}),
        ("map", "a=b=vessel\nSeen=date", {"a=b": "vessel", "Seen": "date"}),
    ],
)
def test_a_text_becomes_the_value_it_means(files, name, text, value):
    assert resolve({}, {f"VESSELTRACK_{name.upper()}": text}, files)[name] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fail_at", "0"),
        ("fail_at", "-5"),
        ("fail_at", "nan"),
        ("fail_at", "inf"),
        ("fail_at", "1e400"),
        ("max_list_age", "1.5"),
        ("as_of", "2023-02-29"),
        ("as_of", "yesterday"),
        ("as_of", "0000-01-01"),
        ("fail_on", "severe"),
        ("format", "pdf"),
        ("map", "vessel"),
        ("map", "=vessel"),
        ("lists", ","),
    ],
)
def test_a_value_that_does_not_fit_is_refused(files, name, text):
    with pytest.raises(ConfigurationError, match=f"environment VESSELTRACK_{name.upper()}"):
        resolve({}, {f"VESSELTRACK_{name.upper()}": text}, files)


@given(st.sampled_from([setting.name for setting in SETTINGS]), st.text(max_size=40))
def test_no_text_ever_ends_in_anything_but_a_value_or_one_line(name, text):
    try:
        said = resolve({name: text}, {}, ()).origin(name)
    except ConfigurationError as error:
        said = str(error)
    assert said.startswith("flag --")
    assert "\n" not in said


def test_variables_that_are_no_settings_are_told():
    environment = {"VESSELTRACK_FAIL_NO": "low", "VESSELTRACK_FAIL_ON": "low", "HOME": "x"}
    assert unknown_variables(environment) == ("VESSELTRACK_FAIL_NO",)
