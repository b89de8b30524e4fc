"""When an event happened: the time expression that belongs to it, else what publication allows."""

from __future__ import annotations

from ..dates import Interval, Tense, TimeExpression, find, parse_iso, resolve
from ..records import Sentence, Status, When
from .syntax import Tree

__all__ = ["Times", "times_of", "when_of"]

Times = list[tuple[TimeExpression, int]]
"""Time expressions of a sentence with the token at which each hangs on the tree."""

FAR_APART = ("1950-06-15", "2090-02-10")
"""Two days of writing: what means the same on both depends on neither."""

WITHOUT_EXPRESSION = "no date in the sentence: some time before publication"


def times_of(tree: Tree, sentence: Sentence) -> Times:
    """The time expressions of a sentence; offsets are the sentence's own."""
    found = []
    for expression in find(sentence.text):
        start, end = sentence.start + expression.start, sentence.start + expression.end
        inside = [i for i, token in enumerate(tree.tokens) if token.start < end and token.end > start]
        if inside:
            top = next((i for i in inside if tree[i].head not in inside), inside[0])
            found.append((expression, top))
    return found


def when_of(tree: Tree, trigger: int, times: Times, published: str | None, status: Status) -> When | None:
    """The date of the event at a trigger.

    An expression below the trigger is its own; else one of the clause that governs it; an event
    without any happened before publication, which is an open interval and no day.
    """
    reference = parse_iso(published) if published else None
    expression = _nearest(tree, trigger, times)
    tense: Tense = "future" if status is Status.FUTURE else "past"
    if expression is not None and reference is not None:
        interval = resolve(expression, reference, None, tense)
        if interval is not None:
            basis = f"{expression.text!r} in the sentence, counted from publication on {reference}"
            return _when(interval, expression.text, basis)
    if expression is not None and reference is None:
        interval = _absolute(expression)
        if interval is not None:
            return _when(interval, expression.text, f"{expression.text!r} in the sentence")
    if reference is None or status in (Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED):
        return None
    return When(None, reference.end.isoformat() if reference.end else None, "open", None, WITHOUT_EXPRESSION)


def _absolute(expression: TimeExpression) -> Interval | None:
    """The interval of an expression that means the same whenever it was written ("December 7, 2019")."""
    found = {
        str(resolved): resolved for day in FAR_APART if (resolved := resolve(expression, parse_iso(day))) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _when(interval: Interval, text: str, basis: str) -> When:
    start = interval.start.isoformat() if interval.start else None
    end = interval.end.isoformat() if interval.end else None
    return When(start, end, interval.precision, text, basis)


def _own_clause(tree: Tree, trigger: int) -> list[int]:
    """The way up from a trigger, not beyond the clause whose content it is ("said on Monday that ...")."""
    way = []
    for node in tree.path_up(trigger):
        way.append(node)
        if tree[node].relation.split(":")[0] in ("ccomp", "parataxis", "acl"):
            break
    return way


def _nearest(tree: Tree, trigger: int, times: Times) -> TimeExpression | None:
    """The expression whose way to the trigger through the tree is the shortest, within the clause."""
    best: tuple[int, int] | None = None
    chosen = None
    up = _own_clause(tree, trigger)
    for expression, token in times:
        key = tree.nearness(token, up)
        if key is not None and (best is None or key < best):
            best, chosen = key, expression
    return chosen
