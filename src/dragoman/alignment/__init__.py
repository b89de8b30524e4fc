"""Alignment: what the events add up to between parties."""

from .deeds import Deed, Pair, deeds_of, paired
from .dyads import Dyad, dyads
from .groups import groups_of, rolled_up
from .stances import Stance, stances_of
from .turns import Turn, turns

__all__ = [
    "Deed",
    "Dyad",
    "Pair",
    "Stance",
    "Turn",
    "deeds_of",
    "dyads",
    "groups_of",
    "paired",
    "rolled_up",
    "stances_of",
    "turns",
]
