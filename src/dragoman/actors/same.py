"""Whether two written names are one party, as far as names can tell."""

from __future__ import annotations

from ..names import likeness
from .certain import certain
from .knowledge import Knowledge

__all__ = ["ALIKE", "same_party"]

ALIKE = 0.9
"""Likeness from which two whole names are taken for one (`names.likeness`)."""


def same_party(one: str, other: str, knowledge: Knowledge) -> bool:
    """Whether two whole names are one party's: the same known actor's, or, where not both are known, alike."""
    resolve = certain(knowledge)
    known = [resolve(name, "") for name in (one, other)]
    if known[0] is not None and known[1] is not None:
        return known[0].id == known[1].id
    return likeness(one, other) >= ALIKE
