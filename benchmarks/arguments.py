"""What benchmarks take on the command line."""

from __future__ import annotations

from pathlib import Path

__all__ = ["at_hand"]


def at_hand(path: str | Path) -> Path:
    """The folder or file that a benchmark measures against, as the type of an argument.

    Raises:
        SystemExit: it is not here; not every checkout has what is measured against.
    """
    if not Path(path).exists():
        raise SystemExit(f"{path} is not here; there is nothing to measure against.")
    return Path(path)
