"""Rows of Parquet, a file or the folder of files that Spark writes, a few at a time.

Needs polars, an optional extra (`pip install dragoman[parquet]`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import SourceError, UsageError

__all__ = ["is_parquet", "parquet_rows"]

ROWS = 200
"""Rows that are held at once."""


def is_parquet(path: Path) -> bool:
    """Whether this is a file of Parquet or a folder with such files."""
    if path.is_dir():
        return any(path.glob("*.parquet"))
    return path.suffix.lower() == ".parquet"


def parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows, as mappings of their columns; the files of a folder by name.

    Raises:
        SourceError: a file cannot be read. UsageError: polars is not installed.
    """
    try:
        import polars
    except ImportError:
        message = 'Parquet needs polars. Install it with: pip install "dragoman[parquet]"'
        raise UsageError("U001", message) from None
    for file in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        try:
            table = polars.scan_parquet(file)
            for start in range(0, table.select(polars.len()).collect().item(), ROWS):
                yield from table.slice(start, ROWS).collect().iter_rows(named=True)
        except FileNotFoundError:
            raise SourceError("S001", f"There is no file {file}. Check the path.") from None
        except (OSError, polars.exceptions.PolarsError) as error:
            reason = " ".join(str(error).split())[:120]
            raise SourceError("F003", f"{file} cannot be read as Parquet ({reason}). Write it again.") from error
