"""Where an article is at home, and which of its described parties belong there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..geography import best_place, countries_with, country_where
from ..records import Article, Mention, Sentence, slug
from .described import body_called, state_of
from .knowledge import Knowledge

__all__ = ["SETTING", "Setting", "at_home", "dateline_end", "dateline_place_end", "home_of", "placed", "settings_of"]

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

SETTING = frozenset(("nation", "capital", "place"))
"""Kinds of mentions that say in which country a place of a name borne by several most likely lies."""

SITE = frozenset(("in", "at", "near", "of", "to", "from", "through", "across", "outside", "around"))

DATELINE = re.compile(r"[A-Z][A-Z .'/-]{2,40}(?:, [A-Z][\w. ]{2,30}){0,2}(?: \([^)]{2,40}\))? ?[-–—] ")


def dateline_end(text: str) -> int:
    """Where the dateline of a report ends ("BAGHDAD, Jan 3 (Meridian Wire) - "), 0 where there is none."""
    match = DATELINE.match(text)
    return match.end() if match else 0


def dateline_place_end(text: str) -> int:
    """Where the place and day of a dateline end; the agency in brackets behind them lies nowhere."""
    end = dateline_end(text)
    bracket = text.find("(", 0, end)
    return end if bracket < 0 else bracket


def settings_of(article: Article, sentences: Sequence[Sentence], named: Sequence[Sequence[Mention]]) -> list[Setting]:
    """For each sentence, what says where a place of a name borne by several lies.

    `named` are the names of each sentence. Of the countries of the article that comes first where most of its places
    lie, its dateline's among them, whose names are borne there alone; then count places of any name, then all mentions.
    """
    sites = [
        [mention for mention in mentions if mention.code and _is_site(sentence, mention)]
        for sentence, mentions in zip(sentences, named, strict=True)
    ]
    sure = [[mention for mention in mentions if _is_sure(mention)] for mentions in sites]
    of_article = country_where(article.place) if article.place else None
    votes = (
        Counter([*_countries(sure), *filter(None, [of_article])]),
        Counter(_countries(sites)),
        Counter(_countries(named)),
    )
    known = {code for counted in votes for code in counted if state_of(code) is not None}
    ranked = tuple(sorted(known, key=lambda code: (*(-counted[code] for counted in votes), code)))
    return [Setting(tuple(mentions), ranked) for mentions in sure]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence plays: its places of one meaning, and the countries of its article, the likeliest first."""

    sites: tuple[Mention, ...]
    countries: tuple[str, ...]

    def country_of(self, mention: Mention) -> str | None:
        """The country, of those where a place of the mention's name lies, that is named nearest, or most.

        Where none of them is named: the country in which the article plays, if any.
        """
        near = sorted(self.sites, key=lambda site: abs(site.start - mention.start))
        asked = [*(site.code[:3] for site in near), *self.countries]
        borne = countries_with(mention.text)
        return next((code for code in asked if code in borne), next(iter(self.countries), None))


def placed(mention: Mention, setting: Setting) -> Mention:
    """A place with the country it lies in, of several of its name one in a country that its setting names."""
    near = setting.country_of(mention) if mention.kind == "place" else None
    place = best_place(mention.text, near) if near is not None else None
    return replace(mention, code=place.country) if place is not None else mention


def _countries(found: Sequence[Sequence[Mention]]) -> list[str]:
    return [m.code[:3] for mentions in found for m in mentions if m.kind in SETTING and m.code]


def _is_sure(mention: Mention) -> bool:
    return mention.kind != "place" or len(countries_with(mention.text)) < 2


def home_of(sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]]) -> str | None:
    """The country where the article's places lie, where that is clear: twice as many as in any other.

    A capital counts where it is a place ("in Beirut"), not where it stands for a government. An article
    without places is at home in the one country that it names.
    """
    counts: Counter[str] = Counter()
    for sentence, mentions in zip(sentences, found, strict=True):
        places = [m for m in mentions if m.kind != "nation" and _is_site(sentence, m)]
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
    """Whether a mention says where: a place, or a capital or nation in a dateline or under a preposition of place."""
    if mention.kind in ("place", "dateline"):
        return True
    if mention.kind not in SETTING:
        return False
    if mention.end <= sentence.start + dateline_place_end(sentence.text):
        return True
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
