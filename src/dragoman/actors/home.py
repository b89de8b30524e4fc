"""Where an article is at home, and which of its described parties belong there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..geography import best_place
from ..records import Mention, Sentence, slug
from .described import body_called, state_of
from .knowledge import Knowledge

__all__ = ["at_home", "dateline_end", "home_of", "placed"]

AT_HOME = frozenset(
    f"UNK {sector}"
    for sector in (
        "CVL",
        "COP",
        "REB",
        "MED",
        "EDU",
        "LAB",
        "AGR",
        "JUD",
        "LEG",
        "GOV",
        "MIL",
        "PTY",
        "OPP",
        "REL",
        "ELI",
        "UNK",
    )
)
"""Described parties that, without a country, belong to the country where the article's places lie."""

FOREIGN = frozenset(("foreign", "other", "international", "western", "neighboring", "neighbouring"))
"""Words by which a party is of another country."""

SITE = frozenset(("in", "at", "near", "of", "to", "from", "through", "across", "outside", "around"))

DATELINE = re.compile(r"[A-Z][A-Z .'/-]{2,40}(?:, [A-Z][\w. ]{2,30}){0,2}(?: \([^)]{2,40}\))? ?[-–—] ")


def dateline_end(text: str) -> int:
    """Where the dateline of a report ends ("BAGHDAD, Jan 3 (Meridian Wire) - "), 0 where there is none."""
    match = DATELINE.match(text)
    return match.end() if match else 0


def placed(mention: Mention, near: str | None) -> Mention:
    """A place with the country it lies in, of several of its name one in the country named most."""
    if mention.kind != "place" or near is None:
        return mention
    place = best_place(mention.text, near)
    return replace(mention, code=place.country) if place is not None else mention


def home_of(sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]]) -> str | None:
    """The country where the article's places lie, where that is clear: twice as many as in any other.

    A capital counts where it is a place ("in Beirut"), not where it stands for a government. An article
    without places is at home in the one country that it names.
    """
    counts: Counter[str] = Counter()
    for sentence, mentions in zip(sentences, found, strict=True):
        places = [
            m for m in mentions if m.kind in ("place", "dateline") or (m.kind == "capital" and _is_site(sentence, m))
        ]
        counts.update({mention.code[:3] for mention in places if mention.code})
    ranked = counts.most_common(2)
    if not ranked:
        named = {
            m.code[:3] for mentions in found for m in mentions if m.kind in ("nation", "body", "capital", "people")
        }
        return named.pop() if len(named) == 1 and state_of(min(named)) is not None else None
    if len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]:
        return None
    return ranked[0][0]


def _is_site(sentence: Sentence, mention: Mention) -> bool:
    return any(t.head == mention.head and t.relation == "case" and t.text.lower() in SITE for t in sentence.tokens)


def at_home(mention: Mention, home: str | None, knowledge: Knowledge) -> Mention:
    """A party described without a country belongs to the article's own."""
    foreign = bool(FOREIGN & set(mention.text.lower().split()))
    named = mention.kind in ("person", "body")
    if home is None or foreign or (mention.code not in AT_HOME and not (named and mention.code == "UNK")):
        return mention
    if named:
        return replace(mention, code=mention.code.replace("UNK", home, 1))
    if mention.kind == "individual" and not mention.code.endswith("GOV"):
        return replace(mention, code=mention.code.replace("UNK", home, 1))
    if mention.kind != "role":
        return mention
    known = state_of(home)
    state = known.name if known else home
    adjective = next(iter(known.adjectives), state) if known else home
    body = body_called(f"{adjective} {mention.name.lower()}", knowledge)
    if body is not None:
        why = f"{mention.text!r} is {body.name}, in the country where most of the places of the article lie"
        return replace(mention, kind="body", actor=body.id, name=body.name, code=body.code, why=why)
    return replace(
        mention,
        code=mention.code.replace("UNK", home, 1),
        name=f"{adjective} {mention.name}",
        actor=f"{slug(adjective)}-{mention.actor}",
        why=f"{mention.why}; of {state}, where most of the places of the article lie",
    )
