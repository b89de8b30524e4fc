"""Who speaks across sentences: a quotation that runs on is the word of whoever is named at its beginning or its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..records import Event, Mention, Sentence, Speaker
from .lexicons import speech
from .parties import PartyFinder, by_sentence
from .speakers import teller_of
from .syntax import Tree

__all__ = ["quotations", "with_quoted"]

OPENING, CLOSING, EITHER = frozenset("“«„"), frozenset("”»"), '"'
LONGEST = 8
"""Sentences: a quotation that does not end by then was opened by mistake."""


def with_quoted(sentences: Sequence[Sentence], mentions: Sequence[Mention], events: Sequence[Event]) -> list[Event]:
    """The events, those inside a quotation of several sentences on the word of its speaker."""
    named = by_sentence(mentions)
    speakers: dict[int | None, Speaker] = {}
    for quoted in quotations(sentences):
        speaker = _speaker(quoted, named)
        if speaker is not None:
            speakers |= {sentence.index: speaker for sentence in quoted}
    return [
        replace(event, said_by=speakers[event.sentence])
        if event.said_by is None and event.sentence in speakers
        else event
        for event in events
    ]


def quotations(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The quotations that hold more than one sentence, each as its sentences."""
    running: list[Sentence] = []
    for sentence in sentences:
        is_open = _is_open(sentence.text, bool(running))
        if running or is_open:
            running.append(sentence)
        if not is_open:
            if len(running) > 1:
                yield running
            running = []
        elif len(running) > LONGEST:
            running = []


def _is_open(text: str, inside: bool) -> bool:
    """Whether a quotation is open at the end of a sentence."""
    for character in text.replace("‘’", "“").replace("’’", "”").replace("``", "“").replace("''", "”"):
        if character in OPENING:
            inside = True
        elif character in CLOSING:
            inside = False
        elif character == EITHER:
            inside = not inside
    return inside


def _speaker(quoted: Sequence[Sentence], named: Mapping[int, Sequence[Mention]]) -> Speaker | None:
    """Whoever the last sentence of a quotation names as saying it, else the first."""
    for sentence in (quoted[-1], quoted[0]):
        tree = Tree(sentence)
        finder = PartyFinder(tree, named.get(sentence.index, ()))
        for index in range(len(tree.tokens)):
            if tree.lemma(index) in speech().verbs and tree.is_verb(index):
                teller = teller_of(tree, finder, index, -1)
                if teller is not None and not _is_quoted(
                    sentence.text, tree[index].start - sentence.start, sentence is quoted[0]
                ):
                    return teller[1]
    return None


def _is_quoted(text: str, position: int, first: bool) -> bool:
    """Whether a word stands inside the quotation; the sentences after the first begin inside it."""
    return _is_open(text[:position], not first)
