"""Alignment: what the events add up to between parties."""

from .balance import AgainstChance, Balance, Triad, balance
from .camps import Camps, Move, camps, moves
from .dated import DatedEvent, dated_events
from .deeds import WIDEST, Deed, Pair, deeds_of, paired
from .dyads import Dyad, dyads
from .groups import groups_of, rolled_up
from .history import Profile
from .network import SignedNetwork, signed_network
from .panels import BY, RULES, UNITS, Panel, panel
from .stances import Stance, stances_of
from .standing import Standing, standing
from .turns import Turn, turns

__all__ = [
    "BY",
    "RULES",
    "UNITS",
    "WIDEST",
    "AgainstChance",
    "Balance",
    "Camps",
    "DatedEvent",
    "Deed",
    "Dyad",
    "Move",
    "Pair",
    "Panel",
    "Profile",
    "SignedNetwork",
    "Stance",
    "Standing",
    "Triad",
    "Turn",
    "balance",
    "camps",
    "dated_events",
    "deeds_of",
    "dyads",
    "groups_of",
    "moves",
    "paired",
    "panel",
    "rolled_up",
    "signed_network",
    "stances_of",
    "standing",
    "turns",
]
