"""The catalogue: every rule, in order of its code."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.rules import ais, cap, companies, coverage, doubts, identity, listed, munitions, petroleum, transfers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vesseltrack.rules.model import Evidence, Finding, Rule

RULES: tuple[Rule, ...] = (
    *sorted((*listed.RULES, *doubts.RULES, *companies.RULES), key=lambda rule: rule.code),
    *ais.RULES,
    *identity.RULES,
    *petroleum.RULES,
    *cap.RULES,
    *munitions.RULES,
    *transfers.RULES,
    *coverage.RULES,
)


def selected(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Rules whose code begins with one of ``select`` (all where empty) and with none of ``ignore``."""
    return tuple(
        rule
        for rule in RULES
        if (not select or rule.code.startswith(tuple(select))) and not (ignore and rule.code.startswith(tuple(ignore)))
    )


def findings(evidence: Evidence, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    """Findings of all rules: most severe first, then by ship, date, rule and id."""
    found: list[Finding] = []
    twins: Counter[str] = Counter()
    for rule in rules:
        for finding in sorted(rule.check(evidence), key=lambda f: (f.id, f.title, f.sightings)):
            number = twins[finding.id]
            twins[finding.id] += 1
            found.append(replace(finding, id=f"{finding.id}-{number}") if number else finding)
    return tuple(
        sorted(
            found,
            key=lambda f: (
                -f.severity,
                f.identity.name if f.identity is not None else "",
                str(f.observed_from),
                f.rule,
                f.id,
            ),
        )
    )
