"""Dragoman: news reports in, the political system that they describe out.

Example:
    import dragoman

    with dragoman.open("case.db") as archive:
        archive.read(["articles/"])
        for event in archive.events(actor="Iran", since="2020-01-01"):
            print(event.type, event.trigger, event.when)
"""

import typing as _typing

from .errors import DragomanError
from .version import __version__

if _typing.TYPE_CHECKING:
    from .library import KINDS, Archive, open
else:

    def __getattr__(name: str) -> object:
        """What the library gives, loaded when it is first asked for: a process that opens files does without it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import library

        return getattr(library, name)


__all__ = ["KINDS", "Archive", "DragomanError", "__version__", "open"]


def __dir__() -> list[str]:
    return __all__
