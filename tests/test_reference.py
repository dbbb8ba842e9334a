"""The reference files are found, read strictly, fingerprinted, and missed in one clear line."""

import hashlib
import re

import pytest

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError, ExitCode

BUNDLED = (
    "vessels.csv", "ports.geojson", "regimes.toml", "products.csv", "reported.csv", "conversion_rates.csv", "fleet.csv",
    "tanker_sizes.csv", "published.csv", "coastline.json",
    "SOURCES.md", "examples/vostochny-2024.csv",
)  # fmt: skip


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An installation of its own that a test may damage."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(reference, "_PACKAGED", tmp_path / "no-such-folder")
    monkeypatch.setattr(reference, "_CHECKOUT", tmp_path)
    reference.read_bytes.cache_clear()
    yield tmp_path
    reference.read_bytes.cache_clear()


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_file_is_there(name):
    assert reference.path_of(name).is_file()


def test_a_fingerprint_is_the_sha256_of_the_bytes_on_disk():
    (used,) = reference.used("vessels.csv")
    assert used == reference.ReferenceUsed(
        "vessels.csv", hashlib.sha256(reference.path_of("vessels.csv").read_bytes()).hexdigest()
    )


def test_the_data_version_is_a_day():
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", reference.DATA_VERSION)


def test_a_missing_file_is_one_line_and_a_usage_error(checkout):
    with pytest.raises(ConfigurationError) as error:
        reference.rows("vessels.csv")
    assert "vessels.csv is missing" in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,imo\nCHON MA SAN\n", "as many cells"),
        ("name,imo\nCHON MA SAN,8660313,DPRK\n", "as many cells"),
        ('name,imo\n"CHON MA SAN,8660313\n', "damaged"),
        (b"name,imo\n\xff\xfe,1\n", "damaged"),
    ],
)
def test_a_damaged_table_is_refused_rather_than_read_in_part(checkout, text, why):
    (checkout / "data" / "vessels.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=why):
        reference.rows("vessels.csv")


def test_damaged_toml_and_geojson_are_refused(checkout):
    (checkout / "data" / "regimes.toml").write_text("limit = \n")
    (checkout / "data" / "ports.geojson").write_text('{"type": "FeatureCollection"}')
    with pytest.raises(ConfigurationError, match=r"regimes\.toml is damaged"):
        reference.toml("regimes.toml")
    with pytest.raises(ConfigurationError, match="not a FeatureCollection"):
        reference.geojson("ports.geojson")


def test_a_leading_zero_and_the_name_null_survive(checkout):
    (checkout / "data" / "vessels.csv").write_text("name,imo\nNULL,0012345\nNA, \n")
    assert reference.rows("vessels.csv") == [{"name": "NULL", "imo": "0012345"}, {"name": "NA", "imo": ""}]


def test_a_caller_cannot_change_what_the_next_one_reads():
    reference.rows("fleet.csv")[0]["stratum"] = "spoilt"
    reference.geojson("ports.geojson")["features"].clear()
    assert reference.rows("fleet.csv")[0]["stratum"] != "spoilt"
    assert reference.geojson("ports.geojson")["features"]
