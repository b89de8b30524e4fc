"""Alignment: what the events add up to between parties."""

from .dyads import Dyad, dyads
from .panels import BY, RULES, UNITS, Panel, panel

__all__ = ["BY", "RULES", "UNITS", "Dyad", "Panel", "dyads", "panel"]
