"""Makes data/coastline.json: the land of East Asia, cut out of Natural Earth 1:10m and simplified.

A picture to draw reports on, never a geofence: at 1:10,000,000 a quay lies hundreds of metres off, and what is
simplified here lies farther off still. Ports and facilities are outlined in data/ports.geojson.

    npm install world-atlas@2.0.2
    python tools/make_coastline.py node_modules/world-atlas/land-10m.json

The package holds Natural Earth 4.1.0 as TopoJSON. Land only: its borders are de facto ones, and are not drawn.
"""

from __future__ import annotations

import hashlib
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

ROOT = Path(__file__).parents[1]
SHA256 = "9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8"
"""Of land-10m.json in world-atlas 2.0.2; another file is refused."""

AREA = (105, 15, 150, 55)
"""West, south, east, north in degrees: from Luzon to Sakhalin, where the trade was seen."""

TOLERANCE = 0.015
"""Degrees, about 1.5 km: half a pixel where the Korean peninsula fills a picture."""

STEPS = 1000
"""Positions are whole thousandths of a degree, about 100 m."""

Ring = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Arcs in degrees; TopoJSON writes each position as the difference from the one before, in steps of a grid."""
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [
            (x * east + west, y * north + south)
            for x, y in accumulate(arc, lambda one, step: [one[0] + step[0], one[1] + step[1]])
        ]
        for arc in topology["arcs"]
    ]


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring of arcs, each beginning where the one before ended; ``~n`` is arc n backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def land_of(topology: dict[str, Any]) -> MultiPolygon:
    """All land of the file inside the area, simplified; valid, so that it can be clipped again."""
    arcs = arcs_of(topology)
    polygons = [
        Polygon(ring_of(outer, arcs), [ring_of(hole, arcs) for hole in holes])
        for one in topology["objects"]["land"]["geometries"]
        for outer, *holes in ([one["arcs"]] if one["type"] == "Polygon" else one["arcs"])
    ]
    area = shapely.box(*AREA)  # the mainland crosses the 180th meridian, where its ring is not valid
    cut = shapely.union_all([shapely.make_valid(polygon).intersection(area) for polygon in polygons])
    simple = shapely.simplify(cut, TOLERANCE, preserve_topology=True)
    land = shapely.set_precision(simple, 1 / STEPS)
    parts = [part for part in shapely.get_parts(land) if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon([shapely.normalize(part) for part in parts])


def document(land: MultiPolygon) -> str:
    """The data file: where it is from, then a ring of whole thousandths of a degree a line, the largest land first."""
    about = {
        "what": "Land of East Asia for the pictures in reports; not for geofencing.",
        "source": "Natural Earth 4.1.0, 1:10m physical vectors, land; land-10m.json of the npm package world-atlas",
        "version": "2.0.2",
        "sha256": SHA256,
        "licence": "public domain (Natural Earth); the package that carries it: ISC, Michael Bostock",
        "made_by": "tools/make_coastline.py",
        "area": AREA,
        "tolerance_degrees": TOLERANCE,
        "steps_per_degree": STEPS,
    }
    polygons = []
    for part in sorted(land.geoms, key=lambda one: (-one.area, one.bounds)):
        rings = [[round(v * STEPS) for position in ring.coords for v in position] for ring in rings_of(part)]
        polygons.append("[" + ",\n".join(json.dumps(ring, separators=(",", ":")) for ring in rings) + "]")
    head = json.dumps(about, indent=0).removesuffix("\n}")
    return f'{head},\n"polygons": [\n' + ",\n".join(polygons) + "\n]\n}\n"


def rings_of(polygon: Polygon) -> list[Any]:
    """The outer ring, then the holes."""
    return [polygon.exterior, *polygon.interiors]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/make_coastline.py node_modules/world-atlas/land-10m.json")
    source = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(source).hexdigest() != SHA256:
        sys.exit(f"{sys.argv[1]} is not land-10m.json of world-atlas 2.0.2: its sha256 is another")
    target = ROOT / "data" / "coastline.json"
    target.write_text(document(land_of(json.loads(source))), encoding="utf-8")
    print(f"wrote {target.relative_to(ROOT)}")
