"""What is known beforehand of when something was: a death, a coup, a time in office."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DatedFact"]


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A dated fact of the knowledge base about actors.

    `kind` is happening (it came about from `start` to `end`, which are one day for most), death, or tenure (an office
    held, a body in being; `end` None: it lasts). `what` names it in words. `words` tell it in a text: lemmas of verbs
    and nouns, or phrases in lower case; of a tenure, the title. `parties` are ids of actors or ISO 3166 codes of
    countries, all of which the words go with. `start` and `end` are ISO dates of any precision.
    """

    kind: str
    what: str
    start: str
    end: str | None
    words: tuple[str, ...]
    parties: tuple[str, ...]
