"""Who changed sides: from whom, to whom or against whom, after what (codebook, "Shift")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..records import Article, Event, Party, Shift, Status, event_id
from .apposition import parties_named
from .happenings import happening_at
from .parties import PartyFinder
from .patterns import Pattern, Patterns
from .slots import Slots, fitting
from .status import status_of
from .syntax import Tree
from .when import Times, when_of

__all__ = ["shifts_of"]

UNREAL = (Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED)
"""A shift that is planned, possible or denied is none."""

AFTER = frozenset(("after", "following", "since", "when", "because", "because of", "in the wake of", "once"))
"""Words before what a shift came after."""


def shifts_of(
    article: Article, tree: Tree, finder: PartyFinder, times: Times, events: Sequence[Event], patterns: Patterns
) -> Iterator[Shift]:
    """The shifts that a sentence asserts, each once, in the order of the words they rest on."""
    told: list[Shift] = []
    for pattern, slots in fitting(tree, finder, patterns):
        status = status_of(tree, (slots.index,), None)
        sides = None if status in UNREAL else _sides(slots, pattern)
        if sides is None:
            continue
        shift = _shift(article, tree, times, events, pattern, slots.index, *sides, status)
        at = next((at for at, other in enumerate(told) if _is_one(shift, other)), None)
        if at is None:
            told.append(shift)
        else:
            told[at] = _joined(article, tree, told[at], shift)
    yield from told


def _key(party: Party | None) -> str:
    return "" if party is None else party.id or party.text


def _is_one(shift: Shift, other: Shift) -> bool:
    """Whether two shifts are told of the same party and contradict each other nowhere."""
    mine = [_key(party) for party in (shift.who, shift.away_from, shift.toward)]
    yours = [_key(party) for party in (other.who, other.away_from, other.toward)]
    return all(one == another or not (one and another) for one, another in zip(mine, yours, strict=True))


def _joined(article: Article, tree: Tree, told: Shift, more: Shift) -> Shift:
    """A shift told in two halves: "switched sides and joined the rebels"; the one that says more gives the pattern."""
    if told.away_from is None and told.toward is None:
        told, more = more, told
    away_from, toward = told.away_from or more.away_from, told.toward or more.toward
    if (away_from, toward) == (told.away_from, told.toward):
        return told
    start, end = min(told.start, more.start), max(told.end, more.end)
    words = tree.text(start, end)
    identity = event_id(article.id, start, end, told.pattern.partition(".")[0])
    return replace(
        told, id=identity, words=words, start=start, end=end, away_from=away_from, toward=toward,
        after=told.after or more.after,
    )  # fmt: skip


def _sides(slots: Slots, pattern: Pattern) -> tuple[Party, Party | None, Party | None] | None:
    """Who, away from whom, toward whom; None where a needed role is empty or nobody political takes part."""
    found: dict[str, Party] = {}
    for role, names in pattern.roles.items():
        party = _filled(slots, names, set(found.values()), named=_who if role == "who" else _side)
        if party is not None:
            found[role] = party
    if not all(any(role in found for role in need.split("|")) for need in pattern.needs):
        return None
    who, away_from, toward = (found.get(role) for role in ("who", "away_from", "toward"))
    if who is None or not any(_is_political(slots.finder, party) for party in found.values()):
        return None
    return who, away_from, toward


def _filled(
    slots: Slots, names: tuple[str, ...], besides: set[Party], named: Callable[[Slots, int], list[Party]]
) -> Party | None:
    """The first party in the first slot that names one not yet taken."""
    taken = {_key(party) for party in besides}
    found = (party for name in names for token in slots.tokens(name) for party in named(slots, token))
    return next((party for party in found if _key(party) not in taken), None)


def _who(slots: Slots, token: int) -> list[Party]:
    """Who shifts: whoever the token itself names, else whoever or whatever it describes ("public anger")."""
    if slots.finder.named(token) is not None or slots.tree[token].upos == "PRON":
        return parties_named(slots.tree, slots.finder, token)
    return slots.finder.described(token) or slots.finder.parties([token])


def _side(slots: Slots, token: int) -> list[Party]:
    """Which known party a token names, itself or inside its phrase ("the US presence")."""
    return [party for party in parties_named(slots.tree, slots.finder, token) if party.id is not None]


def _is_political(finder: PartyFinder, party: Party) -> bool:
    return any(m.political or m.kind == "capital" for m in finder.mentions_of(party))


def _shift(
    article: Article,
    tree: Tree,
    times: Times,
    events: Sequence[Event],
    pattern: Pattern,
    word: int,
    who: Party,
    away_from: Party | None,
    toward: Party | None,
    status: Status,
) -> Shift:
    parties = [party for party in (who, away_from, toward) if party is not None]
    start = min(tree[word].start, *(party.start for party in parties))
    end = max(tree[word].end, *(party.end for party in parties))
    return Shift(
        event_id(article.id, start, end, pattern.kind),
        article.id,
        tree.sentence.index,
        tree.text(start, end),
        start,
        end,
        who,
        away_from,
        toward,
        when_of(tree, word, times, article.published, status),
        _after(tree, events, word),
        pattern.name,
    )


def _after(tree: Tree, events: Sequence[Event], word: int) -> str | None:
    """What a shift came after: an event's id, or the words where it is none that was coded."""
    for index in tree.path_up(word)[:3]:
        for child in tree.related(index, "obl", "advcl", "nmod", "obj"):
            markers = {tree.lemma(c) for c in tree.related(child, "mark", "advmod", "case")} | {tree.case(child)}
            if markers & AFTER and word not in tree.subtree(child):
                happening = happening_at(tree, events, child)
                if happening is not None:
                    return happening.named
    top = tree.path_up(word)[-1]
    marked = {tree.lemma(c) for c in tree.related(top, "mark")} & AFTER
    # "After X the demonstrators turned": without a comma the parse may take the first clause for the main one.
    happening = happening_at(tree, events, top) if marked and top < word else None
    return happening.named if happening is not None else None
