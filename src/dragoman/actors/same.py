"""Whether two written names are one party, as far as names can tell."""

from __future__ import annotations

from collections.abc import Callable

from ..names import likeness
from ..records import Actor

__all__ = ["ALIKE", "same_party"]

ALIKE = 0.895
"""Likeness from which two whole names are taken for one (`names.likeness`)."""


def same_party(one: str, other: str, resolve: Callable[[str, str], Actor | None]) -> bool:
    """Whether two whole names are one party's: the same known actor's, or, where not both are known, alike.

    `resolve` knows the actors, as `certain` gives it.
    """
    known = [resolve(name, "") for name in (one, other)]
    if known[0] is not None and known[1] is not None:
        return known[0].id == known[1].id
    return likeness(one, other) >= ALIKE
