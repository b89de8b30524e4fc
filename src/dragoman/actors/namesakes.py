"""Names that two states bear ("Congo"), or a state and a part of another ("Georgia"): which of them an article means.

The rules are data, `namesakes.toml` beside this module.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ..records import Mention
from .knowledge import Knowledge

__all__ = ["told_apart"]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name with the state that it means unless more speaks for the other country; of that, the words for a part."""

    state: str
    other: str
    cues: tuple[str, ...]


@cache
def _names() -> Mapping[str, _Name]:
    entries = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["name"]
    return {
        text: _Name(entry["state"], entry["other"], tuple(entry.get("cues", ())))
        for entry in entries
        for text in entry["text"]
    }


def told_apart(text: str, named: Sequence[dict[int, Mention]], knowledge: Knowledge) -> list[dict[int, Mention]]:
    """The names of an article, sentence by sentence, those of a namesake given to whom the article means by them.

    `text` is the article's. A part of a country is a place in it.
    """
    every = {mention for taken in named for mention in taken.values()}
    borne = {mention.text for mention in every if mention.text in _names()}
    if not borne:
        return list(named)
    countries = Counter(mention.code[:3] for mention in every if mention.text not in borne)
    meant = {name: _means_other(_names()[name], text, countries) for name in borne}
    moved = {_names()[name].state: _names()[name].other for name in borne if meant[name]}
    settled = {mention: _settled(mention, meant, moved, knowledge) for mention in every}
    return [{index: settled[mention] for index, mention in taken.items()} for taken in named]


def _means_other(name: _Name, text: str, countries: Mapping[str, int]) -> bool:
    other = sum(cue in text for cue in name.cues) if name.cues else countries.get(name.other, 0)
    return other > countries.get(name.state, 0)


def _settled(mention: Mention, meant: Mapping[str, bool], moved: Mapping[str, str], knowledge: Knowledge) -> Mention:
    """A mention as the article means it; whom it has put into the wrong country by the name moves with it."""
    if meant.get(mention.text):
        return _as_other(mention, knowledge)
    country, _, sectors = mention.code.partition(" ")
    if country in moved and mention.actor not in knowledge.actors and mention.kind in ("person", "body"):
        return replace(mention, code=f"{moved[country]} {sectors}")
    return mention


def _as_other(mention: Mention, knowledge: Knowledge) -> Mention:
    """The mention as one of the other country of its name."""
    name = _names()[mention.text]
    why = f"{mention.text!r} is, by what else the article names, not {mention.name}"
    if name.cues:
        return replace(mention, kind="place", actor=None, name=mention.text, code=name.other, political=False, why=why)
    state = knowledge.actors[name.other.lower()]
    return replace(mention, actor=state.id, name=state.name, code=state.code, why=why)
