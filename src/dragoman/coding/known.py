"""Dates of events that the knowledge base knows: "the assassination of Soleimani" was on 3 January 2020.

An event is one that is known where its trigger is among the words that tell it and its parties are those of the fact:
a person must be who suffered it; of two countries both must take part, and it must be told as history, for states do
most things more than once. A fact about one country dates nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..dates import Interval, hull, parse_iso
from ..records import DatedFact, Event, Party, Sentence, Status, When
from .lexicons import killing_words
from .syntax import Tree

__all__ = ["known_date"]

MOMENT = 7
"""Days: what took longer has no date by which its parts could be dated."""

HAPPENED = (Status.ACTUAL, Status.HISTORICAL)


def known_date(
    event: Event, tree: Tree, trigger: int, facts: Iterable[DatedFact], published: Interval | None
) -> When | None:
    """The date of the one known fact that an event tells of; None where it tells of none, or of several."""
    if event.status not in HAPPENED:
        return None
    told = {fact.end or fact.start: fact for fact in facts if _tells(event, tree, trigger, fact)}
    if len(told) != 1:
        return None
    [fact] = told.values()
    interval = hull(parse_iso(fact.start), parse_iso(fact.end or fact.start))
    start, end = interval.start, interval.end
    if start is None or end is None or (end - start).days > MOMENT:
        return None
    if published is not None and published.end is not None and published.end < start:
        return None
    days = str(start) if start == end else f"{start}/{end}"
    return When(str(start), str(end), interval.precision, None, f"{fact.what} is known to have been on {days}")


def _tells(event: Event, tree: Tree, trigger: int, fact: DatedFact) -> bool:
    """Whether an event has the words and the parties of a fact."""
    words = set(fact.words) if fact.kind == "happening" else set(killing_words()) if fact.kind == "death" else set()
    if "kill" in words:
        words |= killing_words()
    if event.status is not Status.HISTORICAL and any(party.isupper() for party in fact.parties):
        return False
    return bool(words) and _parties_fit(event, fact.parties) and any(_triggers(event, tree, trigger, w) for w in words)


def _triggers(event: Event, tree: Tree, trigger: int, word: str) -> bool:
    """Whether the trigger is a word, by its lemma, or stands in a phrase."""
    if word.isalpha():
        return tree.lemma(trigger) == word
    if word == f"{tree.lemma(trigger)} {tree.particle(trigger)}":
        return True
    return any(
        start <= (event.trigger_start or 0) and (event.trigger_end or 0) <= start + len(word)
        for start in _places(tree.sentence, word)
    )


def _places(sentence: Sentence, phrase: str) -> Iterator[int]:
    """Where a phrase stands in the article, as whole words of the sentence."""
    text = f" {sentence.text.lower()} "
    at = text.find(f" {phrase}")
    while at >= 0:
        if not text[at + 1 + len(phrase)].isalnum():
            yield sentence.start + at
        at = text.find(f" {phrase}", at + 1)


def _parties_fit(event: Event, parties: Sequence[str]) -> bool:
    """Whether persons suffered it and countries took part; nobody need be named where phrases say it all."""
    if len(parties) == 1 and parties[0].isupper():
        return False
    everybody = (*event.actor, *event.recipient)
    return all(
        any(_of_country(party, name) for party in everybody) if name.isupper() else _suffered(event, name)
        for name in parties
    )


def _of_country(party: Party, code: str) -> bool:
    return party.code[:3] == code


def _suffered(event: Event, name: str) -> bool:
    """Whether a party is the recipient; of a death or a fall that has none ("his death"), no matter where it stands."""
    sides = event.recipient or event.actor
    return any(party.id == name for party in sides)
