"""Actors: mentions of one article, and one register of actors for an archive."""

from .certain import certain
from .knowledge import Knowledge, knowledge
from .mentions import mentions_of
from .register import register

__all__ = ["Knowledge", "certain", "knowledge", "mentions_of", "register"]
