"""Dates of events that the knowledge base knows: "the assassination of Soleimani" was on 3 January 2020.

An event is one that is known where its trigger is among the words that tell it and its parties are those of the fact:
a person must be who suffered it; of two countries both must take part, and it must be told as history, for states do
most things more than once. A fact about one country dates nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..dates import Interval, hull, parse_iso
from ..records import DatedFact, Event, Sentence, Status, When
from .lexicons import killing_words
from .syntax import Tree

__all__ = ["KnownFacts", "known_date", "known_facts"]

MOMENT = 7
"""Days: what took longer has no date by which its parts could be dated."""

HAPPENED = (Status.ACTUAL, Status.HISTORICAL)


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Dated facts by the lemmas that tell them, and by the phrases, in small letters."""

    by_lemma: Mapping[str, Sequence[DatedFact]]
    by_phrase: Sequence[tuple[str, DatedFact]]


def known_facts(facts: Iterable[DatedFact]) -> KnownFacts:
    """The facts about which an event may be asked: happenings, and the deaths of persons."""
    by_lemma: dict[str, list[DatedFact]] = {}
    by_phrase: list[tuple[str, DatedFact]] = []
    for fact in facts:
        if len(fact.parties) == 1 and fact.parties[0].isupper():
            continue
        for word in sorted(_words(fact)):
            if word.isalpha():
                by_lemma.setdefault(word, []).append(fact)
            else:
                by_phrase.append((word, fact))
    return KnownFacts(by_lemma, by_phrase)


def _words(fact: DatedFact) -> frozenset[str]:
    if fact.kind == "death":
        return killing_words()
    words = frozenset(fact.words) if fact.kind == "happening" else frozenset[str]()
    return words | killing_words() if "kill" in words else words


def known_date(event: Event, tree: Tree, trigger: int, facts: KnownFacts, published: Interval | None) -> When | None:
    """The date of the one known fact that an event tells of; None where it tells of none, or of several."""
    if event.status not in HAPPENED:
        return None
    told = {fact.end or fact.start: fact for fact in _told(event, tree, trigger, facts) if _parties_fit(event, fact)}
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


def _told(event: Event, tree: Tree, trigger: int, facts: KnownFacts) -> Iterator[DatedFact]:
    """The facts whose words are the trigger's lemma, or hold the trigger."""
    yield from facts.by_lemma.get(tree.lemma(trigger), ())
    text, verb = tree.sentence.text.lower(), f"{tree.lemma(trigger)} {tree.particle(trigger)}"
    for phrase, fact in facts.by_phrase:
        if phrase == verb or (phrase in text and _holds(event, tree.sentence, phrase)):
            yield fact


def _holds(event: Event, sentence: Sentence, phrase: str) -> bool:
    """Whether the trigger stands in a phrase of the sentence, whole words of it."""
    return any(
        start <= (event.trigger_start or 0) and (event.trigger_end or 0) <= start + len(phrase)
        for start in _places(sentence, phrase)
    )


def _places(sentence: Sentence, phrase: str) -> Iterator[int]:
    """Where a phrase stands in the article, as whole words of the sentence."""
    text = f" {sentence.text.lower()} "
    at = text.find(f" {phrase}")
    while at >= 0:
        if not text[at + 1 + len(phrase)].isalnum():
            yield sentence.start + at
        at = text.find(f" {phrase}", at + 1)


def _parties_fit(event: Event, fact: DatedFact) -> bool:
    """Whether persons suffered it, and countries took part in what is told as history; phrases may say it all."""
    if event.status is not Status.HISTORICAL and any(party.isupper() for party in fact.parties):
        return False
    everybody = (*event.actor, *event.recipient)
    return all(
        any(party.code[:3] == name for party in everybody) if name.isupper() else _suffered(event, name)
        for name in fact.parties
    )


def _suffered(event: Event, name: str) -> bool:
    """Whether a party is the recipient; of a death or a fall that has none ("his death"), no matter where it stands."""
    sides = event.recipient or event.actor
    return any(party.id == name for party in sides)
