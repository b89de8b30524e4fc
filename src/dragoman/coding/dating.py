"""When the events of an article happened that their own words do not date (codebook, "date").

An expression that counts from the event before ("two days later") is counted from it; an event that the knowledge base
knows, or that the article dates elsewhere, has that date; in a narrative what follows a dated event happened then or
since; what a speaker tells on a dated day happened by then. What is left happened, in a news report, in the days
before publication. Each interval says what it rests on; none of these rules makes a day up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from ..dates import Interval, parse_iso
from ..records import Article, DatedFact, Event, Sentence, Status, When
from .known import known_date, known_facts
from .lexicons import reasons, speech, time_clauses
from .syntax import Tree
from .when import Expressed, Times, clause_way, expression_of, resolved, times_of

__all__ = ["dated_events"]

NEWS = 7
"""Days before publication within which a report tells what happened, where it says no more."""

RECENT = 30
"""Days: what "has happened", or had before a day that is named, may lie so far back."""

LONG = 365
"""Days: what a report only mentions (in a relative clause, as a reason) may lie so far back, what is planned ahead."""

HISTORY = (50 * 365, 2 * 365)
"""Days before publication between which history lies that the text does not date."""

STORY = 7
"""Days: an interval no longer than this can carry a narrative on."""

REACH = 3
"""Sentences over which a narrative carries on from a dated event."""

FAR = 100
"""Events between which no date is carried over: the time that an article takes stays in proportion to its length."""

HAPPENED = (Status.ACTUAL, Status.HISTORICAL, Status.NEGATED)
SPOKEN = frozenset(("ACCUSE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))
"""Types of what is said: who says it to whom twice has not said the same."""

BEFORE = frozenset(("before", "prior to", "ahead of", "until", "till", "pending"))


@dataclass(slots=True)
class _Told:
    """An event with where it stands: its sentence's tree, its trigger, the expression of its clause, and its date.

    `known` where the knowledge base has given the date: what everybody knows is no scene that a narrative goes on from.
    """

    event: Event
    tree: Tree
    trigger: int
    times: Times
    found: Expressed | None
    when: When | None
    known: bool = False


def dated_events(
    article: Article, sentences: Sequence[Sentence], events: Sequence[Event], facts: Sequence[DatedFact] = ()
) -> list[Event]:
    """The events of an article in their order, each with a bounded interval as far as article and `facts` allow one."""
    told = list(_told(sentences, events))
    _by_knowledge(told, facts, parse_iso(article.published) if article.published else None)
    _by_coreference(told)
    _by_anchor(told, article.published)
    _by_coreference(told)
    _by_story(told, article.published)
    for one in told:
        one.when = _bounded(one.when) if one.when is not None else None
    if article.published is not None:
        _by_publication(told, parse_iso(article.published))
    return [replace(one.event, when=one.when) if one.when != one.event.when else one.event for one in told]


def _told(sentences: Sequence[Sentence], events: Sequence[Event]) -> Iterable[_Told]:
    by_index = {sentence.index: sentence for sentence in sentences}
    trees: dict[int, tuple[Tree, Times]] = {}
    places: list[tuple[Event, Tree, int, Times]] = []
    for event in events:
        index = int(event.sentence or 0)
        if index not in trees:
            tree = Tree(by_index[index])
            trees[index] = tree, times_of(tree, by_index[index])
        tree, times = trees[index]
        places.append((event, tree, _trigger(tree, event), times))
    triggers: defaultdict[int | None, set[int]] = defaultdict(set)
    for event, _, trigger, _ in places:
        triggers[event.sentence].add(trigger)
    for event, tree, trigger, times in places:
        found = expression_of(tree, trigger, times, event.status, triggers[event.sentence] - {trigger})
        yield _Told(event, tree, trigger, times, found, event.when)


def _trigger(tree: Tree, event: Event) -> int:
    """The token of a trigger that stands highest in the tree."""
    start, end = event.trigger_start or 0, event.trigger_end or 0
    inside = [i for i, token in enumerate(tree.tokens) if start <= token.start < end]
    return min(inside, key=lambda index: len(tree.path_up(index)), default=0)


def _near(told: Sequence[_Told], number: int) -> tuple[Sequence[_Told], Sequence[_Told]]:
    """The events told before one, the last first, and those told after it, each as far as `FAR`."""
    return told[max(0, number - FAR) : number][::-1], told[number + 1 : number + 1 + FAR]


def _apart(one: _Told, other: _Told) -> int:
    """Sentences from one event back to another."""
    return int(one.event.sentence or 0) - int(other.event.sentence or 0)


def _by_knowledge(told: list[_Told], facts: Sequence[DatedFact], published: Interval | None) -> None:
    known = known_facts(facts)
    for one in told:
        if one.when is None and one.found is None:
            one.when = known_date(one.event, one.tree, one.trigger, known, published)
            one.known = one.when is not None


# ------------------------------------------------------------------------------------------- the event before


def _by_anchor(told: list[_Told], published: str | None) -> None:
    for number, one in enumerate(told):
        if one.found is None or one.found.expression.kind != "anchored" or one.when is not None:
            continue
        anchor = _anchor(one, told, number)
        if anchor is not None and anchor.when is not None:
            one.when = resolved(one.found, published, anchor.when)


def _anchor(one: _Told, told: list[_Told], number: int) -> _Told | None:
    """The event that an expression is counted from: the one named behind "after", else the last dated before it."""
    named = _named_after(one)
    before, behind = _near(told, number)
    inside = [o for o in (*before[::-1], *behind) if _apart(one, o) == 0 and o.trigger in named]
    lemmas = {one.tree.lemma(index) for index in named}
    again = [o for o in before if o.tree.lemma(o.trigger) in lemmas]
    for candidates in (inside, again, before if not named else []):
        for other in candidates:
            if other.when is not None and other.event.status in HAPPENED and _days(other.when) is not None:
                return other
    return None


def _named_after(one: _Told) -> set[int]:
    """The words under "after" or "before" with which an expression ends ("three weeks after the killing")."""
    if one.found is None or not one.found.expression.text.lower().endswith(("after", "before")):
        return set()
    end = one.tree.sentence.start + one.found.expression.end
    markers = [i for i, token in enumerate(one.tree.tokens) if token.end == end]
    heads = [one.tree[i].head for i in markers if one.tree[i].relation.split(":")[0] in ("case", "mark", "advmod")]
    return {index for head in heads if head >= 0 for index in (head, *one.tree.related(head, "nmod", "obj"))}


# --------------------------------------------------------------------------------------- told of elsewhere too


def _by_coreference(told: list[_Told]) -> None:
    """Give an event without a date that of the nearest mention of the same happening, one before it first."""
    for number, one in enumerate(told):
        if one.when is not None or one.event.status not in HAPPENED or one.found is not None:
            continue
        for other in chain.from_iterable(_near(told, number)):
            if other.when is not None and other.when.text and _same(one, other):
                one.when = _inferred(other.when, f"the article dates the same event by {other.when.text!r}")
                break


def _same(one: _Told, other: _Told) -> bool:
    """Whether two mentions of an article tell of one happening: type, word or definite noun, and parties."""
    first, second = one.event, other.event
    if first.type != second.type or second.status not in HAPPENED:
        return False
    shared = conflicting = 0
    for side in ("actor", "recipient"):
        ours, theirs = ({party.id or party.text for party in getattr(e, side)} for e in (first, second))
        shared += bool(ours & theirs)
        conflicting += bool(ours and theirs and not ours & theirs)
    if conflicting or not shared:
        return False
    whole = shared == bool(first.actor or second.actor) + bool(first.recipient or second.recipient)
    named = not one.tree.is_verb(one.trigger)
    return (whole and (named or first.type not in SPOKEN)) or (named and _is_definite(one.tree, one.trigger))


def _is_definite(tree: Tree, noun: int) -> bool:
    words = {tree.lemma(c) for c in tree.related(noun, "det", "nmod:poss")}
    return bool(words & {"the", "its", "their", "his", "her"})


# ------------------------------------------------------------------------------------------------- the narrative


def _by_story(told: list[_Told], published: str | None) -> None:
    reference = parse_iso(published) if published else None
    end = reference.end if reference else None
    for number, one in enumerate(told):
        if one.when is not None or one.event.status not in HAPPENED:
            continue
        earlier, later = _near(told, number)
        beside = [o for o in (*earlier[::-1], *later) if _apart(one, o) == 0 and _carries(o, end)]
        before = [o for o in earlier if 0 < _apart(one, o) <= REACH and _carries(o, end) and _tells_on(o)]
        scene = next((o for o in before if _is_one_scene(one, o)), None)
        one.when = (
            _by_saying(one, published, before)
            or next(filter(None, (_beside(one, other, end) for other in beside)), None)
            or (_following(one, scene, before[0], end) if before else None)
        )


def _carries(one: _Told, published: date | None) -> bool:
    """Whether an event is past and dated closely enough, and not by publication, for others to be told from it."""
    if one.when is None or one.event.status not in HAPPENED or (days := _days(one.when)) is None:
        return False
    if published is not None and days[0] > published:
        return False
    return (days[1] - days[0]).days < STORY and (one.when.text is not None or one.when.precision == "day")


def _tells_on(one: _Told) -> bool:
    """Whether a narrative may go on from an event: not from what is only known, or told as the time of another."""
    return not one.known and not _is_background(one)


def _is_one_scene(one: _Told, other: _Told) -> bool:
    return one.event.type == other.event.type or bool(_parties(one.event) & _parties(other.event))


def _by_saying(one: _Told, published: str | None, before: Sequence[_Told]) -> When | None:
    """What is said on a dated day happened by then; a promise or a refusal is made by saying it."""
    tree, way = one.tree, clause_way(one.tree, one.trigger)
    verbs = [tree[way[-1]].head] if tree[way[-1]].head >= 0 else []
    verbs += [c for node in way for c in tree.related(node, "parataxis", "ccomp") if c not in way]
    for verb in verbs:
        found = expression_of(tree, verb, one.times, Status.ACTUAL) if tree.lemma(verb) in speech().verbs else None
        when = resolved(found, published, before[0].when if before else None) if found is not None else None
        days = _days(when) if when is not None else None
        if when is None or days is None or (days[1] - days[0]).days >= STORY:
            continue
        if any(tree.lemma(c) in ("will", "would") for c in tree.related(way[-1], "aux")):
            return _inferred(when, f"said on {when.text!r}, and done by saying it")
        return _between(days[0] - timedelta(NEWS), days[1], f"told on {when.text!r}, so in the days up to it")
    return None


def _beside(one: _Told, other: _Told, published: date | None) -> When | None:
    """The date of an event by that of another in its sentence."""
    days = _days(other.when) if other.when is not None else None
    if other.when is None or days is None:
        return None
    tree, way, across = one.tree, clause_way(one.tree, one.trigger), clause_way(one.tree, other.trigger)
    name = f"{other.event.trigger!r}, which the text dates to {Interval(*days, 'range')}"
    if one.trigger in across or other.trigger in way:
        return _inferred(other.when, f"told together with {name}")
    if across[-1] in tree.subtree(way[-1]) and _introduced(tree, across[-1]) & (time_clauses() | reasons()) - BEFORE:
        return _between(days[0], published, f"told as what came of {name}") if published else None
    if way[-1] in tree.subtree(across[-1]) and _introduced(tree, way[-1]) & (time_clauses() | reasons()) - BEFORE:
        return _between(days[0] - timedelta(RECENT), days[1], f"told as what came before {name}")
    if tree[way[-1]].head == other.trigger and tree[way[-1]].relation.split(":")[0] in ("ccomp", "parataxis"):
        return _between(days[0] - timedelta(NEWS), days[1], f"told as what was said in {name}")
    return None


def _following(one: _Told, scene: _Told | None, last: _Told, published: date | None) -> When | None:
    """The date of an event by one that was dated before it: that of the same scene, else since the last."""
    last = scene or last
    days = _days(last.when) if last.when is not None else None
    if days is None or last.when is None or _is_background(one):
        return None
    name = f"{last.event.trigger!r}, which the text dates to {Interval(*days, 'range')}"
    if _tense(one) == "pluperfect":
        return _between(days[0] - timedelta(RECENT), days[1], f"told as what came before {name}")
    long_ago = published is None or (published - days[1]).days > RECENT
    if _tense(one) == "past" and (scene is not None or long_ago):
        return _inferred(last.when, f"the narrative goes on from {name}")
    return _between(days[0], published, f"told after {name}, and by publication") if published else None


def _introduced(tree: Tree, node: int) -> set[str]:
    return {tree.lemma(c) for c in tree.related(node, "mark")} | {tree.case(node)}


def _parties(event: Event) -> set[str]:
    return {party.id or party.text.lower() for party in (*event.actor, *event.recipient)}


# --------------------------------------------------------------------------------------------------- publication


def _by_publication(told: list[_Told], reference: Interval) -> None:
    """Bound what is left by publication: narrowly in a news report, more widely where the text looks back."""
    start, end = reference.start or reference.end, reference.end
    if start is None or end is None:
        return
    news = start == end and _is_news(told, end)
    for one in told:
        if one.when is None:
            one.when = _left(one, start, end, news)


def _bounded(when: When) -> When:
    """An interval whose words leave its start open ("recently", "by Sunday", "by 2006") with a start that says so."""
    if when.start is not None or when.end is None:
        return when
    words = (when.text or "").lower()
    days = NEWS if words.endswith("day") else RECENT if words in ("recently", "lately") else LONG
    start = date.fromisoformat(when.end) - timedelta(days)
    return replace(when, start=start.isoformat(), basis=f"{when.basis}, and not more than {days} days before that")


def _is_news(told: list[_Told], published: date) -> bool:
    """Whether most of what an article dates happened shortly before it was published; one that dates nothing is."""
    ends = [days[1] for one in told if one.when is not None and one.when.text and (days := _days(one.when))]
    return 2 * sum((published - end).days <= RECENT for end in ends) >= len(ends)


def _left(one: _Told, start: date, end: date, news: bool) -> When | None:
    status = one.event.status
    if status is Status.HISTORICAL:
        earliest, latest = (timedelta(days) for days in HISTORY)
        return _between(start - earliest, end - latest, "no date in the text: told as history")
    if status in (Status.FUTURE, Status.HYPOTHETICAL):
        return _between(end, end + timedelta(LONG), "no date in the text: from publication on, if at all")
    known = not one.tree.is_verb(one.trigger) and _is_definite(one.tree, one.trigger) and _tense(one) != "present"
    if known or _is_background(one) or _tense(one) == "pluperfect" or not news:
        return _between(start - timedelta(LONG), end, "no date in the text: told in passing, within the year before")
    if _tense(one) == "perfect":
        return _between(start - timedelta(RECENT), end, "no date in the text: has happened, within the month before")
    return _between(start - timedelta(NEWS), end, "no date in the text: news of the week before publication")


def _tense(one: _Told) -> str:
    """Past, perfect, pluperfect or present, of the clause that an event stands in."""
    tree = one.tree
    verb = next((node for node in clause_way(tree, one.trigger) if tree.is_verb(node)), None)
    if verb is None:
        return "past"
    for child in tree.related(verb, "aux"):
        if tree.lemma(child) == "have" and "VerbForm=Inf" not in tree[verb].features:
            past = "Tense=Past" in tree[child].features
            return ("past" if _is_told(tree, verb) else "pluperfect") if past else "perfect"
    return "present" if "Tense=Pres" in tree[verb].features and "VerbForm=Fin" in tree[verb].features else "past"


def _is_told(tree: Tree, verb: int) -> bool:
    """Whether a clause is what somebody said: "said that police had arrested him" backshifts a simple past."""
    head = tree[verb].head
    return head >= 0 and tree[verb].relation == "ccomp" and tree.lemma(head) in speech().verbs


def _is_background(one: _Told) -> bool:
    """Whether an event is only mentioned: in a relative clause, or as the reason or the time of something else."""
    tree, way = one.tree, clause_way(one.tree, one.trigger)
    top = way[-1]
    if tree[top].head < 0:
        return False
    return tree[top].relation == "acl:relcl" or bool(_introduced(tree, top) & (time_clauses() | reasons()))


# -------------------------------------------------------------------------------------------------------- dates


def _days(when: When) -> tuple[date, date] | None:
    if when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start), date.fromisoformat(when.end)


def _inferred(when: When, basis: str) -> When:
    return When(when.start, when.end, when.precision, None, basis)


def _between(start: date, end: date, basis: str) -> When:
    precision = "day" if start == end else "range"
    return When(start.isoformat(), end.isoformat(), precision, None, basis)
