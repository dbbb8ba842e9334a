"""What `ports list` and `ports locate` show."""

from __future__ import annotations

import pytest

from vesseltrack.errors import ConfigurationError
from vesseltrack.ports.listing import list_places, locate_query


def test_every_port_and_facility_is_listed_once(bundled):
    lines = list_places(bundled)
    assert len(lines) == sum(1 + len(port.facilities) for port in bundled.ports)
    assert len({(line.port, line.facility) for line in lines}) == len(lines)
    assert all(line.source for line in lines)


def test_what_is_known_by_name_only_has_no_uncertainty(bundled):
    (line,) = [line for line in list_places(bundled) if line.port == "Cho-do"]
    assert (line.lat, line.lon, line.uncertainty_m) == (None, None, None)


@pytest.mark.parametrize(
    "words", [["42.79", "133.0"], ["42.79,133.0"], ["42.79N", "133.0E"], ["133.0E", "42.79N"], ["42.79°N,", "133.0°E"]]
)
def test_a_point_in_any_notation(bundled, words):
    found = locate_query(bundled, words)
    assert (found.lat, found.lon, found.place.port.name) == (42.79, 133.0, "Vostochny")
    assert found.nearest is None


def test_at_sea_the_nearest_port_is_told(bundled):
    found = locate_query(bundled, ["38", "124.4"])
    assert found.place.kind == "sea"
    assert found.nearest is not None
    assert 50 < found.nearest_km < 150


def test_a_name_in_several_words(bundled):
    assert locate_query(bundled, ["off", "Nampo"]).place.at_roads


@pytest.mark.parametrize("words", [[], [" "], ["91", "0"], ["133.08", "42.75"]])
def test_nothing_and_nowhere_are_refused(bundled, words):
    with pytest.raises(ConfigurationError):
        locate_query(bundled, words)
