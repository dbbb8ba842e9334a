"""The coasts that ships between the Korean ports and their suppliers must go round, as coarse geometry.

Nothing here is a port. `BARRIERS` are lines drawn well inland along the middle of peninsulas and islands, so that a
straight way across one of them is no sea route; `TURNS` are points off the capes where a route bends, placed by eye
on a chart 10 to 30 km off the coast. A route over them is good to a few per cent, and errs to the short side: what it
calls impossible in a given time is impossible.
"""

from __future__ import annotations

Point = tuple[float, float]
"""Latitude, longitude in decimal degrees."""

BARRIERS: tuple[tuple[Point, ...], ...] = (
    # Korea: from Manchuria down the middle, with ribs to the capes that stand out into the sea.
    ((46.0, 127.0), (41.6, 127.5), (40.0, 126.8), (38.8, 126.8), (37.3, 127.8), (35.8, 128.3),
     (34.8, 127.0), (34.5, 126.6)),
    ((41.6, 127.5), (41.3, 129.4)),  # Musudan
    ((38.8, 126.8), (38.3, 128.1), (37.3, 129.1), (36.2, 129.3), (35.4, 129.2)),  # the east coast to Ulsan
    ((38.3, 126.8), (38.2, 125.2)),  # Changsan
    ((37.3, 127.8), (36.8, 126.4)),  # Taean
    ((34.5, 126.6), (34.6, 126.4)),  # Haenam
    ((33.35, 126.25), (33.4, 126.85)),  # Jeju
    # Primorye and the Amur coast.
    ((46.0, 127.0), (43.9, 131.9), (43.2, 133.6), (44.5, 135.2), (46.5, 137.5), (48.5, 139.6), (51.5, 139.8)),
    ((43.9, 131.9), (43.3, 132.1)),  # Muravyov-Amursky
    # China: the Liaodong and Shandong peninsulas, then the coast down to Guangdong.
    ((46.0, 127.0), (41.5, 123.0), (39.2, 121.9)),
    ((41.5, 123.0), (40.5, 118.5), (36.5, 117.5), (37.2, 120.5), (37.2, 122.3)),
    ((36.5, 117.5), (33.0, 119.8), (31.0, 121.0), (29.0, 121.0), (27.0, 119.5), (25.3, 118.5),
     (23.3, 116.0), (22.8, 113.5)),
    ((24.8, 121.5), (22.3, 120.8)),  # Taiwan
    # Japan, Sakhalin: kept whole; the straits between them stay open.
    ((31.4, 130.7), (33.5, 130.9)),  # Kyushu
    ((34.2, 131.3), (35.2, 134.0), (36.3, 137.2), (38.5, 140.0), (40.9, 140.8)),  # Honshu
    ((35.2, 134.0), (33.8, 135.8)), ((36.3, 137.2), (35.2, 139.0)),
    ((42.0, 140.3), (43.0, 142.5), (45.0, 141.9)), ((43.0, 142.5), (42.2, 143.1)), ((43.0, 142.5), (43.3, 145.3)),
    ((46.5, 142.4), (51.0, 143.0), (53.5, 142.9)),
)  # fmt: skip

TURNS: tuple[Point, ...] = (
    # East of Korea, north to south, and through the Korea Strait
    (40.7, 129.95), (39.0, 128.4), (37.6, 129.5), (36.1, 129.85), (35.2, 129.55), (34.7, 129.0), (34.2, 128.2),
    # South-west of Korea: between Jeju and the mainland, south-west of Jeju, off Heuksando
    (33.95, 126.5), (33.0, 126.1), (33.0, 127.1), (34.3, 125.6), (36.7, 125.7), (37.9, 124.6),
    # Primorye
    (42.55, 133.2), (42.65, 134.2), (44.3, 136.3), (46.2, 138.7), (48.5, 140.7), (43.0, 131.8), (42.3, 131.3),
    # Liaodong, Shandong, the coast of China, Taiwan
    (38.55, 121.1), (38.6, 121.9), (37.9, 121.2), (37.5, 122.9), (36.7, 122.6), (32.2, 122.6), (30.7, 122.9),
    (29.0, 122.6), (27.2, 121.2), (26.2, 120.3), (25.0, 119.7), (23.0, 117.6), (25.5, 121.8),
    (21.7, 120.8), (21.9, 114.5),
    # Straits of Japan: Tsushima, Osumi, Tsugaru, La Perouse
    (34.4, 130.1), (33.6, 128.9), (32.2, 128.5), (30.8, 130.2), (30.9, 131.4), (33.2, 136.2),
    (34.4, 139.2), (35.5, 141.2),
    (41.3, 139.9), (41.45, 141.0), (41.4, 141.8), (41.9, 143.5), (43.2, 146.2), (45.75, 141.8), (45.8, 142.6),
)  # fmt: skip
