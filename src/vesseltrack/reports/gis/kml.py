"""KML 2.2 (OGC 07-147r2): folders of findings by severity, calls and voyages, with style and time.

A viewer such as Google Earth reads a description as HTML, and a ship's name is text that somebody else wrote: it is
escaped twice, so that it is text there too. Nothing is fetched from anywhere: there are no icons but the viewer's own.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from vesseltrack.reports.closing import INDICATES, LICENCE
from vesseltrack.reports.gis.features import features
from vesseltrack.reports.gis.style import LOOKS, look_of
from vesseltrack.reports.values import instant
from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vesseltrack.ports.outline import Position
    from vesseltrack.reports.case import Case
    from vesseltrack.reports.gis.features import Feature, Value
    from vesseltrack.reports.gis.style import Look

SCALES = {"small": 0.7, "medium": 1.0, "large": 1.3}
"""Of the viewer's own marker."""

BALLOON = '<div style="white-space: pre-wrap">$[description]</div>'
"""All that a click shows: no other property is put into a page by the viewer."""

FOLDERS = {"call": "Calls", "voyage": "Voyages"}


def render(case: Case, *, only_findings: bool) -> str:
    """The document; what has no position is in its folder and not on the map."""
    return "\n".join(_document(case, features(case, only_findings=only_findings))) + "\n"


def _document(case: Case, found: Iterable[Feature]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2">'
    yield "<Document>"
    yield "<name>vesseltrack</name>"
    yield "<open>1</open>"
    yield f"<description>{_html(_about(case))}</description>"
    for look in LOOKS.values():
        yield _style(look)
    for kind, of_kind in groupby(found, key=lambda feature: feature.kind):
        if kind != "finding":
            yield from _folder(FOLDERS[kind], of_kind)
            continue
        yield "<Folder>"
        yield "<name>Findings</name>"
        by_severity: dict[str, list[Feature]] = {}
        for feature in of_kind:
            by_severity.setdefault(str(feature.properties["severity"]), []).append(feature)
        for severity in (name for name in LOOKS if name in by_severity):
            yield from _folder(severity.capitalize(), by_severity[severity])
        yield "</Folder>"
    yield "</Document>"
    yield "</kml>"


def _about(case: Case) -> Iterator[str]:
    yield from (status.verdict for status in case.years)
    yield f"As of {case.as_of or 'no day, for no sighting was accepted'}."
    if case.incomplete_because:
        yield "INCOMPLETE: " + "; ".join(case.incomplete_because)
    yield from (f"Read: {used.path}, {used.rows} rows, {used.rejected} rejected" for used in case.inputs)
    yield from (f"List: {used.name} ({used.authority}), version {used.version or 'unknown'}" for used in case.lists)
    yield INDICATES
    yield LICENCE


def _folder(name: str, found: Iterable[Feature]) -> Iterator[str]:
    marks = [line for feature in found for line in _placemark(feature)]
    yield "<Folder>"
    yield f"<name>{name}</name>"
    yield from marks
    yield "</Folder>"


def _placemark(feature: Feature) -> Iterator[str]:
    said: dict[str, Value] = {"kind": feature.kind, "id": feature.id, **feature.properties}
    known = {key: value for key, value in said.items() if value is not None}
    yield "<Placemark>"
    yield f"<name>{_xml(feature.title)}</name>"
    yield '<Snippet maxLines="0"></Snippet>'
    shown = (feature.title, "", *(f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in known.items()))
    yield f"<description>{_html(shown)}</description>"
    if feature.start is not None and feature.end is not None:
        begin, end = instant(feature.start), instant(feature.end)
        yield f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>"
    yield f"<styleUrl>#{look_of(feature).name}</styleUrl>"
    yield "<ExtendedData>"
    for key, value in known.items():
        yield f'<Data name="{key}"><value>{_xml(_plain(value))}</value></Data>'
    yield "</ExtendedData>"
    yield from _geometry(feature)
    yield "</Placemark>"


def _geometry(feature: Feature) -> Iterator[str]:
    if feature.point is not None:
        yield f"<Point><coordinates>{_coordinates([feature.point])}</coordinates></Point>"
    lines = [
        f"<LineString><tessellate>1</tessellate><coordinates>{_coordinates(line)}</coordinates></LineString>"
        for line in feature.lines
    ]
    if len(lines) > 1:
        yield f"<MultiGeometry>{''.join(lines)}</MultiGeometry>"
    else:
        yield from lines


def _coordinates(positions: Iterable[Position]) -> str:
    return " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in positions)


def _style(look: Look) -> str:
    colour = f"ff{look.colour[5:7]}{look.colour[3:5]}{look.colour[1:3]}"
    if look.width:
        drawn = f"<LineStyle><color>{colour}</color><width>{look.width}</width></LineStyle>"
    else:
        drawn = (
            f"<IconStyle><color>{colour}</color><scale>{SCALES[look.size]}</scale></IconStyle>"
            "<LabelStyle><scale>0</scale></LabelStyle>"
        )
    balloon = f"<BalloonStyle><text>{escape(BALLOON, quote=False)}</text></BalloonStyle>"
    return f'<Style id="{look.name}">{drawn}{balloon}</Style>'


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _xml(text: str) -> str:
    """Text for an element: what XML cannot hold, and what acts or hides, is made visible."""
    return escape(printable(text), quote=False)


def _html(lines: Iterable[str]) -> str:
    """Lines that stay plain text where the element's text is read as HTML, and name no property to be put in."""
    return "\n".join(escape(_xml(line).replace("$[", "$&#91;"), quote=False) for line in lines)
