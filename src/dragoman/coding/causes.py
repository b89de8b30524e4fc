"""What caused what, as the words of a text say it (codebook, "Cause")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records import Article, Cause, Event, Status, event_id
from .frames import Frames
from .happenings import Happening, happening_at
from .lexicons import anaphoric_nouns
from .parties import PartyFinder
from .patterns import Pattern, Patterns
from .slots import Slots, fitting
from .status import status_of
from .syntax import Tree

__all__ = ["Told", "causes_of"]

Told = tuple[Tree, Sequence[Event]]
"""A sentence with the events that were coded from it."""

UNREAL = (Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED)
"""A cause that is feared, possible or denied is none."""

POINTING = frozenset(("this", "that", "these", "it", "which", "those"))


def causes_of(
    article: Article, told: Told, before: Told | None, finder: PartyFinder, patterns: Patterns, frames: Frames
) -> Iterator[Cause]:
    """The causes that a sentence asserts, each once; `before` is the sentence before it in the article.

    One side at least is a coded event, or both are words that frames know for such ("the coup led to a war").
    """
    tree, _ = told
    seen: set[tuple[str, str]] = set()
    for pattern, slots in fitting(tree, finder, patterns):
        if status_of(tree, (slots.index,), None) in UNREAL and pattern.words.get("connectives") is None:
            continue
        effect = _filled(slots, pattern.roles["effect"], told, before)
        cause = _filled(slots, pattern.roles["cause"], told, before, besides=effect)
        if cause is None or effect is None or not _is_political(cause, effect, frames):
            continue
        if pattern.both and not (cause.event and effect.event):
            continue
        if (cause.named, effect.named) not in seen:
            seen.add((cause.named, effect.named))
            yield _cause(article, tree, pattern, slots.index, cause, effect)


def _is_political(cause: Happening, effect: Happening, frames: Frames) -> bool:
    if cause.event is not None or effect.event is not None:
        return True
    return all(any(head in frames.nouns or head in frames.verbs for head in h.heads) for h in (cause, effect))


def _filled(
    slots: Slots, names: tuple[str, ...], told: Told, before: Told | None, besides: Happening | None = None
) -> Happening | None:
    """The first happening in the slots, tried in order, that is not the other side's."""
    tree, events = told
    for name in names:
        if name == "before":
            found = [_main(*before)] if before is not None and not _goes_on(told, before, besides) else []
        else:
            found = [_told(tree, events, token, slots.index, before, slots.finder) for token in slots.tokens(name)]
        for happening in found:
            if happening is not None and not _overlap(happening, besides):
                return happening
    return None


def _goes_on(told: Told, before: Told, effect: Happening | None) -> bool:
    """Whether the sentence before tells of a deed of the same actor, who does not answer himself."""
    cause = _main(*before)
    sides = []
    for happening, events in ((cause, before[1]), (effect, told[1])):
        ids = {event.id: {party.id for party in event.actor} for event in events}
        sides.append(ids.get(happening.event or "", set()) if happening else set())
    return bool(sides[0] & sides[1] - {None})


def _told(
    tree: Tree, events: Sequence[Event], token: int, word: int, before: Told | None, finder: PartyFinder
) -> Happening | None:
    """What a token of a slot tells of; a word that points back tells what the clause or sentence before told."""
    if token == word and tree[token].upos not in ("NOUN", "VERB", "PROPN"):
        return None
    points = tree[token].text.lower() in POINTING or tree.lemma(token) in anaphoric_nouns()
    if points and not any(e for e in events if e.trigger_start == tree[token].start):
        verbs = [i for i in tree.path_up(token)[1:] if tree.is_verb(i) and word not in _clause(tree, i)]
        if verbs:
            triggers = {event.trigger_start for event in events}
            told = next((verb for verb in verbs if tree[verb].start in triggers), verbs[0])
            return happening_at(tree, events, told)
        return _main(*before) if before is not None else None
    if not tree.is_verb(token) and finder.mention_at(token) is not None:
        return None
    return happening_at(tree, events, token)


def _clause(tree: Tree, verb: int) -> list[int]:
    return [verb, *tree.related(verb, "nsubj")]


def _main(tree: Tree, events: Sequence[Event]) -> Happening | None:
    """What the main clause of a sentence tells of."""
    root = next((i for i, token in enumerate(tree.tokens) if token.head < 0), None)
    return None if root is None else happening_at(tree, events, root)


def _overlap(one: Happening, other: Happening | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end


def _cause(article: Article, tree: Tree, pattern: Pattern, word: int, cause: Happening, effect: Happening) -> Cause:
    inside = _connective(tree, word, "connectives" in pattern.words)
    start, end = tree[min(inside)].start, tree[max(inside)].end
    return Cause(
        event_id(article.id, min(start, cause.start), max(end, effect.end), "cause"),
        article.id,
        tree.sentence.index,
        tree.text(start, end),
        start,
        end,
        cause.named,
        effect.named,
        pattern.name,
    )


def _connective(tree: Tree, word: int, governed: bool) -> list[int]:
    """The tokens that tie cause and effect: what introduces the word, or the word with its prepositions."""
    before = [c for c in tree.related(word, "case", "mark", "advmod", "fixed") if c < word]
    if governed:
        return before or [word]
    behind = [c for child in tree.related(word, "nmod", "obl") for c in tree.related(child, "case") if c == word + 1]
    return [*(before if not tree.is_verb(word) else ()), word, *behind]
