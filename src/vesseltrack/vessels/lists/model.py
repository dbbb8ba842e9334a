"""What a published list holds once it is read, and what every reader of a format offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vesseltrack.vessels.lists.download import Download
    from vesseltrack.vessels.model import Company, Vessel


@dataclass(frozen=True)
class PublishedList:
    """A list as read from the publisher's file. Rows read are the rows kept and the rows skipped."""

    name: str
    """Word for ``--lists``: ``ofac``, ``uk`` ..."""

    title: str
    """Name as printed in output: ``OFAC Specially Designated Nationals List``."""

    authority: str
    """``UN``, ``US``, ``UK``, ``EU``, ``OpenSanctions`` ..."""

    format: str
    """Name of the format that was recognised: ``OFAC SDN.CSV``."""

    version: str
    """The publisher's date of this edition, ISO; empty where the file does not say."""

    rows: int
    """Entries in the file, ships or not."""

    vessels: tuple[Vessel, ...]
    """Each with one listing of this list; an entry with two IMO numbers is two ships."""

    companies: tuple[Company, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Entries that are neither ship nor kept company, by reason: ``individual``, ``aircraft`` ..."""

    remarks: tuple[str, ...] = ()
    """What was read otherwise than it is written, a sentence each, with entry or line: a number that is no ship's."""

    cut: str = ""
    """Why the file is not whole by its own count, in words; empty where nothing says so."""

    warnings: tuple[str, ...] = ()
    """Those of the remarks that nobody must miss."""


@dataclass(frozen=True)
class ListFormat:
    """A format that can be read."""

    name: str
    """As people know it: ``OFAC SDN.CSV``."""

    recognises: Callable[[str], bool]
    """Whether the first 64 KiB of a file, decoded, are this format; never raises."""

    read: Callable[[Download], PublishedList]
    """Reads the whole file; raises `ListError` where it is cut off or not what its beginning promised."""
