"""A name broken over two lines of a cell is one name; two ships in a cell are two."""

from __future__ import annotations

import pytest

from vesseltrack.vessels.identity import identify
from vesseltrack.vessels.loading import load_register


@pytest.mark.parametrize("written", ["CHON MA\nSAN", "CHON MA\r\nSAN", "CHON MA|SAN"])
def test_a_broken_name_is_still_found(written: str):
    """A listed ship is not missed because its cell wraps."""
    who = identify(load_register(), name=written)
    assert who.grade == "match"
    assert who.vessel is not None
    assert who.vessel.name == "CHON MA SAN"


@pytest.mark.parametrize("written", ["CHON MA SAN\nAN SAN 1", "CHON MA SAN|AN SAN 1", "CHON MA SAN; AN SAN 1"])
def test_two_ships_in_a_cell_are_not_one(written: str):
    """Neither is taken for the other, and both are named."""
    who = identify(load_register(), name=written)
    assert "two_ships" in who.problems
    assert {c.vessel.name for c in who.candidates} == {"CHON MA SAN", "AN SAN 1"}


def test_a_hostile_name_is_one_unlisted_ship():
    """Signs that could separate ships separate nothing where no part is known."""
    assert identify(load_register(), name='=HYPERLINK("http://x")|x').problems == ()
