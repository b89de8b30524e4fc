"""When an undated article was published, as far as its own words tell: an interval, with the reasoning in words.

Every clue allows some days for the publication, and no others: what is told as past was before it, what is to come is
after it, who is in office then holds it, and "three weeks after the killing of Soleimani" counts from a dated fact.
The days that all clues allow are the interval. Clues that contradict each other, or none, give nothing. Nothing else
is asked: not the clock, not the time of the file, not other articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.dates import Interval, elapsed, resolve, single_day
from dragoman.dates.lexicon import LEXICON
from dragoman.records import Article, DatedFact, Mention, Sentence

from ._clauses import Clauses, Timed
from ._reports import Lexicon, Report, belongs
from ._spans import ALL, EARLIEST, LATEST, Spans, days_where, intersection, spans_of, union
from ._tenures import tenures_told

__all__ = ["CONTRADICTION", "Clue", "as_taken_in", "dated"]

CONTRADICTION = "the clues to its date contradict each other"
"""The flag of an article whose words allow no day."""

INFERRED = "inferred from the text: "
"""How the basis of a date begins that an article's words tell."""

NEAR, FAR = 800, 22_000
"""Days after a happening on which "last month" may be said of it; with years and decades in the words."""

ANNIVERSARY = 30
"""Days before and after the day itself on which an anniversary is news."""

WITHOUT_YEAR = 300
"""Days after which a date is no longer told without its year."""

WINDOW = 1_500
"""Days that are looked at one by one for what rests on the day of publication alone."""

MOST_FITTING = 3
"""Clues that are named though they narrow nothing further."""

_DISTANCE_TO = frozenset(("since", "after", "into", "from"))


@dataclass(frozen=True, slots=True)
class Clue:
    """The days that some words of the article allow for its publication, and the reason in words."""

    why: str
    spans: Spans


def dated(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], facts: Sequence[DatedFact]
) -> Article:
    """An article without a date of publication, with the interval that its words allow.

    `published` becomes an ISO interval ("2020-01-24/2020-01-31"; with ".." for an end that nothing bounds) and
    `published_basis` the reasoning. An article that has a date, or whose words say nothing, comes back as it is; one
    whose words contradict each other is flagged. `facts` are those of the actors mentioned.
    """
    if article.published is not None:
        return article
    clues = list(clues_of(sentences, mentions, facts))
    allowed = _all_of(clues)
    if not allowed:
        return replace(article, flags=(*article.flags, CONTRADICTION))
    start, end = allowed[0][0], allowed[-1][1]
    if start == EARLIEST:
        return article
    published = str(_interval(start, end))
    return replace(article, published=published, published_basis=INFERRED + _reasoning(clues))


def as_taken_in(article: Article) -> Article:
    """An article without what `dated` concluded from its words, so that it can be dated anew."""
    if (article.published_basis or "").startswith(INFERRED):
        return replace(article, published=None, published_basis=None)
    return replace(article, flags=tuple(flag for flag in article.flags if flag != CONTRADICTION))


def clues_of(sentences: Sequence[Sentence], mentions: Sequence[Mention], facts: Sequence[DatedFact]) -> Iterator[Clue]:
    """All clues; those that rest on the day of publication alone come last, within what the others allow."""
    lexicon = Lexicon(facts)
    read = [Clauses(s, tuple(m for m in mentions if m.sentence == s.index)) for s in sentences]
    clues: list[Clue] = []
    for clauses in read:
        clues += _of_reports(clauses, lexicon)
        clues += _of_calendar_dates(clauses)
        clues += [Clue(why, spans) for why, spans in tenures_told(clauses, facts)]
    yield from clues
    allowed = _all_of(clues)
    if allowed and allowed[0][0] > EARLIEST:
        first, last = allowed[0][0], allowed[-1][1]
        for before, clauses in zip([None, *read], read, strict=False):
            yield from _of_days_without_year(clauses, lexicon, first, last)
            yield from _of_order(before, clauses, first, last)


def _of_reports(clauses: Clauses, lexicon: Lexicon) -> Iterator[Clue]:
    """What known happenings say: the article is later, and how much later where words tell that."""
    for report in lexicon.reports(clauses):
        start = min(when.start.toordinal() for when in report.when if when.start)
        spans: Spans = ((start, LATEST),)
        why = f"{report.what} is told"
        for timed in clauses.times:
            base = _counted_from(clauses, timed, report)
            if base is not None:
                found = _since(clauses, timed, report, base)
                if found:
                    spans, why = found, _counted(clauses, timed, report)
            elif (
                report.momentary
                and belongs(clauses, timed, report.token)
                and _relative(timed)
                and not lexicon.names(timed.text)
            ):
                found = union(_said_of(timed, when) for when in report.when)
                if found:
                    spans, why = found, f"{report.what} was {timed.text!r}"
        if (years := _anniversary(clauses, report)) is not None:
            spans = union(_around(when, years) for when in report.when)
            why = f"an anniversary ({years}) of {report.what}"
        yield Clue(why, spans)


def _relative(timed: Timed) -> bool:
    return timed.expression.kind not in ("anchored", "duration", "bound", "range") and timed.absolute() is None


def _counted_from(clauses: Clauses, timed: Timed, report: Report) -> int | None:
    """The word that a distance is counted from, if that is what is reported: "three weeks after the killing"."""
    if timed.expression.kind == "duration":
        behind = timed.last + 1
        if behind >= len(clauses.tokens) or clauses.tokens[behind].text.lower() not in _DISTANCE_TO:
            return None
    elif timed.expression.kind == "anchored":
        behind = timed.last
    else:
        return None
    base = clauses.tokens[behind].head
    counted = behind < report.token and base >= 0 and (base == report.token or report.token in clauses.children[base])
    return base if counted else None


def _counted(clauses: Clauses, timed: Timed, report: Report) -> str:
    words = timed.text[0].lower() + timed.text[1:]
    joint = f" {clauses.tokens[timed.last + 1].text}" if timed.expression.kind == "duration" else ""
    return f"{words}{joint} {report.what}"


def _since(clauses: Clauses, timed: Timed, report: Report, base: int) -> Spans:
    """The days that a distance from a happening allows: on them, if told as of now; else after the first of them."""
    found = [interval for when in report.when if (interval := elapsed(timed.expression, when))]
    allowed = union(spans_of(interval) for interval in found)
    clause = clauses.clause(base)
    beside = [node for node in clauses.children[clause] if clauses.tokens[node].relation in ("parataxis", "conj")]
    if not allowed or any(clauses.present(node) or clauses.future(node) for node in (clause, *beside)):
        return allowed
    if clauses.recent:  # "Three weeks after the coup, soldiers fired on protesters on Monday."
        return union([allowed, tuple((end, min(end + 7, LATEST)) for _, end in allowed)])
    return ((allowed[0][0], LATEST),)


def _said_of(timed: Timed, when: Interval) -> Spans:
    """The days on which the words mean a time that meets `when`."""
    if when.start is None:
        return ()
    reach = FAR if any(unit in timed.text.lower() for unit in ("year", "decade")) else NEAR
    start = when.start.toordinal()
    # Where it was another day already, or still, the news is told of that day: only if the day itself does not fit.
    near = Interval(date.fromordinal(start - 1), when.end and when.end + timedelta(days=1), "range")
    for meant in (when, near):

        def meets(day: date, meant: Interval = meant) -> bool:
            found = resolve(timed.expression, single_day(day))
            return found is not None and found.overlaps(meant)

        spans = days_where(meets, start, start + reach)
        if spans:
            return spans
    return ()


def _anniversary(clauses: Clauses, report: Report) -> int | None:
    """The number of the anniversary of what is reported; None where there is none or it was one of the past."""
    for node in clauses.path_up(report.token)[1:3]:
        if clauses.lemma(node) != "anniversary":
            continue
        clause = clauses.clause(node)
        if not (clauses.present(clause) or clauses.future(clause) or clauses.recent):
            return None
        words = [clauses.tokens[child].text.lower() for child in clauses.children[node]]
        numbers = [LEXICON.ordinals.get(word, 0) or _digits(word) for word in words]
        return next((number for number in numbers if number > 0), None)
    return None


def _digits(word: str) -> int:
    number = word.rstrip("stndrh")
    return int(number) if number.isascii() and number.isdigit() and number != word else 0


def _around(when: Interval, years: int) -> Spans:
    if when.start is None:
        return ()
    day = date(when.start.year + years, when.start.month, min(when.start.day, 28)).toordinal()
    return ((day - ANNIVERSARY, day + ANNIVERSARY),)


def _of_calendar_dates(clauses: Clauses) -> Iterator[Clue]:
    """Dates with their year: what is told as past is before the publication, what is to come after it."""
    for timed in clauses.times:
        found = timed.absolute()
        if found is None or found.start is None or clauses.tokens[timed.top].relation in ("amod", "compound"):
            continue
        clause = clauses.clause(timed.top)
        bound = timed.text.split()[0].lower() if timed.expression.kind == "bound" else ""
        if clauses.future(clause):
            if found.end and bound not in ("since", "after", "from"):
                yield Clue(f"{timed.text!r} is to come", ((EARLIEST, found.end.toordinal()),))
        elif clauses.past(clause) and bound in ("", "since", "after"):
            yield Clue(f"{timed.text!r} is past", ((found.start.toordinal(), LATEST),))


def _of_days_without_year(clauses: Clauses, lexicon: Lexicon, first: int, last: int) -> Iterator[Clue]:
    """Days told without their year ("on January 13"): recent ones, and on the weekday that stands with them."""
    for timed in clauses.times:
        clause = clauses.clause(timed.top)
        if timed.expression.kind != "date" or timed.absolute() or not clauses.past(clause) or lexicon.names(timed.text):
            continue
        weekday = LEXICON.weekdays.get(timed.text.split()[0].lower().strip(",."), None)
        probe = resolve(timed.expression, single_day(date(2000, 6, 15)))
        if probe is None or probe.start is None or probe.start != probe.end or last - first > WINDOW:
            continue

        def fits(day: date, timed: Timed = timed, weekday: int | None = weekday) -> bool:
            found = resolve(timed.expression, single_day(day))
            start = found.start if found else None
            return bool(start and (day - start).days <= WITHOUT_YEAR and weekday in (None, start.weekday()))

        yield Clue(f"{timed.text!r} is told without its year", days_where(fits, first, last))


def _of_order(before: Clauses | None, clauses: Clauses, first: int, last: int) -> Iterator[Clue]:
    """What happened "after the meeting" is later than the day of the sentence before, when they met."""
    noun = _after_what(clauses)
    earlier = [one for one in before.times if one.expression.kind == "date"] if before and noun is not None else []
    if noun is None or not earlier or last - first > WINDOW:
        return
    day = earlier[-1]
    for timed in clauses.times:
        if not _relative(timed) or timed.expression.kind == "date" or clauses.future(clauses.clause(timed.top)):
            continue

        def fits(published: date, timed: Timed = timed) -> bool:
            later = resolve(timed.expression, single_day(published))
            since = resolve(day.expression, single_day(published))
            return bool(later and later.end and since and since.start and later.end >= since.start)

        happening = clauses.tokens[noun].text
        yield Clue(f"{timed.text!r}, after the {happening} on {day.text!r}", days_where(fits, first, last))


def _after_what(clauses: Clauses) -> int | None:
    """The noun of a sentence that begins with "After the meeting"."""
    if len(clauses.tokens) < 3 or clauses.tokens[0].text.lower() not in ("after", "following"):
        return None
    noun = clauses.tokens[0].head
    determined = noun > 0 and any(clauses.lemma(child) in ("the", "this", "that") for child in clauses.children[noun])
    return noun if determined and clauses.tokens[noun].upos == "NOUN" else None


def _all_of(clues: Iterable[Clue]) -> Spans:
    allowed = ALL
    for clue in clues:
        allowed = intersection(allowed, clue.spans)
    return allowed


def _reasoning(clues: list[Clue]) -> str:
    """The reasons of the clues that narrow the interval, narrowest first, then a few that fit it."""
    allowed = ALL
    narrowing: list[str] = []
    fitting: list[str] = []
    for clue in sorted(clues, key=lambda clue: clue.spans[-1][1] - clue.spans[0][0] if clue.spans else 0):
        narrowed = intersection(allowed, clue.spans)
        (narrowing if _hull(narrowed) != _hull(allowed) else fitting).append(clue.why)
        allowed = narrowed
    reasons = "; ".join(dict.fromkeys(narrowing))
    others = [why for why in dict.fromkeys(fitting) if why not in narrowing][:MOST_FITTING]
    return reasons + (f" (it fits: {'; '.join(others)})" if others else "")


def _hull(spans: Spans) -> tuple[int, int]:
    return spans[0][0], spans[-1][1]


def _interval(start: int, end: int) -> Interval:
    first, last = date.fromordinal(start), date.fromordinal(end) if end < LATEST else None
    return Interval(first, last, "open" if last is None else "day" if first == last else "range")
