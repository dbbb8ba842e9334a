"""Products and their barrels per tonne (data/products.csv)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vesseltrack import reference

UNSPECIFIED = "unspecified"
"""Product basket of the 1718 Committee: 8.33 barrels per tonne, used where the product is not known."""

LIGHTEST_BARRELS_PER_TONNE = 8.53
"""Gasoline, the lightest product usually carried (ruling 23; data/products.csv)."""

HEAVIEST_BARRELS_PER_TONNE = 6.35
"""Residual fuel oil, the heaviest (ruling 23; data/products.csv)."""


@dataclass(frozen=True)
class Product:
    """A petroleum product."""

    name: str
    barrels_per_tonne: float
    regime: str
    """``refined``, ``crude``, or empty for what no cap counts."""

    settled: bool = False
    """Somebody gave the factor: it is one figure, whatever the product."""


@dataclass(frozen=True)
class Products:
    """Products by every name they go by."""

    by_name: dict[str, Product]

    def find(self, text: str) -> Product | None:
        """Product meant by a text; None where it names no petroleum product. Blank: the unspecified basket."""
        words = text.casefold().strip()
        if not words:
            return self.by_name[UNSPECIFIED]
        if words in self.by_name:
            return self.by_name[words]
        hits = {product.name: product for name, product in self.by_name.items() if f" {name} " in f" {words} "}
        if len(hits) > 1:
            hits.pop(UNSPECIFIED, None)
        return next(iter(hits.values())) if len(hits) == 1 else None

    def with_basket(self, barrels_per_tonne: float) -> Products:
        """The same with another factor, beyond doubt, where the product is not known."""
        basket = replace(self.by_name[UNSPECIFIED], barrels_per_tonne=barrels_per_tonne, settled=True)
        return Products({text: basket if p.name == UNSPECIFIED else p for text, p in self.by_name.items()})


def load_products() -> Products:
    """Read data/products.csv."""
    by_name: dict[str, Product] = {}
    for row in reference.rows("products.csv"):
        product = Product(row["product"], float(row["barrels_per_tonne"]), row["regime"])
        for name in (row["product"], *row["names"].split(";")):
            if name.strip():
                by_name.setdefault(name.casefold().strip(), product)
    return Products(by_name)
