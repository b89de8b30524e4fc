"""How many: to which event a number belongs, and what it counts there (codebook, "counts")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..records import Count
from .numbers import Number, counting, numbers_in
from .parties import PartyFinder
from .speakers import speaker_of
from .syntax import Tree
from .when import Times

__all__ = ["counts_of", "undated_numbers"]

VOTES = (
    re.compile(r"\b(\d{1,4})\s*(?:-|–|to|votes? to|votes? against)\s*(\d{1,4})\b"),
    re.compile(
        r"\b(\d{1,4}) (?:votes? |members? )?(?:in favou?r|for)\b.{0,40}?\b(\d{1,4}|no|none) (?:votes? )?against\b"
    ),
)
VOTING = frozenset(("vote", "margin", "pass", "approve", "adopt", "elect", "ratify", "reject", "endorse"))
PART = frozenset(("including", "among"))
"""Prepositions behind which a number is part of another ("6 dead, including 4 soldiers")."""

HIT = frozenset(("on", "against", "at"))
PATIENT = frozenset(("obj", "nsubj", "conj", "nmod", "appos", "acl", "amod"))


def counts_of(
    tree: Tree,
    finder: PartyFinder,
    trigger: int,
    kind: str,
    sides: Collection[int],
    numbers: Iterable[Number],
    others: Collection[int] = (),
) -> tuple[Count, ...]:
    """The counts of the event at a trigger, by the numbers of its sentence that `undated_numbers` gives, each with its
    speaker ("claimed there were no casualties").

    A number belongs to the event whose clause states it, or whose party it counts (`sides`); `others` are the triggers
    of the sentence's other events. What is counted follows from the verb ("killing 25") or the noun ("109 rockets").
    """
    found: list[Count] = []
    for number in numbers:
        noun = number.counted
        if _is_part(tree, noun) or _is_vote(tree, number) or not _belongs(tree, number, trigger, sides, others):
            continue
        what = _what(tree, number, trigger, kind, sides)
        if what is not None:
            text = tree.text(tree[number.first].start, tree[number.last].end)
            speaker = speaker_of(tree, finder, noun)
            every = (what, *_joined_nouns(tree, number, what))
            found += [Count(each, number.low, number.high, text, speaker) for each in every]
    return tuple(dict.fromkeys((*found, *_votes(tree, trigger))))


def undated_numbers(tree: Tree, times: Times) -> Iterator[Number]:
    """The numbers of a sentence but for those of its dates, left to right."""
    start = tree.sentence.start
    dated = {
        index
        for expression, _ in times
        for index, token in enumerate(tree.tokens)
        if token.start - start < expression.end and token.end - start > expression.start
    }
    return numbers_in(tree, dated)


def _is_vote(tree: Tree, number: Number) -> bool:
    """Whether a number is one of those of a vote, "170 to 0"."""
    at = tree[number.first].start - tree.sentence.start
    matches = (pattern.search(tree.sentence.text) for pattern in VOTES) if _votes_near(tree, number.counted) else ()
    return any(match is not None and match.start() <= at < match.end() for match in matches)


def _is_part(tree: Tree, noun: int) -> bool:
    return any(bool(PART & set(tree.case(node).split())) for node in tree.path_up(noun)[:2])


def _belongs(tree: Tree, number: Number, trigger: int, sides: Collection[int], others: Collection[int]) -> bool:
    """Whether the way up from what is counted leads to the trigger before it leads to another event or clause."""
    noun, way = number.counted, tree.path_up(trigger)
    toll = tree[noun].head >= 0 and _is_toll(tree, noun, tree[noun].head)
    if noun in sides or number.last in sides:
        return True
    for node in tree.path_up(noun):
        if node == trigger:
            return True
        if node in others and not (toll and node == noun):
            return _is_result(tree, node, trigger)
        if node in way[1:]:
            borne = _harm_borne(tree, node)
            beside = way[way.index(node) - 1] in (trigger, borne)
            return beside and (_supports(tree, node, trigger, noun) or (toll and _is_told_of(tree, trigger)))
        if _begins_clause(tree, node) and not (_is_result(tree, node, trigger) or _is_toll(tree, noun, node)):
            return False
    return False


def _begins_clause(tree: Tree, node: int) -> bool:
    relation = tree[node].relation
    return relation == "acl:relcl" or relation.split(":")[0] in ("ccomp", "parataxis", "csubj", "advcl")


def _is_result(tree: Tree, node: int, trigger: int) -> bool:
    """Whether a clause tells what the event came to: "killing three", "left six dead", "and 50 were wounded"."""
    if not _verb_kind(tree, node):
        return False
    head = tree[node].head
    while head >= 0 and head != trigger and _verb_kind(tree, head) and tree[head].relation.split(":")[0] != "ccomp":
        head = tree[head].head
    return head == trigger and not {tree.lemma(c) for c in tree.related(node, "mark")} & {"after", "before", "since"}


def _is_toll(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a clause only tells how many were hurt: "claimed that there were no casualties"."""
    kind = _kind_of(counting()["nouns"], tree.lemma(noun))
    return kind in ("killed", "injured") and noun in tree.subjects(clause) and bool(tree.related(clause, "expl"))


def _is_told_of(tree: Tree, trigger: int) -> bool:
    """Whether a trigger stands in the time clause of what is said: "after the missiles hit, he claimed ..."."""
    markers = {tree.lemma(c) for c in tree.related(trigger, "mark")}
    return tree[trigger].relation == "advcl" and bool(markers & {"after", "when", "as", "once", "since"})


def _supports(tree: Tree, verb: int, trigger: int, noun: int) -> bool:
    """Whether a number beside an event noun is the event's: its verb says what came of it ("the blast killed 20")."""
    relation = tree[trigger].relation.split(":")[0]
    if tree.is_verb(trigger) and relation != "nsubj":
        return relation in ("xcomp", "advcl", "conj") and bool(_verb_kind(tree, verb))
    return relation in ("nsubj", "obj", "obl", "nmod") and noun != trigger


def _verb_kind(tree: Tree, verb: int) -> str | None:
    """What a verb makes of whom it is done to: killed, injured, arrested ...; by its predicate too ("shot dead")."""
    kind = _kind_of(counting()["verbs"], tree.lemma(verb))
    results = counting()["results"]
    # What is coordinated has a number of its own: "25 were killed and 51 wounded".
    below = (tree.lemma(c) for c in tree.children[verb] if tree[c].relation.split(":")[0] != "conj")
    result = next((results[lemma] for lemma in below if lemma in results), None)
    state = results.get(tree.lemma(verb)) if tree.is_state(verb) else None
    return result or kind or state or ("injured" if _harm_borne(tree, verb) is not None else None)


def _harm_borne(tree: Tree, verb: int) -> int | None:
    """The noun for the harm that a verb's subject bears: "suffered burns", "were diagnosed with concussion"."""
    bearing = counting()["bearing"]
    if tree.lemma(verb) not in bearing["verbs"]:
        return None
    return next((c for c in tree.related(verb, "obj", "obl") if tree.lemma(c) in bearing["harm"]), None)


def _what(tree: Tree, number: Number, trigger: int, kind: str, sides: Collection[int]) -> str | None:
    """What a number counts in an event of a type, or None."""
    tables, noun = counting(), number.counted
    if number.money:
        return "money"
    lemma, relation = tree.lemma(noun), tree[noun].relation.split(":")[0]
    person = _is_person(tree, noun) or noun == number.last
    results: Mapping[str, str] = tables["results"]
    if lemma in results:
        return results[lemma]
    noun_kind = _kind_of(tables["nouns"], lemma)
    if noun_kind and noun_kind != "troops":
        return noun_kind
    path = tree.path_up(noun)
    verbs = tree.related(noun, "acl", "amod") + [n for n in path[1:3] if _is_predicate(tree, n)][:1]
    doing = noun in tree.subjects(verbs[-1]) if verbs else False
    # The nearest first: "five were killed and ten people wounded", "left five policemen dead".
    done = next(filter(None, (_verb_kind(tree, verb) or results.get(tree.lemma(verb)) for verb in verbs)), None)
    if done and relation in PATIENT and (not doing or done == "displaced" or _bears(tree, verbs[-1])):
        if done == "troops":
            return "troops" if noun_kind == "troops" or lemma == "force" else None
        if person or noun_kind == "troops":
            return done
    if noun_kind or (lemma == "force" and tree[noun].upos == "PROPN"):
        return "troops"
    if kind in tables["participants"]["types"] and person:
        return "participants"
    return _other(tree, number, trigger, kind)


def _bears(tree: Tree, verb: int) -> bool:
    """Whether what a predicate tells is done to its subject: "died", "was hurt", "suffered injuries"."""
    state = not tree.is_verb(verb) and tree.lemma(verb) in counting()["results"]
    return state or tree.lemma(verb) in ("die", "perish") or _harm_borne(tree, verb) is not None


def _is_person(tree: Tree, noun: int) -> bool:
    persons, lemma = counting()["persons"], tree.lemma(noun)
    return lemma in persons["nouns"] or lemma.endswith(tuple(persons["endings"])) or tree[noun].upos in ("PROPN", "NUM")


def _other(tree: Tree, number: Number, trigger: int, kind: str) -> str | None:
    """The noun itself, where the number counts what a material act is done to or with: "two bases", "60 diplomats"."""
    noun = number.counted
    if kind not in counting()["other"]["types"] or noun == number.last or tree[noun].upos not in ("NOUN", "PROPN"):
        return None
    if tree.lemma(noun) in counting()["other"]["besides"]:
        return None
    hit = tree[noun].head == trigger and tree.case(noun) in HIT
    done_to = noun in tree.objects(trigger) if tree.is_verb(trigger) else False
    return tree[noun].text.lower() if hit or done_to else None


def _joined_nouns(tree: Tree, number: Number, what: str) -> list[str]:
    """What a "no" before several nouns denies besides the first: "no injuries or deaths"."""
    if number.high != 0:
        return []
    kinds = [_kind_of(counting()["nouns"], tree.lemma(c)) for c in tree.related(number.counted, "conj")]
    return [kind for kind in kinds if kind and kind != what]


def _is_predicate(tree: Tree, index: int) -> bool:
    """A verb, or a participle that the reader takes for an adjective ("50 others were wounded")."""
    return tree.is_verb(index) or "VerbForm=Part" in tree[index].features or tree.lemma(index) in counting()["results"]


def _kind_of(table: Mapping[str, list[str]], lemma: str) -> str | None:
    return next((kind for kind, lemmas in table.items() if lemma in lemmas), None)


def _votes(tree: Tree, trigger: int) -> list[Count]:
    """ "By a margin of 170 to 0", "voted 170-0", "12 in favour and three against": votes for and against."""
    if not _votes_near(tree, trigger):
        return []
    for pattern in VOTES:
        match = pattern.search(tree.sentence.text)
        if match is not None:
            one, other = (int(n) if n.isdigit() else 0 for n in match.groups())
            return [Count("votes_for", one, one, match.group()), Count("votes_against", other, other, match.group())]
    return []


def _votes_near(tree: Tree, node: int) -> bool:
    """Whether words of voting stand below a word or above it ("passed a motion demanding")."""
    near = {tree.lemma(i) for i in tree.subtree(node)} | {tree.lemma(n) for n in tree.path_up(node)[:3]}
    return bool(near & VOTING)
