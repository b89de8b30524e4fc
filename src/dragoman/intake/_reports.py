"""Where a sentence tells of a happening of the knowledge base: which word tells it, and which happenings it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.dates import Interval, hull, parse_iso
from dragoman.records import DatedFact

from ._clauses import Clauses, Timed
from ._data import table

_MOMENT = 7
"""Days: a happening that took longer is not told as one day's news."""


@dataclass(frozen=True, slots=True)
class Report:
    """A token that tells of a happening, and when and what that was; of several alike, all."""

    token: int
    when: tuple[Interval, ...]
    what: str

    @property
    def momentary(self) -> bool:
        """Whether it happened at once."""
        return all(one.start and one.end and (one.end - one.start).days <= _MOMENT for one in self.when)


class Lexicon:
    """The words that tell of happenings: lemmas, and phrases as they stand."""

    def __init__(self, facts: Sequence[DatedFact]) -> None:
        self.lemmas: defaultdict[str, list[DatedFact]] = defaultdict(list)
        self.phrases: list[tuple[str, DatedFact]] = []
        for fact in facts:
            words = table("dating")["death"] if fact.kind == "death" else fact.words if fact.kind == "happening" else ()
            for word in words:
                if word.isalpha():
                    self.lemmas[word].append(fact)
                else:
                    self.phrases.append((word, fact))

    def names(self, day: str) -> bool:
        """Whether a day without year is the name of a happening: "September 11", "January 6"."""
        name = day.lower().removeprefix("the ")
        return any(phrase.startswith(f"{name} ") for phrase, _ in self.phrases)

    def reports(self, clauses: Clauses) -> list[Report]:
        """What a sentence tells as having happened, left to right."""
        found: defaultdict[int, list[tuple[tuple[int, ...], DatedFact]]] = defaultdict(list)
        for token, length, fact in self._words_in(clauses):
            fit = _fit(clauses, token, fact, alone=length == 1)
            if fit is not None and clauses.told(token):
                found[token].append(((length, *fit), fact))
        return [_report(token, ranked) for token, ranked in sorted(found.items())]

    def _words_in(self, clauses: Clauses) -> Iterator[tuple[int, int, DatedFact]]:
        """Tokens with the number of words that tell, and the happening they may tell of."""
        for index, token in enumerate(clauses.tokens):
            if token.upos in ("NOUN", "VERB", "PROPN"):
                for fact in self.lemmas.get(token.lemma.lower(), ()):
                    yield index, 1, fact
        for phrase, fact in self.phrases:
            start = clauses.low.find(phrase)
            end = start + len(phrase)
            if start < 0 or clauses.low[max(0, start - 1) : start].isalnum():
                continue
            inside = clauses.within(start, end)
            if inside:
                top = next((i for i in inside if clauses.tokens[i].head not in inside), inside[0])
                yield top, 1 + phrase.count(" ") + phrase.count("-"), fact


def _fit(clauses: Clauses, token: int, fact: DatedFact, *, alone: bool) -> tuple[int, int] | None:
    """How well the parties of a happening go with what tells it, a word `alone` or a phrase; None where they do not.

    Countries may stand anywhere in the sentence, unless a mere verb tells the happening, or there are several.
    """
    near = 0
    for party in fact.parties:
        named = [m for m in clauses.mentions if party == m.actor or (party.isupper() and m.code[:3] == party)]
        below = [m for m in named if m.head != token and clauses.below(token, m.head)]
        if not named or (not party.isupper() and not any(_befell(clauses, token, m.head) for m in below)):
            return None
        near += bool(below)
    loose = alone and (len(fact.parties) > 1 or clauses.tokens[token].upos == "VERB")
    return None if loose and not near else (near, len(fact.parties))


def _befell(clauses: Clauses, token: int, party: int) -> bool:
    """Whether the party hangs on the word itself, and is not the one who did it to somebody else."""
    way = clauses.path_up(party)
    steps = way[: way.index(token)]
    if len(steps) > 2 or (len(steps) == 2 and clauses.tokens[steps[0]].relation not in ("conj", "appos", "compound")):
        return False
    doer = clauses.tokens[steps[-1]].relation == "nsubj"
    return not (doer and clauses.lemma(token) in table("dating")["undergone"])


def _report(token: int, ranked: list[tuple[tuple[int, ...], DatedFact]]) -> Report:
    best = max(rank for rank, _ in ranked)
    facts = [fact for rank, fact in ranked if rank == best]
    happenings = [fact for fact in facts if fact.kind == "happening"] or facts
    whens = tuple(dict.fromkeys(_interval(fact) for fact in happenings))
    return Report(token, whens, " or ".join(f"{fact.what} ({told(_interval(fact))})" for fact in happenings))


def _interval(fact: DatedFact) -> Interval:
    start = parse_iso(fact.start)
    return hull(start, parse_iso(fact.end)) if fact.end else Interval(start.start, None, "open")


def told(interval: Interval) -> str:
    """An interval in words: "3 January 2020", "since 24 February 2022".

    >>> told(parse_iso("2020-01-03"))
    '3 January 2020'
    """
    form = {"year": "{0.year}", "month": "{0:%B} {0.year}"}.get(interval.precision, "{0.day} {0:%B} {0.year}")
    days = [form.format(day) if day else "" for day in (interval.start, interval.end)]
    if days[0] == days[1]:
        return days[0]
    return f"since {days[0]}" if not days[1] else f"{days[0]} to {days[1]}"


def belongs(clauses: Clauses, timed: Timed, token: int) -> bool:
    """Whether a time expression says when the happening was that a word tells: it hangs on it, or on its verb."""
    head = clauses.tokens[timed.top].head
    if head == token:
        return True
    if head < 0:
        return False
    relation = clauses.tokens[head].relation
    if relation.startswith("acl") and clauses.tokens[head].head == token:
        return True
    subject = clauses.tokens[token].head == head and clauses.tokens[token].relation.startswith("nsubj")
    return subject and clauses.lemma(head) in table("dating")["occurrence"]
