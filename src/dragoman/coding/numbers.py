"""Numbers in a sentence: their bounds, and the word that says what they count."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from .syntax import Tree

__all__ = ["Number", "counting", "numbers_in"]

JOINS = frozenset(("-", "–", "—", "to", "or"))
CURRENCIES = frozenset("$€£¥")
LONGEST = 12
"""Characters of a number in digits: what is longer is an account or a telephone."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its bounds (None: open on that side), first and last token, and the token of what it counts."""

    low: int | None
    high: int | None
    first: int
    last: int
    counted: int
    money: bool = False


@cache
def counting() -> Mapping[str, Any]:
    """The words of counting (`counting.toml`)."""
    with (Path(__file__).parent / "counting.toml").open("rb") as file:
        return tomllib.load(file)


def numbers_in(tree: Tree, besides: Collection[int] = ()) -> Iterator[Number]:
    """The numbers of a sentence, left to right; `besides` holds tokens that are none (those of dates).

    "More than 500" has no upper bound, "up to 30" no lower; "dozens" is at least 24, "no" is zero before what can be
    counted; "400-500" and "two or three" are ranges. Shares ("70 per cent") count nobody.
    """
    index = 0
    while index < len(tree.tokens):
        found = _range(tree, index) if index not in besides else None
        if found is None:
            index += 1
            continue
        index = found.last + 1
        if not _is_share(tree, found.last) and not _is_label(tree, found):
            yield _bounded(tree, found)


def _range(tree: Tree, index: int) -> Number | None:
    one = _number(tree, index)
    if one is None or one.last + 2 >= len(tree.tokens) or one.low is None:
        return one
    join, between = _word(tree, one.last + 1), _word(tree, index - 1) == "between"
    if join in JOINS or (between and join == "and"):
        other = _number(tree, one.last + 2)
        if other is not None and other.high is not None and other.high > one.low:
            scale = _scale(tree, other)
            low = one.low * scale if one.low * scale < other.high and scale > 1 else one.low
            return replace(other, low=low, first=one.first)
    return one


def _scale(tree: Tree, number: Number) -> int:
    """The word of size that a range shares: "two to three thousand"."""
    return int(counting()["large"].get(_word(tree, number.last), 1)) if number.last > number.first else 1


def _number(tree: Tree, index: int) -> Number | None:
    """One number that begins at a token."""
    tables, word = counting(), _word(tree, index)
    if word in tables["vague"]:
        return _vague(tree, index)
    start = index
    if word == "half" and _word(tree, index + 1) in ("a", "an"):
        value, end = 0.5, index + 1
    elif word == "quarter" and [_word(tree, index + 1), _word(tree, index + 2)] == ["of", "a"]:
        value, end = 0.25, index + 2
    elif word in ("a", "an"):
        value, end = 1.0, index
    else:
        read = _small(tree, index)
        if read is None:
            return None
        value, end = read
    while (factor := tables["large"].get(_word(tree, end + 1))) is not None:
        value, end = value * factor, end + 1
    if (
        word in ("a", "an", "half", "quarter") and end <= start + {"half": 1, "quarter": 2}.get(word, 0)
    ) or value != int(value):
        return None
    money = _word(tree, start - 1) in CURRENCIES or _lemma(tree, end + 1) in tables["money"]["nouns"]
    return Number(int(value), int(value), start, end, _counted(tree, end), money)


def _vague(tree: Tree, index: int) -> Number | None:
    """Dozens, hundreds; tens of thousands."""
    vague, large = counting()["vague"], counting()["large"]
    low, end = int(vague[_word(tree, index)]), index
    beyond = _lemma(tree, index + 2)
    if _word(tree, index + 1) == "of" and beyond in large and _word(tree, index + 2) in vague:
        low, end = low * int(large[beyond]), index + 2
    return Number(low, None, index, end, _counted(tree, end))


def _small(tree: Tree, index: int) -> tuple[float, int] | None:
    """A number in digits or a word for one up to ninety-nine: its value and its last token."""
    small, word = counting()["small"], _word(tree, index)
    plain = word.replace(",", "")
    if plain.replace(".", "", 1).isdigit() and plain.isascii():
        return (float(plain), index) if len(plain) < LONGEST else None
    tens, _, ones = word.partition("-")
    if tens in small and ones in small and ones:
        return float(small[tens] + small[ones]), index
    if word not in small:
        return None
    value, after = small[word], _word(tree, index + 2)
    if value >= 20 and _word(tree, index + 1) == "-" and 0 < small.get(after, 0) < 10:
        return float(value + small[after]), index + 2
    return float(value), index


def _counted(tree: Tree, last: int) -> int:
    """What a number counts: the noun that it stands with, or that follows its "of"; failing that itself."""
    token, node = tree[last], last
    if token.relation in ("nummod", "compound", "det", "amod", "nmod:unmarked") and token.head >= 0:
        node = token.head
    quantities = {*counting()["large"], "ten", "score", "number"}
    while tree.lemma(node) in quantities:
        of = [c for c in tree.related(node, "nmod") if tree.case(c) == "of"]
        if not of and (tree[node].relation not in ("nummod", "compound", "det", "amod") or tree[node].head < 0):
            break
        node = of[0] if of else tree[node].head
    return node


def _bounded(tree: Tree, number: Number) -> Number:
    """The number with what stands before it: "more than", "up to", "about"."""
    first = number.first - (_word(tree, number.first - 1) in CURRENCIES)
    before = " ".join(t.text.lower() for t in tree.tokens[max(0, first - 4) : first])
    for kind, phrases in counting()["bounds"].items():
        for phrase in phrases:
            if before == phrase or before.endswith(f" {phrase}"):
                start = first - len(phrase.split())
                low = number.low if kind != "high" else None
                return replace(number, low=low, high=number.high if kind != "low" else None, first=start)
    return replace(number, first=first)


def _is_share(tree: Tree, last: int) -> bool:
    after = " ".join(t.text.lower() for t in tree.tokens[last + 1 : last + 3])
    return after.startswith(("per cent", "percent", "%", "percentage", "points"))


def _is_label(tree: Tree, number: Number) -> bool:
    """Whether a number names a thing ("Resolution 2254", "posts 542 and 543"), or "one" and "no" count nothing."""
    token = tree[number.last]
    if token.text.lower() in ("no", "one") and token.relation not in ("nummod", "det"):
        return True
    behind = (
        token.head >= 0 and token.head < number.first and token.relation in ("nummod", "nmod:unmarked", "nmod:desc")
    )
    return behind and token.text[:1].isdigit()


def _word(tree: Tree, index: int) -> str:
    return tree[index].text.lower() if 0 <= index < len(tree.tokens) else ""


def _lemma(tree: Tree, index: int) -> str:
    return tree.lemma(index) if 0 <= index < len(tree.tokens) else ""
