"""Where an event happened: the most specific place that is named for it."""

from __future__ import annotations

from collections.abc import Sequence

from ..geography import best_place, countries_called
from ..records import Mention, Where
from .syntax import Tree

__all__ = ["where_of"]

AT = frozenset(
    "in at near on outside inside around across throughout over into to from off toward towards within between".split()
)
KIND_ORDER = {"place": 0, "capital": 1, "nation": 2}


def where_of(tree: Tree, trigger: int, mentions: Sequence[Mention], named: set[int]) -> Where | None:
    """The place of the event at a trigger.

    Places under a preposition of place, near the trigger in the tree, count; `named` holds the
    starts of the event's parties, which are not its place unless nothing else is.
    """
    best: tuple[int, int, int] | None = None
    chosen: Mention | None = None
    up = tree.path_up(trigger)
    for mention in mentions:
        if mention.kind not in KIND_ORDER or mention.start in named:
            continue
        if tree.case(mention.head) not in AT:
            continue
        nearness = tree.nearness(mention.head, up)
        if nearness is None:
            continue
        above, below = nearness
        key = (above, KIND_ORDER[mention.kind], below)
        if best is None or key < best:
            best, chosen = key, mention
    return _where(chosen) if chosen is not None else None


def _where(mention: Mention) -> Where:
    if mention.kind == "nation":
        found = countries_called(mention.text)
        name = found[0].name if found else mention.name
        return Where(mention.text, name, mention.code[:3] or None, None, None, "country")
    text = mention.text
    place = best_place(text, None)
    if place is None:
        return Where(text, text, mention.code[:3] or None, None, None, "place")
    precision = "region" if place.kind in ("province", "region", "sea") else "place"
    return Where(text, place.name, place.country, place.lat, place.lon, precision)
