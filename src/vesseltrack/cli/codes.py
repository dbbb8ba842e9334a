"""Rule codes as people type them: any case, a whole code or the beginning of one, commas between."""

from __future__ import annotations

from collections.abc import Iterable

from vesseltrack.errors import ConfigurationError


def rule_codes(given: Iterable[str], origin: str) -> tuple[str, ...]:
    """Codes and prefixes of the catalogue, in capitals.

    Args:
        given: what was typed.
        origin: where it was typed, for the message.

    Raises:
        ConfigurationError: a code that no rule begins with.
    """
    wanted = tuple(code.upper() for code in given)
    if not wanted:
        return ()
    from vesseltrack.rules.catalogue import RULES

    known = [rule.code for rule in RULES]
    for code in wanted:
        if len(code) < 2 or not any(name.startswith(code) for name in known):
            raise ConfigurationError(f"{origin}: {code}: no such rule; {near_codes(code, known)}")
    return wanted


def near_codes(code: str, known: list[str]) -> str:
    """A hint: codes that look like the one typed."""
    import difflib

    near = difflib.get_close_matches(code.upper(), known, n=3)
    return f"did you mean {', '.join(near)}?" if near else "`vesseltrack rules` lists them."
