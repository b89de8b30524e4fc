"""The command line: `dragoman read`, `show`, `export`, `explain`, `score`, `report`, `info`."""

from .main import main

__all__ = ["main"]
