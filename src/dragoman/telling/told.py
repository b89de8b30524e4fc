"""An event in the words of a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..codebook import QUADS, TYPES, score_of
from ..records import Article, Event, Party, Sentence
from . import wording

__all__ = ["Told", "quoted"]


@dataclass(frozen=True)
class Told:
    """An event with what it stands in (None for an imported one); `names` are those of the register, by id."""

    event: Event
    article: Article | None
    sentence: Sentence | None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def quad(self) -> int | None:
        """Its quad category; None without a type."""
        return TYPES[self.event.type].quad if self.event.type else None

    @property
    def score(self) -> float | None:
        """Its PLOVER score; None without a type."""
        return score_of(self.event.type, self.event.mode) if self.event.type else None

    @property
    def quad_words(self) -> str:
        """Its quad category in words."""
        return QUADS[self.quad] if self.quad else "no PLOVER type"

    @property
    def what(self) -> str:
        """Type and mode: "ASSAULT, aerial"."""
        return ", ".join(part for part in (self.event.type or "no type", self.event.mode) if part)

    @property
    def status(self) -> str:
        """Its status in a word or two."""
        return wording.STATUS_WORDS[self.event.status]

    @property
    def date(self) -> str:
        """When, in words."""
        return wording.when(self.event.when)

    @property
    def counts(self) -> str:
        """The numbers stated for it, in words."""
        return ", ".join(wording.counted(count) for count in self.event.counts)

    @property
    def outlet(self) -> str:
        """Who published it, or the file that it comes from."""
        if self.article is None:
            return self.event.source_row.file if self.event.source_row else ""
        return self.article.outlet or self.article.source

    def name(self, party: Party) -> str:
        """What a party is called: by the register, else by the text."""
        return self.names.get(party.id or "", "") or party.name or party.text

    @property
    def who(self) -> str:
        """The actors in words."""
        return wording.joined([self.name(party) for party in self.event.actor]) or "unnamed"

    @property
    def whom(self) -> str:
        """The recipients in words, or nothing."""
        return wording.joined([self.name(party) for party in self.event.recipient])

    @property
    def brief(self) -> str:
        """The event in a line: "3 January 2020: United States, ASSAULT, Qassem Soleimani"."""
        return f"{self.date}: {', '.join(part for part in (self.who, self.what, self.whom) if part)}"

    def quotation(self, room: int | None = None) -> tuple[str, str, str]:
        """Its sentence before, in and after its trigger; at most about `room` characters to each side."""
        event, sentence = self.event, self.sentence
        if sentence is None or event.trigger_start is None or event.trigger_end is None:
            words = event.source_row.text if event.source_row else None
            return words or "", event.trigger or "", ""
        return quoted(sentence, event.trigger_start, event.trigger_end, room)


def quoted(sentence: Sentence, start: int, end: int, room: int | None = None) -> tuple[str, str, str]:
    """A sentence before, in and after a stretch of the article; at most about `room` characters to each side."""
    start, end = start - sentence.start, end - sentence.start
    before, after = sentence.text[:start], sentence.text[end:]
    if room is not None and len(before) > room:
        before = "… " + before[-room:].partition(" ")[2]
    if room is not None and len(after) > room:
        after = after[:room].rpartition(" ")[0] + " …"
    return before, sentence.text[start:end], after
