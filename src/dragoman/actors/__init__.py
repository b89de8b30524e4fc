"""Actors: mentions of one article, and one register of actors for an archive."""

from .certain import certain
from .facts import dated_facts
from .knowledge import Knowledge, knowledge
from .mentions import mentions_of
from .register import register
from .same import same_party

__all__ = ["Knowledge", "certain", "dated_facts", "knowledge", "mentions_of", "register", "same_party"]
