"""When an event happened: the time expression of its sentence that belongs to it.

What the sentence does not say, the article may (`coding.dating`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..dates import Interval, Tense, TimeExpression, find, parse_iso, resolve
from ..records import Part, Sentence, Status, When
from .lexicons import reasons, support_verbs, time_clauses
from .syntax import Tree

__all__ = ["Times", "clause_way", "expression_of", "resolved", "times_of", "when_of"]

Times = list[tuple[TimeExpression, int]]
"""Time expressions of a sentence with the token at which each hangs on the tree."""

FAR_APART = ("1950-06-15", "2090-02-10")
"""Two days of writing: what means the same on both depends on neither."""

SAYING = frozenset(("ccomp", "parataxis", "csubj"))
"""Relations under which a clause stands whose time is not that of what governs it ("said on Monday that ...")."""

MODIFYING = frozenset(("compound", "amod", "nmod:poss", "nummod", "nmod:unmarked", "nmod:desc"))
"""How an expression belongs to a noun alone: "the January 3 strike", "Friday's attack", "the 2003 invasion"."""

DURING = frozenset(("in", "during", "by"))
"""Prepositions under which a dated noun dates its verb too: "killed in the January 3 strike"."""


@dataclass(frozen=True, slots=True)
class Expressed:
    """An expression of a sentence, whether it speaks of what is to come, and whether its clause of what is going on."""

    expression: TimeExpression
    tense: Tense
    going_on: bool = False


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


def when_of(
    tree: Tree, trigger: int, times: Times, published: str | None, status: Status, others: Collection[int] = ()
) -> When | None:
    """The date of the event at a trigger by the words of its sentence, or None.

    An expression below the trigger is its own; else one of the clause that it belongs to. `others` are the
    triggers of the sentence's other events, whose dates are theirs.
    """
    found = expression_of(tree, trigger, times, status, others)
    return resolved(found, published, None) if found is not None and found.expression.kind != "anchored" else None


def resolved(found: Expressed, published: str | None, anchor: When | None) -> When | None:
    """What an expression says of an article published then, after the event at `anchor`; None where it says nothing.

    What has happened has happened by the day of publication: a period that is not over ends there.
    """
    expression = found.expression
    reference = parse_iso(published) if published else None
    before = _interval(anchor) if anchor is not None else None
    if reference is None and before is None:
        interval = _absolute(expression)
        return _when(interval, expression.text, f"{expression.text!r} in the sentence") if interval else None
    interval = resolve(expression, reference or Interval(None, None, "open"), before, found.tense)
    if interval is None or (expression.kind == "anchored" and before is None):
        return None
    if expression.kind == "duration" and None in (interval.start, interval.end):
        return None  # "for years": a length says nothing of when
    if found.going_on and reference is not None and interval.end is not None and not interval.overlaps(reference):
        return None  # "they are setting up posts where they stood last year"
    if found.tense == "past" and reference is not None and reference.end is not None:
        if interval.start is not None and (interval.start - reference.end).days > 1:
            return None
        interval = interval.clamp(reference.end)
    if expression.kind == "anchored" and anchor is not None:
        basis = f"{expression.text!r} in the sentence, counted from {before}, the date of the event before"
    else:
        basis = f"{expression.text!r} in the sentence, counted from publication on {reference}"
    return _when(interval, expression.text, basis)


def expression_of(
    tree: Tree, trigger: int, times: Times, status: Status, others: Collection[int] = ()
) -> Expressed | None:
    """The expression whose way to the trigger through the tree is the shortest, within the clause."""
    best: tuple[int, int] | None = None
    chosen = None
    up = clause_way(tree, trigger, others)
    for expression, token in times:
        nearness = _nearness(tree, trigger, token, up, expression.text.lower().endswith((" after", " before")))
        if nearness is not None and nearness[0] > 0 and expression.text.lower() in PRESENT:
            continue
        if nearness is not None and (best is None or nearness < best):
            best, chosen = nearness, Expressed(expression, _tense(tree, token, status), _is_going_on(tree, trigger))
    return chosen


def clause_way(tree: Tree, trigger: int, others: Collection[int] = ()) -> list[int]:
    """The way up from a trigger as far as what stands there happened at the same time.

    It ends below a clause of another time ("after", "said that"), below a relative clause's noun, and, for a noun,
    below a verb that reports an event of its own ("condemned Friday's killing on Saturday").
    """
    way = [trigger]
    while tree[way[-1]].head >= 0 and _at_one_time(tree, way[-1], trigger, others):
        way.append(tree[way[-1]].head)
    return way


def _at_one_time(tree: Tree, node: int, trigger: int, others: Collection[int]) -> bool:
    relation, head = tree[node].relation.split(":")[0], tree[node].head
    if relation in SAYING or (relation == "acl" and tree[head].upos != "VERB" and not _is_there(tree, node)):
        return False
    nominal = not tree.is_verb(trigger)
    if _introduced(tree, node) & (time_clauses() | reasons() if nominal else time_clauses()):
        return False
    return not (nominal and head in others and tree.is_verb(head) and tree.lemma(head) not in support_verbs())


def _is_there(tree: Tree, node: int) -> bool:
    """ "There were men putting up roadblocks": what they do, they do when they are there."""
    noun = tree[node].head
    verb = tree[noun].head
    plain = tree[node].relation == "acl" and tree[noun].relation.startswith("nsubj")
    return plain and verb >= 0 and bool(tree.related(verb, "expl"))


def _introduced(tree: Tree, node: int) -> set[str]:
    return {tree.lemma(c) for c in tree.related(node, "mark")} | {tree.case(node)}


def _nearness(tree: Tree, trigger: int, token: int, up: list[int], measures: bool) -> tuple[int, int] | None:
    """Steps up from the trigger, then steps down to the expression; None where it is another's.

    One that `measures` a distance ("three days after the attack") is that of the clause above what it is counted from.
    """
    path = tree.path_up(token)
    if measures and len(path) > 2 and _introduced(tree, path[1]) & time_clauses():
        path = path[1:]
        if path[0] in up:
            return None
    meeting = next((node for node in path if node in up), None)
    if meeting is None:
        return None
    above, between = up.index(meeting), path[1 : path.index(meeting)]
    if above > 2 or any(not _is_passage(tree, node, meeting, trigger) for node in between):
        return None
    holder = path[1] if len(path) > 1 else token
    if tree[token].relation in MODIFYING and holder != meeting and not _is_setting(tree, holder, meeting):
        return None
    return above, len(between)


def _is_passage(tree: Tree, node: int, meeting: int, trigger: int) -> bool:
    """Whether an expression below a word may still date what the word hangs on.

    A clause is another event's, but for one that belongs to the trigger's own noun ("the pact signed on Friday").
    """
    relation = tree[node].relation.split(":")[0]
    if _introduced(tree, node) & time_clauses():
        return False
    if not tree.is_verb(node):
        return relation not in SAYING and relation not in ("acl", "advcl", "conj")
    own = meeting == trigger and tree[node].head == trigger
    return own and relation == "acl" and not tree.is_verb(trigger)


def _is_setting(tree: Tree, noun: int, meeting: int) -> bool:
    return tree[noun].head == meeting and tree.case(noun) in DURING


PRESENT = frozenset(("now", "currently", "presently", "nowadays", "at present", "today"))
"""What tells when a state holds, and nothing of an event in its clause: "thanks to the killing, Iran now has ..."."""

SCHEDULED = frozenset(("schedule", "set", "slate", "due", "plan", "expect", "poise", "bind"))
"""Participles of what is still to come: "set for Sunday"."""

CARRIED_OUT = frozenset(
    ("manage", "begin", "start", "continue", "help", "force", "come", "go", "use", "cease", "fail", "appear", "seem")
)
"""Verbs whose infinitive tells what was done, or was not, and no plan."""

AHEAD = frozenset(("will", "shall", "would", "'ll", "’ll", "may", "might", "could"))


def _tense(tree: Tree, token: int, status: Status) -> Tense:
    """Whether the clause of an expression speaks of what is to come: by its auxiliary, infinitive or present."""
    if status is Status.FUTURE:
        return "future"
    verb = next((node for node in tree.path_up(token) if tree.is_verb(node) or tree.related(node, "cop", "aux")), None)
    return "future" if verb is not None and _is_ahead(tree, verb) else "past"


def _is_ahead(tree: Tree, verb: int) -> bool:
    token, auxiliaries = tree[verb], {tree.lemma(c) for c in tree.related(verb, "aux", "cop")}
    perfect = "have" in auxiliaries
    if auxiliaries & AHEAD:
        return not perfect
    was = any("Tense=Past" in tree[c].features for c in tree.related(verb, "aux", "cop", "aux:pass"))
    if tree.lemma(verb) in SCHEDULED and ("VerbForm=Part" in token.features or token.upos == "ADJ"):
        return not was and not perfect
    if any(tree.lemma(c) == "to" for c in tree.related(verb, "mark")):
        planned = token.relation.split(":")[0] in ("xcomp", "acl") and tree.lemma(token.head) not in CARRIED_OUT
        return planned or ("be" in auxiliaries and not was)
    present = "Tense=Pres" in token.features and "VerbForm=Fin" in token.features
    scheduled = _is_going_on(tree, verb) and "Tense=Pres" in token.features
    return (present or scheduled) and tree.sentence.part is Part.BODY


def _is_going_on(tree: Tree, verb: int) -> bool:
    auxiliaries = [tree[c].features for c in tree.related(verb, "aux") if tree.lemma(c) == "be"]
    return "VerbForm=Part" in tree[verb].features and any("Tense=Pres" in features for features in auxiliaries)


def _absolute(expression: TimeExpression) -> Interval | None:
    """The interval of an expression that means the same whenever it was written ("December 7, 2019")."""
    found = {
        str(resolved): resolved for day in FAR_APART if (resolved := resolve(expression, parse_iso(day))) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _interval(when: When) -> Interval | None:
    return parse_iso(f"{when.start or '..'}/{when.end or '..'}") if when.start or when.end else None


def _when(interval: Interval, text: str, basis: str) -> When:
    start = interval.start.isoformat() if interval.start else None
    end = interval.end.isoformat() if interval.end else None
    return When(start, end, interval.precision, text, basis)
