"""What an article tells beyond its events: how parties stand, who changed sides, and what caused what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..records import Article, Cause, Event, Mention, Sentence, Shift, Tie
from .causes import Told, causes_of
from .frames import frames
from .parties import PartyFinder, by_sentence
from .patterns import patterns
from .shifts import shifts_of
from .syntax import Tree
from .ties import ties_of
from .when import times_of

__all__ = ["code_stories"]


def code_stories(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    events: Sequence[Event],
    user_data: str = "",
) -> tuple[tuple[Tie, ...], tuple[Shift, ...], tuple[Cause, ...]]:
    """The ties, shifts and causes of an article, in order of sentence; `events` are those coded from it."""
    named = by_sentence(mentions)
    coded: defaultdict[int | None, list[Event]] = defaultdict(list)
    for event in events:
        coded[event.sentence].append(event)
    ties: list[Tie] = []
    shifts: list[Shift] = []
    causes: list[Cause] = []
    before: Told | None = None
    for sentence in sentences:
        tree = Tree(sentence)
        finder = PartyFinder(tree, named[sentence.index])
        told = coded[sentence.index]
        times = times_of(tree, sentence)
        ties += ties_of(article, tree, finder, times, patterns("ties", user_data))
        shifts += shifts_of(article, tree, finder, times, told, patterns("shifts", user_data))
        causes += causes_of(article, (tree, told), before, finder, patterns("causes", user_data), frames(user_data))
        before = tree, told
    return (
        tuple({tie.id: tie for tie in ties}.values()),
        tuple({shift.id: shift for shift in shifts}.values()),
        tuple({cause.id: cause for cause in causes}.values()),
    )
