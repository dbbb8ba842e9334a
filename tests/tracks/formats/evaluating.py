"""The columns of a recognised source, evaluated by DuckDB."""

from __future__ import annotations

import duckdb


def evaluated(source):
    """The rows of a source as its `select` gives them, in the order of the file."""
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in source.columns) + "}"
    files = "[" + ", ".join(f"'{path}'" for path in source.paths) + "]"
    read = (
        f"read_csv({files}, auto_detect=false, header=true, delim='{source.delimiter}', quote='\"', columns={columns}, "
        f"compression='{source.compression or 'none'}', encoding='{source.encoding}')"
        if source.kind == "csv"
        else f"read_parquet({files})"
    )
    wanted = ", ".join(f'{expression} AS "{name}"' for name, expression in source.select.items())
    with duckdb.connect() as engine:
        engine.execute("SET preserve_insertion_order = true")
        result = engine.execute(f"SELECT {wanted} FROM {read}")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
