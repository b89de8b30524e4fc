"""States that a text calls by a point of the compass alone: "the North", "the south side"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..geography import Country
from ..records import Mention, Sentence
from .described import state_of
from .spans import make_mention

__all__ = ["compass", "sided"]

POINTS = ("north", "south", "east", "west")
SIDE = "side"
PHRASES = ("nsubj", "obj", "obl")


def compass(codes: Iterable[str]) -> dict[str, Country]:
    """Points of the compass to the states that bear them in their names, of those that a text names; two, or none.

    >>> [(point, state.iso3) for point, state in compass(["PRK", "KOR", "JPN"]).items()]
    [('north', 'PRK'), ('south', 'KOR')]
    """
    states = [state for state in map(state_of, codes) if state is not None]
    named = {state.name.lower().split()[0]: state for state in states}
    found = {point: named[point] for point in POINTS if point in named}
    return found if len(found) > 1 else {}


def sided(sentence: Sentence, taken: dict[int, Mention], points: Mapping[str, Country]) -> None:
    """Add the states that a point of the compass stands for: in capitals or before "side", behind "the"."""
    for index, token in enumerate(sentence.tokens):
        state = points.get(token.text.lower()) if index else None
        other = taken.get(index)
        if state is None or (other is not None and (other.actor is not None or other.text != token.text)):
            continue
        following = sentence.tokens[index + 1].text.lower() if index + 1 < len(sentence.tokens) else ""
        last = index + 1 if following == SIDE else index
        whole = sentence.tokens[index - 1].text.lower() == "the" and following != "of"
        if whole and (
            token.text[0].isupper() or last > index or token.relation.split(":")[0] in ("nsubj", "obl", "obj")
        ):
            why = f"{token.text!r} is {state.name} in a text that names both"
            found = make_mention(
                sentence, index, last, "nation", state.iso3.lower(), state.name, f"{state.iso3} GOV", why, True
            )
            taken |= dict.fromkeys(range(index, last + 1), found)
