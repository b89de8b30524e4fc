"""What changed, and how the parties stand: shifts as sentences, ties as a table, causes as pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..records import Cause, Party, Sentence, Shift, Tie
from ..telling import quoted, wording
from .case import Case, Numbered, Row

__all__ = ["Ground", "Led", "Standing", "Turn", "led", "standings", "turns"]


@dataclass(frozen=True)
class Ground:
    """The words that a shift, tie or cause rests on: article, sentence, stretch."""

    source: Numbered
    sentence: Sentence
    start: int
    end: int

    @property
    def evidence(self) -> str:
        """The link to the sentence."""
        return f"#{self.source.sentence_id(self.sentence.index)}"

    def quotation(self, room: int | None) -> tuple[str, str, str]:
        """The sentence before, in and after the words."""
        return quoted(self.sentence, self.start, self.end, room)


@dataclass(frozen=True)
class Turn:
    """A shift: said in a sentence, when, after which event or words."""

    said: str
    date: str
    after: Row | None
    after_words: str
    ground: Ground


@dataclass(frozen=True)
class Standing:
    """A tie with everything that asserts it: who stands how to whom, when, with which words."""

    who: str
    kind: str
    whom: str
    denied: bool
    times: tuple[str, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Led:
    """A cause and its effect: the event's row, or words; and what the text says between them."""

    cause: Row | str
    effect: Row | str
    ground: Ground


def turns(case: Case) -> list[Turn]:
    """The shifts of a case, in the order of the articles."""
    return [_turn(case, shift, ground) for shift in case.shifts for ground in _ground(case, shift)]


def _turn(case: Case, shift: Shift, ground: Ground) -> Turn:
    parties = {"who": shift.who, "away": shift.away_from, "toward": shift.toward}
    said = wording.shift(shift, {role: wording.the(_name(case, party)) for role, party in parties.items() if party})
    after = case.by_event.get(shift.after or "")
    when = wording.when(shift.when) if shift.when and shift.when.text else ""
    return Turn(said, when, after, "" if after else shift.after or "", ground)


def standings(case: Case) -> list[Standing]:
    """The ties of a case, by kind and then by name; what several sentences assert stands once."""
    found: dict[tuple[str, str, str, bool], list[tuple[Tie, Ground]]] = {}
    for tie in case.ties:
        key = (tie.kind, _name(case, tie.source), _name(case, tie.target), tie.polarity == "-")
        for ground in _ground(case, tie):
            found.setdefault(key, []).append((tie, ground))
    order = {kind: place for place, kind in enumerate(wording.KIND_WORDS)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1:]))
    return [_standing(key, found[key]) for key in keys]


def _standing(key: tuple[str, str, str, bool], some: list[tuple[Tie, Ground]]) -> Standing:
    kind, who, whom, denied = key
    times = tuple(dict.fromkeys(tie.time for tie, _ in some if tie.time))
    return Standing(who, wording.KIND_WORDS[kind], whom, denied, times, tuple(ground for _, ground in some))


def led(case: Case) -> list[Led]:
    """The causes of a case, in the order of the articles."""
    rows: Mapping[str, Row] = case.by_event
    return [
        Led(rows.get(cause.cause, cause.cause), rows.get(cause.effect, cause.effect), ground)
        for cause in case.causes
        for ground in _ground(case, cause)
    ]


def _name(case: Case, party: Party) -> str:
    return case.names.get(party.id or "", "") or party.name or party.text


def _ground(case: Case, record: Tie | Shift | Cause) -> Iterator[Ground]:
    source = case.by_article.get(record.article)
    if source is not None:
        for sentence in source.sentences:
            if sentence.index == record.sentence:
                yield Ground(source, sentence, record.start, record.end)
