"""What a refusal is, for every command."""

from __future__ import annotations

from vesseltrack.errors import ExitCode


def refused(ran, *says: str) -> None:
    """Ended in 2 with one line and no result."""
    assert ran.code == ExitCode.USAGE, ran
    assert ran.out == ""
    assert ran.err.count("\n") == 1, ran.err
    for text in says:
        assert text in ran.err
    assert "Traceback" not in ran.err
