"""Dragoman: news reports in, the political system that they describe out.

Example:
    import dragoman

    with dragoman.open("case.db") as archive:
        archive.read(["articles/"])
        for event in archive.events(actor="Iran", since="2020-01-01"):
            print(event.type, event.trigger, event.when)
"""

from .errors import DragomanError
from .library import KINDS, Archive, open
from .version import __version__

__all__ = ["KINDS", "Archive", "DragomanError", "__version__", "open"]
