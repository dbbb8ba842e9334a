"""One screening: answered as its queries come, or held until the last of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vesseltrack.cases.lists import stale_lists
from vesseltrack.cases.outcome import screen_exit
from vesseltrack.cases.screening import AnswerStream, Tally, nothing_screened, screen_results
from vesseltrack.cli import output as out
from vesseltrack.cli.screen_input import blocks
from vesseltrack.cli.screen_output import opened
from vesseltrack.cli.session import Session, today
from vesseltrack.reports.render import render

if TYPE_CHECKING:
    from vesseltrack.cases.fleet import FleetIndex
    from vesseltrack.cases.fleet_reading import FleetFile
    from vesseltrack.cli.screen_log import ScreeningLog
    from vesseltrack.reports.case import Fleet, Screening
    from vesseltrack.vessels.model import ScreenResult
    from vesseltrack.vessels.register import Register

TOGETHER = 1000
"""Lines of the log written at once."""


class Task:
    """One screening, answered as the queries come or held until the last of them."""

    def __init__(
        self,
        session: Session,
        register: Register,
        queries: Sequence[str],
        ships: FleetFile | None,
        log: ScreeningLog | None,
        page: str | None,
    ) -> None:
        self._session = session
        self._register = register
        self._queries = queries
        self._as_of = session.as_of or today()
        self._fleet: Fleet | None = None
        self._index: FleetIndex | None = None
        if ships is not None:
            from vesseltrack.cases.fleet import FleetIndex, screen_fleet

            self._fleet = screen_fleet(ships, register, self._as_of)
            self._index = FleetIndex(ships.ships)
        self._log = log
        self._page = page
        self._consulted: Screening = nothing_screened(register, self._as_of)

    def held(self) -> int:
        """Answers all queries, then writes."""
        session = self._session
        results = screen_results(blocks(self._queries), self._register, self._as_of)
        fleet = self._fleet
        if fleet is not None and self._index is not None:
            from vesseltrack.cases.fleet import with_results

            if (amend := self._amend()) is not None:
                results = tuple(map(amend, results))
            fleet = with_results(fleet, self._index, results)
        tally = Tally.of(results)
        because = self._incomplete(tally)
        screening = replace(self._consulted, incomplete_because=because, results=results, fleet=fleet)
        self._keep(screening)
        self._tell(because)
        verbose = session.settings["verbose"]
        session.write(render("screen", screening, session.format, verbose=verbose, **session.shape))
        return self._exit(tally, because)

    def streamed(self) -> int:
        """Answers each query as it comes."""
        session, index = self._session, self._index
        from vesseltrack.cli.screen_log import screened_at
        from vesseltrack.reports.answers import CsvRows, JsonLines
        from vesseltrack.reports.screening_log import LogLines

        renderer = (JsonLines if session.format == "ndjson" else CsvRows)(
            self._as_of, marks_fleet=self._fleet is not None
        )
        stream = AnswerStream(
            self._register,
            self._as_of,
            renderer,
            involves=None if index is None else (lambda result: bool(index.of_result(result))),
            amend=self._amend(),
            logged=self._log is not None,
        )
        lines = LogLines(self._consulted)
        gc.freeze()  # the register stays; looking through it again and again takes a fifth of the time
        with opened(session.output) as write:
            header = renderer.header  # with the first answer: what cannot be read at all leaves nothing behind
            for block in blocks(self._queries):
                for text, objects in stream.portions(block):
                    if self._log is not None:  # first the proof, then the answer
                        self._log.append(lines.lines(objects, screened_at()))
                    write(header + text)
                    header = ""
            if header:
                write(header)
        because = self._incomplete(stream.tally)
        self._tell(because)
        if self._fleet is not None:
            from vesseltrack.cli.examination import tell_fleet

            tell_fleet(self._fleet, session)
        return self._exit(stream.tally, because)

    def _amend(self) -> Callable[[ScreenResult], ScreenResult] | None:
        """Adds owners that the fleet's file names; None where it names none on a list."""
        fleet, index = self._fleet, self._index
        if fleet is None or index is None or not any(ship.companies for ship in fleet.ships):
            return None
        from vesseltrack.cases.fleet import with_owners

        return lambda result: with_owners(result, fleet, index)

    def _incomplete(self, tally: Tally) -> tuple[str, ...]:
        fleet: Iterable[str] = ()
        if self._fleet is not None:
            from vesseltrack.cases.fleet import unchecked

            fleet = unchecked(self._fleet)
        return (
            *tally.incomplete(),
            *fleet,
            *stale_lists(self._register.lists, self._as_of, self._session.settings["max_list_age"]),
        )

    def _tell(self, because: tuple[str, ...]) -> None:
        if because:
            self._session.messages.must(f"incomplete: {'; '.join(because)}.")

    def _exit(self, tally: Tally, because: tuple[str, ...]) -> int:
        fail_on = self._session.settings["fail_on"] or "medium"
        return screen_exit(tally.grades, fail_on, complete=not because, fleet=self._fleet)

    def _keep(self, screening: Screening) -> None:
        """Log and certificate, before anything is answered."""
        if self._log is None and self._page is None:
            return
        from vesseltrack.cli.screen_log import screened_at
        from vesseltrack.reports.answers import JsonLines
        from vesseltrack.reports.screening_log import LogLines, fingerprint

        moment, line = screened_at(), ""
        if self._log is not None:
            answers, lines = JsonLines(self._as_of), LogLines(self._consulted)
            for at in range(0, len(screening.results), TOGETHER):
                results = screening.results[at : at + TOGETHER]
                line = lines.lines((str(result.line).join(answers.parts(result)) for result in results), moment)
                self._log.append(line)
        if self._page is not None:
            from vesseltrack.reports import certificate

            form = certificate.form_of(self._page)
            text = certificate.render(screening, moment, form, fingerprint(line) if line else "")
            out.write(text, self._page)
