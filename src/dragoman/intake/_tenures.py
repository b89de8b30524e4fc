"""Who is told as being in office, or alive: the article is of that time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.dates import parse_iso
from dragoman.records import DatedFact, Mention

from ._clauses import Clauses
from ._data import table
from ._reports import told
from ._spans import EARLIEST, LATEST, Spans, spans_of, union


def tenures_told(clauses: Clauses, facts: Sequence[DatedFact]) -> Iterator[tuple[str, Spans]]:
    """Reasons and the days they allow, from the persons and bodies that a sentence names."""
    for mention in clauses.mentions:
        if mention.kind == "person":
            known = [fact for fact in facts if fact.kind in ("tenure", "death") and mention.actor in fact.parties]
            if known:
                yield from _of_person(clauses, mention, known)
        elif mention.kind == "body":
            known = [fact for fact in facts if fact.kind == "tenure" and mention.actor in fact.parties]
            if known and _of_now(clauses, mention.head):
                yield _in_office(mention.text, known)


def _of_person(clauses: Clauses, mention: Mention, known: list[DatedFact]) -> Iterator[tuple[str, Spans]]:
    words = clauses.sentence.text[: mention.start - clauses.sentence.start].lower().split()[-4:]
    behind = clauses.low[mention.end - clauses.sentence.start :].split()[:1]
    rules = table("dating")
    deaths = [fact for fact in known if fact.kind == "death"]
    if deaths and words and words[-1] in rules["dead"]:
        yield f"{mention.text} is dead ({told(parse_iso(deaths[0].start))})", _from(deaths[0].start)
    elif deaths and _lives(clauses, mention.head):
        end = parse_iso(deaths[0].start).end
        if end:
            spans = ((EARLIEST, end.toordinal()),)
            yield f"{mention.text}, who died on {told(parse_iso(deaths[0].start))}, is told as living", spans
    title, before = _title(words)
    held = [fact for fact in known if fact.kind == "tenure" and set(fact.words) & set(rules["titles"].get(title, ()))]
    if not held or (behind and behind[0].strip(",.") in rules["next_holder"]) or before in rules["next_holder"]:
        return
    if before in rules["past_holder"]:
        first = min(fact.end or "9999" for fact in held)
        if first != "9999":
            yield f"{before} {title} {mention.text} (until {told(parse_iso(first))})", _from(first)
    elif _of_now(clauses, mention.head):
        yield _in_office(f"{title} {mention.text}", held)


def _title(words: list[str]) -> tuple[str, str]:
    """The title that ends the words before a name, and the word before it."""
    for length in (3, 2, 1):
        title = " ".join(words[-length:])
        if title in table("dating")["titles"]:
            earlier = words[:-length]
            known = {*table("dating")["past_holder"], *table("dating")["next_holder"]}
            return title, next((word for word in reversed(earlier[-2:]) if word in known), "")
    return "", ""


def _of_now(clauses: Clauses, head: int) -> bool:
    """Whether the sentence tells of somebody at the time of writing, and not of another year."""
    if any(timed.absolute() for timed in clauses.times):
        return False
    clause = clauses.clause(head)
    return clauses.present(clause) or clauses.future(clause) or clauses.recent


def _lives(clauses: Clauses, head: int) -> bool:
    """Whether somebody is the subject of what only the living do, in the present."""
    verb = clauses.tokens[head].head
    return (
        verb >= 0
        and clauses.tokens[head].relation == "nsubj"
        and clauses.lemma(verb) in table("dating")["living"]
        and clauses.present(verb)
    )


def _in_office(words: str, held: list[DatedFact]) -> tuple[str, Spans]:
    spans = union(_days(fact) for fact in held)
    return f"{words!r}: {' or '.join(f'{fact.what}, {_told(fact)}' for fact in held)}", spans


def _days(fact: DatedFact) -> Spans:
    start = parse_iso(fact.start).start
    end = parse_iso(fact.end).end if fact.end else None
    return ((start.toordinal() if start else EARLIEST, end.toordinal() if end else LATEST),)


def _told(fact: DatedFact) -> str:
    start = told(parse_iso(fact.start))
    return f"{start} to {told(parse_iso(fact.end))}" if fact.end else f"since {start}"


def _from(day: str) -> Spans:
    start = spans_of(parse_iso(day))
    return ((start[0][0], LATEST),) if start else ()
