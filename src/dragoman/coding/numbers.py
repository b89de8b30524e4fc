"""How many: numbers in a sentence, and to which event and what each belongs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..dates import TimeExpression
from ..records import Count, Token
from .syntax import Tree
from .when import Times

__all__ = ["counts_of", "number_at"]

_VOTES = re.compile(r"\b(\d{1,4})\s*(?:-|–|to|votes? to)\s*(\d{1,4})\b")


@cache
def _tables() -> Mapping[str, Any]:
    with (Path(__file__).parent / "counting.toml").open("rb") as file:
        return tomllib.load(file)


def number_at(tree: Tree, index: int) -> tuple[int | None, int | None, int, int] | None:
    """The number whose last token is at `index`: low, high, first token, last token; None where there is none.

    "more than 500" has no upper bound, "up to 30" no lower, "dozens" is at least 24.
    """
    value = _value(tree, index)
    if value is None:
        return None
    low, high, first = value
    before = " ".join(t.text.lower() for t in tree.tokens[max(0, first - 3) : first])
    for kind in ("low", "high"):
        for words in _tables()["bounds"][kind]:
            if before.endswith(words):
                first -= len(words.split())
                return (low, None, first, index) if kind == "low" else (None, high, first, index)
    for words in _tables()["bounds"]["about"]:
        if before.endswith(words):
            first -= len(words.split())
            break
    return low, high, first, index


def _value(tree: Tree, index: int) -> tuple[int, int | None, int] | None:
    text = tree[index].text.lower()
    if text in _tables()["vague"]:
        return _tables()["vague"][text], None, index
    if text in _tables()["large"] and index > 0:
        before = _small(tree[index - 1].text.lower())
        factor = _tables()["large"][text]
        if before is not None:
            return round(before * factor), round(before * factor), index - 1
        if tree[index - 1].text.lower() in ("a", "an"):
            return factor, factor, index - 1
        return None
    number = _small(text)
    if number is None or number != int(number):
        return None
    return int(number), int(number), index


def _small(text: str) -> float | None:
    plain = text.replace(",", "")
    if plain.replace(".", "", 1).isdigit() and plain.isascii():
        return float(plain) if len(plain) < 12 else None
    found = _tables()["small"].get(text)
    return float(found) if found is not None else None


def counts_of(tree: Tree, trigger: int, kind: str, sides: set[int], times: Times) -> tuple[Count, ...]:
    """The counts of the event at a trigger: numbers on its arguments and on its parties' words (`sides`).

    What is counted follows from the noun ("109 rockets") or from the verb ("killing 25").
    """
    found: list[Count] = []
    dated = {i for expression, _ in times for i, t in enumerate(tree.tokens) if _inside(tree, t, expression)}
    for index, token in enumerate(tree.tokens):
        if token.upos not in ("NUM", "NOUN", "DET") or index in dated or _is_share(tree, index):
            continue
        number = number_at(tree, index)
        if number is None:
            continue
        what = _counted(tree, index, trigger, kind, sides)
        if what is not None:
            low, high, first, last = number
            text = tree.text(tree[first].start, tree[last].end)
            found.append(Count(what, low, high, text))
    found += _votes(tree, trigger)
    return tuple(dict.fromkeys(found))


def _is_share(tree: Tree, index: int) -> bool:
    """Whether a number is a share ("70 per cent"), which counts nobody."""
    after = " ".join(t.text.lower() for t in tree.tokens[index + 1 : index + 3])
    return after.startswith(("per cent", "percent", "%", "percentage", "points"))


def _inside(tree: Tree, token: Token, expression: TimeExpression) -> bool:
    return token.start - tree.sentence.start < expression.end and token.end - tree.sentence.start > expression.start


def _is_predicate(tree: Tree, index: int) -> bool:
    """A verb, or a participle that the reader takes for an adjective ("50 others were wounded")."""
    return tree.is_verb(index) or "VerbForm=Part" in tree[index].features


def _counted(tree: Tree, index: int, trigger: int, kind: str, sides: set[int]) -> str | None:
    token = tree[index]
    noun = token.head if token.relation in ("nummod", "compound", "det", "amod") and token.head >= 0 else index
    if tree.lemma(noun) in ("hundred", "thousand", "million", "dozen") and tree[noun].relation in (
        "nummod",
        "compound",
    ):
        return None
    path = tree.path_up(noun)
    verb = noun if tree.is_verb(noun) else next((n for n in path[1:3] if _is_predicate(tree, n)), None)
    if (
        noun != trigger
        and trigger not in path
        and verb not in tree.path_up(trigger)[:1]
        and not _joined(tree, verb, trigger)
        and noun not in sides
    ):
        return None
    relation = tree[noun].relation.split(":")[0]
    lemma = tree.lemma(noun)
    tables = _tables()
    participles = [_kind_of(tables["verbs"], tree.lemma(c)) for c in tree.related(noun, "acl", "amod")]
    verb_kind = next(filter(None, participles), None)
    if verb_kind is None and verb is not None:
        verb_kind = _kind_of(tables["verbs"], tree.lemma(verb)) or _result(tree, verb)
    patient = verb == noun or relation in ("obj", "nsubj", "conj", "nmod") or tree[noun].relation == "nsubj:pass"
    if (
        verb_kind
        and patient
        and (lemma in tables["persons"]["nouns"] or noun == index or token.upos == "NUM")
        and (verb_kind != "troops" or lemma in tables["nouns"]["troops"])
    ):
        return str(verb_kind)
    noun_kind = _kind_of(tables["nouns"], lemma)
    if noun_kind:
        return noun_kind
    if kind in tables["participants"]["types"] and lemma in tables["persons"]["nouns"]:
        return "participants"
    return None


def _result(tree: Tree, verb: int) -> str | None:
    """What a verb comes to with its predicate: "shot dead", "left wounded"."""
    results = _tables()["results"]
    return next((results[tree.lemma(c)] for c in tree.related(verb, "xcomp") if tree.lemma(c) in results), None)


def _joined(tree: Tree, verb: int | None, trigger: int) -> bool:
    """Whether a verb is coordinated with the trigger or is a clause of its result ("fired ..., killing three")."""
    if verb is None:
        return False
    head = tree[verb].head
    return head == trigger and tree[verb].relation.split(":")[0] in ("conj", "advcl")


def _kind_of(table: Mapping[str, list[str]], lemma: str) -> str | None:
    return next((kind for kind, lemmas in table.items() if lemma in lemmas), None)


def _votes(tree: Tree, trigger: int) -> list[Count]:
    """ "by a margin of 170 to 0", "voted 170-0": votes for and against."""
    text = tree.sentence.text
    near = {tree.lemma(i) for i in tree.subtree(trigger)} | {tree.lemma(n) for n in tree.path_up(trigger)[:2]}
    if not near & {"vote", "margin", "pass", "approve", "adopt"}:
        return []
    match = _VOTES.search(text)
    if match is None:
        return []
    one, other = int(match.group(1)), int(match.group(2))
    return [Count("votes_for", one, one, match.group()), Count("votes_against", other, other, match.group())]
