"""One event where a sentence tells the same one twice, or in two halves."""

from __future__ import annotations

from dataclasses import replace

from ..records import Event, Party, Trace
from .matching import Fit
from .syntax import Tree

__all__ = ["Coded", "merged_events"]

Coded = tuple[Event, Fit]
MUTUAL = frozenset(("CONSULT", "COOPERATE", "AGREE"))
HURT = frozenset(("wound", "injure", "hurt", "maim"))
LINKS = frozenset(("advcl", "conj", "parataxis", "acl", "xcomp", "ccomp", "obl", "nmod", "obj", "nsubj"))


def merged_events(tree: Tree, events: list[Coded]) -> tuple[list[Coded], list[Trace]]:
    """Events of a sentence, each told once, in the order of their triggers; and what was merged into what.

    Twins ("launched airstrikes on X": verb and noun both fit) become one, the one with more parties, or the surer;
    halves ("three were shot dead when forces opened fire": one without actor, one without recipient)
    are joined.
    """
    kept: list[Coded] = []
    dropped: list[Trace] = []
    for event, fit in sorted(
        events, key=lambda pair: (-len(pair[0].actor) - len(pair[0].recipient), -pair[0].confidence)
    ):
        rivals = [(at, told, other) for at, (told, other) in enumerate(kept) if told.type == event.type]
        for same, merged in ((_twins, _enriched), (_one_toll, _enriched), (_halves, _joined)):
            at = next((at for at, told, other in rivals if same(tree, event, fit, told, other)), None)
            if at is not None:
                told, other = kept[at]
                kept[at] = (merged(told, event), other)
                dropped.append(Trace(str(event.trigger), fit.frame.name, False, f"the same event as {told.trigger!r}"))
                break
        else:
            kept.append((event, fit))
    kept.sort(key=lambda pair: (pair[0].trigger_start, pair[0].trigger_end, pair[0].type))
    return kept, dropped


def _within(few: tuple[Party, ...], many: tuple[Party, ...]) -> bool:
    return {p.name for p in few} <= {p.name for p in many}


def _twins(tree: Tree, event: Event, fit: Fit, kept: Event, other: Fit) -> bool:
    if set(fit.trigger) & set(other.trigger):
        return True
    if event.status != kept.status:
        return False
    up, down = tree.path_up(fit.trigger[0]), tree.path_up(other.trigger[0])
    sides = _within(event.actor, kept.actor) and _within(event.recipient, kept.recipient)
    if other.trigger[0] in up[1:3] or fit.trigger[0] in down[1:3]:
        return sides or _within((*event.actor, *event.recipient), (*kept.actor, *kept.recipient))
    if not (event.actor or event.recipient) or not sides:
        return False
    return (
        event.type in MUTUAL
        or event.recipient == kept.recipient != ()
        or (event.actor == kept.actor != () and not event.recipient)
    )


def _one_toll(tree: Tree, event: Event, fit: Fit, kept: Event, other: Fit) -> bool:
    """Whether two clauses give the toll of one attack: "three were shot dead while 50 others were wounded"."""
    if event.type != "ASSAULT" or event.status != kept.status:
        return False
    if event.actor and kept.actor and not _within(event.actor, kept.actor) and not _within(kept.actor, event.actor):
        return False
    if _is_result(tree, fit, other) or _is_result(tree, other, fit):
        return True
    hurt = [tree.lemma(trigger) in HURT for trigger in (fit.trigger[0], other.trigger[0])]
    if hurt[0] == hurt[1]:
        return False
    up, down = tree.path_up(fit.trigger[0]), tree.path_up(other.trigger[0])
    return other.trigger[0] in up[1:2] or fit.trigger[0] in down[1:2]


def _is_result(tree: Tree, fit: Fit, other: Fit) -> bool:
    """Whether a participle only says what an attack came to: "shelled a base, killing 12 soldiers"."""
    token = tree[fit.trigger[0]]
    participle = "VerbForm=Part" in token.features or "VerbForm=Ger" in token.features
    below = token.relation.split(":")[0] in ("advcl", "xcomp", "acl") and token.head == other.trigger[0]
    return (
        participle
        and below
        and tree.lemma(fit.trigger[0]) in HURT | {"kill"}
        and not tree.related(fit.trigger[0], "mark")
    )


def _halves(tree: Tree, event: Event, fit: Fit, kept: Event, other: Fit) -> bool:
    """Whether one event lacks the actor and the other the recipient, and one clause hangs on the other."""
    lacking = (not event.actor and not kept.recipient) or (not event.recipient and not kept.actor)
    whole = (event.actor or kept.actor) and (event.recipient or kept.recipient)
    if not lacking or not whole or event.status != kept.status:
        return False
    for lower, upper in ((fit.trigger[0], other.trigger[0]), (other.trigger[0], fit.trigger[0])):
        path = tree.path_up(lower)
        if upper in path[1:3]:
            relations = {tree[node].relation.split(":")[0] for node in path[: path.index(upper)]}
            if relations <= LINKS and not _after(tree, path[path.index(upper) - 1]):
                return True
    return False


def _after(tree: Tree, index: int) -> bool:
    """Whether a clause is another happening in time ("after", "before"), not the same one told further."""
    markers = {tree.lemma(c) for c in tree.related(index, "mark", "case", "advmod")}
    return bool(markers & {"after", "before", "since", "until", "following", "because"})


def _joined(kept: Event, event: Event) -> Event:
    return replace(_enriched(kept, event), actor=kept.actor or event.actor, recipient=kept.recipient or event.recipient)


def _enriched(kept: Event, event: Event) -> Event:
    """The kept event with the particulars that only the other tells, as sure as the surer of them."""
    dated = kept.when if kept.when is not None and kept.when.text else event.when or kept.when
    return replace(
        kept,
        mode=kept.mode or event.mode,
        when=dated,
        where=kept.where or event.where,
        counts=tuple(dict.fromkeys((*kept.counts, *event.counts))),
        said_by=kept.said_by or event.said_by,
        confidence=max(kept.confidence, event.confidence),
    )
