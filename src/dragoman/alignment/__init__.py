"""Alignment: what the events add up to between parties."""

from .dyads import Dyad, dyads

__all__ = ["Dyad", "dyads"]
