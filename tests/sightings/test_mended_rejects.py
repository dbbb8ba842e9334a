"""Rejects are kept, mended, and fed back beside the file they came from."""

from __future__ import annotations

from datetime import date

from vesseltrack.sightings.reader import read_sightings
from vesseltrack.sightings.rejects import write_rejects

LATEST = date(2026, 11, 22)
LOG = "date,vessel,port\n2024-03-13,CHON MA SAN,Vostochny\nmid March,WOL BONG SAN,Nampo\nlate March,YU SON,Nampo\n"


def test_a_mended_row_takes_the_place_of_the_unreadable_one(tmp_path):
    """Both files together are complete, and every row of each is accounted for."""
    log, mended = tmp_path / "log.csv", tmp_path / "rejects.csv"
    log.write_text(LOG)
    mended.write_text(write_rejects(read_sightings([str(log)], latest=LATEST).rejects).replace(" March", " 2024-03"))
    for names in ((log, mended), (mended, log)):
        both = read_sightings([str(name) for name in names], latest=LATEST)
        assert both.rejects == ()
        assert sorted(both.frame["vessel"]) == ["CHON MA SAN", "WOL BONG SAN", "YU SON"]
        of_log = next(used for used in both.inputs if used.path == str(log))
        assert (of_log.rows, of_log.rejected, of_log.duplicates) == (3, 0, 2)


def test_a_row_that_is_still_unreadable_stays_a_reject(tmp_path):
    """Half-mended rejects are told once, from the file in which they are being mended."""
    log, mended = tmp_path / "log.csv", tmp_path / "rejects.csv"
    log.write_text(LOG)
    text = write_rejects(read_sightings([str(log)], latest=LATEST).rejects)
    mended.write_text(text.replace("mid March", "mid 2024-03"))
    both = read_sightings([str(log), str(mended)], latest=LATEST)
    assert [(reject.source, reject.value) for reject in both.rejects] == [(str(mended), "late March")]
