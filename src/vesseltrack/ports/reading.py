"""Ports and facilities from GeoJSON: the bundled file, or a user's own."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, cast, get_args

from vesseltrack import reference
from vesseltrack.errors import ConfigurationError
from vesseltrack.ports.features import Feature, shown
from vesseltrack.ports.model import Facility, FacilityRole, Port, PortRole
from vesseltrack.ports.names import key, keys
from vesseltrack.reference import ReferenceUsed
from vesseltrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vesseltrack.ports.outline import Outline

BUNDLED = "ports.geojson"
_FACILITY_ROLES: tuple[str, ...] = get_args(FacilityRole)
_PORT_ROLES: tuple[str, ...] = get_args(PortRole)

SAME_PLACE_M = 50_000.0
"""A user's port takes what it leaves out from the bundled port of its name only this near to it."""

_AS_FACILITY: dict[str, FacilityRole] = {"munitions": "munitions_pier", "oil_supply": "oil_loading"}
"""A user may give a facility the role of a port; this is what it means there."""


def bundled() -> tuple[tuple[Port, ...], tuple[ReferenceUsed, ...]]:
    """The ports of the program, and the file they come from."""
    features = _features(reference.geojson(BUNDLED), BUNDLED)
    return _ports(features, known={}), reference.used(BUNDLED)


def read_users_file(path: Path) -> tuple[tuple[Port, ...], tuple[ReferenceUsed, ...]]:
    """A user's ports, and the files they rest on; `ConfigurationError` in one line for a file that cannot be used."""
    name = printable(str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigurationError(f"ports file {name} does not exist: check the path") from error
    except IsADirectoryError as error:
        raise ConfigurationError(f"ports file {name} is a directory: name a GeoJSON file in it") from error
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "no usable path"
        raise ConfigurationError(f"ports file {name} cannot be read ({why}): check the path and its rights") from error
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"ports file {name} is not UTF-8 text: save it as GeoJSON in UTF-8") from error
    except json.JSONDecodeError as error:
        raise ConfigurationError(
            f"ports file {name} is not JSON ({error.msg} at line {error.lineno}): save it as GeoJSON"
        ) from error
    except (RecursionError, ValueError) as error:
        raise ConfigurationError(f"ports file {name} is not usable JSON: save it as GeoJSON") from error
    features = _features(document, name)
    known, used = bundled()
    _check_geometries(features, name)
    own = ReferenceUsed(str(path), hashlib.sha256(content).hexdigest())
    by_name = {name: port for port in reversed(known) for name in _names_of(port)}
    return _ports(features, known=by_name), (own, *used)


def _features(document: Any, name: str) -> tuple[Feature, ...]:
    """The features of a GeoJSON document, each with a word for it in messages."""
    mend = "write a FeatureCollection of polygons with a name"
    kind = document.get("type") if isinstance(document, dict) else None
    listed = [document] if kind == "Feature" else document.get("features") if kind == "FeatureCollection" else None
    if not isinstance(listed, list):
        what = f"its type is {shown(kind)}" if kind is not None else "it has no GeoJSON type"
        raise ConfigurationError(f"ports file {name} is not GeoJSON features ({what}): {mend}")
    if not listed:
        raise ConfigurationError(f"ports file {name} holds no polygons: {mend}")
    return tuple(_feature(item, number, name) for number, item in enumerate(listed, start=1))


def _feature(item: Any, number: int, name: str) -> Feature:
    where = f"ports file {name}, feature {number}"
    properties = item.get("properties") if isinstance(item, dict) else None
    if not isinstance(item, dict) or item.get("type") != "Feature" or not isinstance(properties, dict | None):
        raise ConfigurationError(f'{where}: it is no GeoJSON feature: write {{"type": "Feature", ...}}')
    feature = Feature(where, properties or {}, item.get("geometry"))
    title = feature.text("name")
    if not key(title):
        fault = f"the name {shown(title)} has no letter or digit" if title else "it has no name"
        raise feature.fail(fault, 'give it a property "name"')
    return Feature(f"{where} ({shown(title)})", feature.properties, feature.geometry)


def _check_geometries(features: Sequence[Feature], name: str) -> None:
    """Whether the outlines are polygons that do not cross themselves; the bundled file is checked by the tests."""
    from vesseltrack.ports.geometry import fault_of  # noqa: PLC0415 - finding a port by name needs no shapely

    outlines = [feature.outline() for feature in features]
    if all(outline is None for outline in outlines):
        raise ConfigurationError(f"ports file {name} holds no polygons: write a FeatureCollection of polygons")
    for feature, outline in zip(features, outlines, strict=True):
        fault = "" if outline is None else fault_of(outline)
        if fault:
            raise feature.fail(f"the polygon is not valid ({fault})", "draw its edge without crossing itself")


def _ports(features: Sequence[Feature], known: Mapping[str, Port]) -> tuple[Port, ...]:
    """Ports with their facilities, in the order of the file; a port that only facilities name comes where they do."""
    own = {_key_of(feature): feature for feature in features if not _is_facility(feature)}
    by_id = {feature.text("id"): _key_of(feature) for feature in own.values() if feature.has("id")}
    inside: dict[str, list[Feature]] = {}
    titles: dict[str, str] = {}
    for feature in features:
        owner = feature.text("port") if _is_facility(feature) else feature.text("name")
        owner_key = by_id.get(owner, key(owner))
        if _is_facility(feature):
            inside.setdefault(owner_key, []).append(feature)
        elif own[owner_key] is not feature:
            raise feature.fail("another feature has the same name", "give each its own, or draw one MultiPolygon")
        titles.setdefault(owner_key, owner)
    ids = _distinct(feature.text("id") or _slug(feature.text("name")) for feature in features)
    id_of = dict(zip(map(id, features), ids, strict=True))
    return tuple(
        _port(
            own.get(owner),
            own[owner].text("name") if owner in own else title,
            tuple(inside.get(owner, ())),
            id_of,
            known,
        )
        for owner, title in titles.items()
    )


def _port(
    feature: Feature | None,
    title: str,
    inside: tuple[Feature, ...],
    ids: dict[int, str],
    known: Mapping[str, Port],
) -> Port:
    outlines = tuple(found for item in ((feature,) if feature else inside) if (found := item.outline()) is not None)
    like = _known_port(title, outlines, known)
    if feature is None:
        feature = Feature(inside[0].where, {"name": title}, None)
        own_id = like.id if like else _slug(title)
    else:
        own_id = ids[id(feature)]
    unlocodes = tuple(code.replace(" ", "").upper() for code in feature.texts("unlocode", "unlocodes"))
    unlocodes = unlocodes or (like.unlocodes if like else ())
    country = (
        feature.text("country").upper() or (like.country if like else "") or (unlocodes[0][:2] if unlocodes else "")
    )
    roles = tuple(feature.one_of("role", role, _PORT_ROLES) for role in feature.texts("role", "roles"))
    facilities = tuple(_facility(item, title, ids[id(item)], like) for item in inside)
    return Port(
        id=own_id,
        name=feature.text("name"),
        country=country,
        unlocodes=unlocodes,
        aliases=feature.texts("aliases") or (like.aliases if like else ()),
        roles=cast("tuple[PortRole, ...]", roles) or (like.roles if like else ("other",)),
        outline=outlines[0] if feature.geometry is not None and outlines else None,
        point=feature.point() or (like.point if like else None),
        uncertainty_m=feature.number("uncertainty_m", 0.0),
        facilities=facilities,
        source=feature.text("source"),
    )


def _facility(feature: Feature, port: str, own_id: str, like: Port | None) -> Facility:
    title = feature.text("name")
    known = next(
        (item for item in (like.facilities if like else ()) if keys(title) & _names_of(item)),
        None,
    )
    written = feature.text("role") or next(iter(feature.texts("roles")), "") or (known.role if known else "other")
    role = feature.one_of("role", _AS_FACILITY.get(written, written), _FACILITY_ROLES)
    return Facility(
        id=own_id,
        name=title,
        port=port,
        role=cast("FacilityRole", role),
        aliases=feature.texts("aliases") or (known.aliases if known else ()),
        outline=feature.outline(),
        uncertainty_m=feature.number("uncertainty_m", 0.0),
        operator=feature.text("operator") or (known.operator if known else ""),
        near_loading_berth=feature.truth("near_loading_berth"),
        source=feature.text("source"),
        operator_listings=tuple(
            (authority, day)
            for authority, _, day in (text.partition(" ") for text in feature.texts("operator_listings"))
        ),
    )


def _known_port(title: str, outlines: Iterable[Outline], known: Mapping[str, Port]) -> Port | None:
    """The bundled port of that name, unless the user's lies elsewhere."""
    like = known.get(key(title))
    if like is None or like.point is None:
        return like
    from vesseltrack.ports.geometry import point_within_m  # noqa: PLC0415 - only a user's own file comes here

    near = [point_within_m(outline, SAME_PLACE_M, like.point) for outline in outlines]
    return like if any(near) or not near else None


def _names_of(facility: Facility | Port) -> set[str]:
    return {name for own in (facility.name, *facility.aliases) for name in keys(own)}


def _is_facility(feature: Feature) -> bool:
    return feature.text("kind") == "facility" or feature.has("port")


def _key_of(feature: Feature) -> str:
    return key(feature.text("name"))


def _slug(title: str) -> str:
    return key(title)


def _distinct(wanted: Iterable[str]) -> list[str]:
    """The same ids, numbered where one comes twice."""
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for own in wanted:
        seen[own] += 1
        ids.append(own if seen[own] == 1 else f"{own}-{seen[own]}")
    return ids
