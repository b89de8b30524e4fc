"""Reads sentences with coded events, our own, in the compact form of `training/data/events/*.txt`.

    D 2006-05-14
    S The militia shelled the ministry on Sunday, and the prime minister vowed to crush it.
    E ASSAULT actual | shelled | The *militia | the *ministry
    E THREATEN actual | vowed | the prime *minister | it

`D` begins a document, `S` is a sentence, `E` an event of the sentence before: type and status, trigger, actors,
recipients (several parted by semicolons). A star stands before the head of what has several words; `#2` behind
words means the second place where they occur. A sentence without an event is worth as much as one with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from dragoman.codebook import TYPES
from dragoman.reading.words import words_of
from training.treebanks import Event, Sentence

STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
_PLACED = re.compile(r"(.*?)(?:#(\d))?", re.DOTALL)


def read_events(path: Path) -> list[Sentence]:
    """The sentences of a file; nothing but events is annotated.

    Raises:
        ValueError: a line is not of the form above, or its words are not in the sentence.
    """
    sentences: list[Sentence] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        kind, _, rest = line.strip().partition(" ")
        if kind == "S":
            words = [rest[a:b] for a, b in words_of(rest)]
            sentences.append(Sentence(f"{path.stem}-{number}", rest, words, events=[]))
        elif kind == "E":
            try:
                sentences[-1].events.append(_event(rest, sentences[-1].text))
            except (ValueError, IndexError) as problem:
                raise ValueError(f"{path}, line {number}: {problem}") from problem
        elif kind not in ("D", ""):
            raise ValueError(f"{path}, line {number}: a line begins with D, S or E.")
    return sentences


def join_events(sentences: list[Sentence], path: Path) -> None:
    """Put our events onto the treebank's sentences, joined by their ids; words are counted from 1 in the file.

    Raises:
        ValueError: a line is not of the form that the file's head describes.
    """
    by_id = {sentence.identity: sentence for sentence in sentences}
    events: list[Event] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        kind, _, rest = line.partition(" ")
        if kind == "S":
            events = by_id[rest].events = []
        elif kind == "E":
            head, trigger, *sides = (field.strip() for field in rest.split("|"))
            if len(sides) != 2 or head.split()[0] not in TYPES:
                raise ValueError(f"{path}, line {number}: {rest!r} is no event.")
            actor, recipient = (tuple(int(word) - 1 for word in side.split()) for side in sides)
            events.append(Event(*head.split(), int(trigger) - 1, actor, tuple(r for r in recipient if r not in actor)))


def _event(line: str, text: str) -> Event:
    fields = [field.strip() for field in line.split("|")]
    kind, status = fields[0].split()
    if len(fields) != 4 or kind not in TYPES or status not in STATUSES:
        raise ValueError(f"{line!r} is no event.")
    starts = [start for start, _ in words_of(text)]
    actor, recipient = (tuple(dict.fromkeys(_heads(field, text, starts))) for field in fields[2:])
    return Event(
        kind, status, next(_heads(fields[1], text, starts)), actor, tuple(r for r in recipient if r not in actor)
    )


def _heads(field: str, text: str, starts: list[int]) -> Iterator[int]:
    """The numbers of the head words of what a field names."""
    for phrase in field.split(";"):
        if phrase.strip():
            start, head = place_of(phrase.strip(), text)
            yield bisect_left(starts, start + head + 1) - 1


def place_of(phrase: str, text: str) -> tuple[int, int]:
    """Where a phrase begins in a sentence, and where its head begins in the phrase.

    >>> place_of("the *ministry", "He left the ministry.")
    (8, 4)
    """
    match = _PLACED.fullmatch(phrase)
    words, nth = (match[1], int(match[2] or 1)) if match else (phrase, 1)
    head = max(words.find("*"), 0)
    words = words.replace("*", "", 1)
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] or [
        m.start() for m in re.finditer(re.escape(words), text)
    ]
    if len(found) < nth:
        raise ValueError(f"{words!r} is not in the sentence.")
    return found[nth - 1], head
