"""How parties stand to each other, as a text asserts it (codebook, "Tie")."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Party, Status, Tie, event_id
from .apposition import parties_named
from .lexicons import time_words
from .parties import PartyFinder
from .patterns import Pattern, Patterns
from .slots import Slots, fitting
from .status import status_of
from .syntax import Tree
from .when import Times

__all__ = ["ties_of"]

UNREAL = (Status.FUTURE, Status.HYPOTHETICAL)
"""What is planned or possible stands nowhere yet."""

CONTENT = frozenset(("of", "to", "for", "from", "without"))
"""What introduces a verb that tells of no fact."""

BODILY = frozenset(("leads", "member_of", "part_of", "holds_office"))
"""Ties to a state or body, never to a person."""

PERSONS = frozenset(("person", "individual", "capital", "pronoun"))

PASTS = frozenset(("history", "record", "decade", "year"))
"""Nouns before "of" that say how long a tie has held ("a history of problematic relations")."""

REACHING = frozenset(("since", "until", "till", "from", "before", "after"))
"""Prepositions that say from when or until when a tie holds."""


def ties_of(article: Article, tree: Tree, finder: PartyFinder, times: Times, patterns: Patterns) -> Iterator[Tie]:
    """The ties that a sentence asserts, each once, in the order of the words they rest on."""
    seen: set[tuple[str, str, str]] = set()
    taken: set[int] = set()
    for pattern, slots in fitting(tree, finder, patterns):
        if slots.index in taken:
            continue
        status = status_of(tree, (slots.index,), None)
        pairs = [] if status in UNREAL or _is_content(tree, slots.index) else _pairs(finder, slots, pattern)
        for source, target in pairs:
            key = (source.id or source.text, pattern.kind, target.id or target.text)
            if key not in seen:
                seen.add(key)
                yield _tie(article, tree, times, pattern, slots.index, source, target, status)
        if pairs:
            taken.add(slots.index)


def _pairs(finder: PartyFinder, slots: Slots, pattern: Pattern) -> list[tuple[Party, Party]]:
    """Who stands so to whom. In a mutual tie both may fill one slot: "Israel and Iran are enemies"."""
    sources = _filled(slots, pattern.roles["from"])
    targets = _filled(slots, pattern.roles.get("to", ()))
    if pattern.mutual and not targets:
        sources, targets = sources[:1], sources[1:]
    return [(s, t) for s in sources for t in targets if _may_stand(finder, s, t, pattern.kind)]


def _is_content(tree: Tree, word: int) -> bool:
    """Whether a verb is what somebody is asked to do or accused of ("of propping up the parties"), not what is so."""
    marks = {tree.lemma(c) for c in tree.related(word, "mark", "case")}
    return tree.is_verb(word) and bool(marks & CONTENT) and not _was_habit(tree, word)


def _was_habit(tree: Tree, word: int) -> bool:
    """ "Used to"."""
    head = tree[word].head
    return head >= 0 and tree.lemma(head) == "use" and not tree.related(head, "obj")


def _filled(slots: Slots, names: tuple[str, ...]) -> list[Party]:
    """The parties in the first slot that names any: the nearest to the word, with what is coordinated with it."""
    for name in names:
        tokens = sorted(slots.tokens(name), key=lambda token: abs(token - slots.index))
        for token in tokens:
            together = [t for t in tokens if t in slots.tree.conjuncts(token) or token in slots.tree.conjuncts(t)]
            found = [p for t in sorted(together) for p in parties_named(slots.tree, slots.finder, t)]
            if found:
                return list({(p.start, p.end): p for p in found}.values())
    return []


def _may_stand(finder: PartyFinder, source: Party, target: Party, kind: str) -> bool:
    """Whether a tie between two parties is one of politics: the target known and no press, the source no thing.

    What is led or belonged to is no person.

    Nobody stands so to himself, nor to a body in whose name he is ("the Lord's Resistance Army").
    """
    there, here = finder.mentions_of(target), finder.mentions_of(source)
    if target.id is None or target.code.endswith("JRN"):
        return False
    known = any(m.political or m.kind == "capital" for m in there) if there else target.code != "UNK"
    if not known or (kind in BODILY and any(m.kind == "person" for m in there)):
        return False
    if here and not any(m.political or m.kind in PERSONS for m in here):
        return False
    inside = target.start <= source.start and source.end <= target.end and any(m.kind == "body" for m in there)
    return not inside and source.id != target.id


def _tie(
    article: Article,
    tree: Tree,
    times: Times,
    pattern: Pattern,
    word: int,
    source: Party,
    target: Party,
    status: Status,
) -> Tie:
    start = min(source.start, target.start, tree[word].start)
    end = max(source.end, target.end, tree[word].end)
    return Tie(
        event_id(article.id, start, end, pattern.kind),
        article.id,
        tree.sentence.index,
        tree.text(start, end),
        start,
        end,
        source,
        pattern.kind,
        target,
        "-" if status is Status.NEGATED or _is_over(tree, word) else "+",
        _time(tree, times, word),
        pattern.name,
    )


def _is_over(tree: Tree, word: int) -> bool:
    """ "No longer": what was is denied of now."""
    return any(tree.lemma(c) == "long" and tree.lemma(c - 1) == "no" for c in tree.related(word, "advmod") if c > 0)


def _time(tree: Tree, times: Times, word: int) -> str | None:
    """The words that say when a tie holds: "former", "since 2013"; None where there are none."""
    head = tree[word].head
    near = [*tree.children[word], *(tree.related(head, "advmod", "amod") if tree[word].relation == "nmod:desc" else ())]
    words = {c: tree[c].text for c in near if tree.lemma(c) in time_words()}
    up = tree.path_up(word)
    for expression, token in times:
        case = tree.case(token) or next((tree.lemma(c) for c in tree.related(token, "mark")), "")
        above = tree.nearness(token, up)
        if case in REACHING and above is not None and above[0] == 0:
            words[token] = f"{case} {expression.text.lower().removeprefix(case).strip()}"
    if tree.lemma(head) in PASTS and tree.case(word) == "of":
        words[head] = f"{tree[head].text} of"
    if _was_habit(tree, word):
        words[head] = "used to"
    return ", ".join(words[token] for token in sorted(words)) or None
