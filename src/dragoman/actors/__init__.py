"""Actors: mentions of one article, and one register of actors for an archive."""

from .certain import certain
from .facts import dated_facts
from .imported import entries_of, toml_of
from .knowledge import Knowledge, knowledge
from .mentions import mentions_of
from .register import register, spellings
from .same import same_party

__all__ = [
    "Knowledge",
    "certain",
    "dated_facts",
    "entries_of",
    "knowledge",
    "mentions_of",
    "register",
    "same_party",
    "spellings",
    "toml_of",
]
