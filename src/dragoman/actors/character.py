"""What the words around a name say of its bearer: "Iraqi militia leader X", "Shaikh X", "X, a tribal elder"."""

from __future__ import annotations

from collections.abc import Mapping

from ..geography import countries_called
from ..records import Mention, Sentence
from .described import role_at
from .knowledge import Knowledge

__all__ = ["better", "character_of"]

BEFORE = 6
"""Words before a name that may describe it."""

BEHIND = 12
"""Words behind a comma after a name that may describe it."""

OF_BODIES = frozenset(("UNK", "CVL", "GOV", "MIL", "REB", "SPY", "PTY"))
"""Sectors of nouns for anybody's man ("member", "commander"): the body says whose."""

LONGEST_TITLE = 4
APART = ("VERB", "PUNCT", "ADP", "AUX", "SCONJ", "PRON")


def character_of(
    sentence: Sentence, first: int, last: int, kind: str, taken: Mapping[int, Mention], knowledge: Knowledge
) -> str:
    """The code of a name that nothing else is known of: country and sector, "UNK" for the country that nothing tells.

    By what stands before it, else by an apposition behind it; a body's sector is that of the noun in its name.
    """
    country, sector = _before(sentence, first, taken, knowledge)
    if kind == "person":
        behind = _behind(sentence, last, taken, knowledge)
        country, sector = country if country != "UNK" else behind[0], sector or behind[1]
    else:
        role = role_at(sentence, last, knowledge)
        if role is not None and role.sector != "UNK":
            sector = role.sector
        country = country if country != "UNK" else _country(sentence, range(first, last + 1), taken)
    return f"{country} {sector}".strip()


def better(one: str, other: str) -> str:
    """Of two codes of one actor what both know, the first where they differ."""
    parts = [[*code.split(), "", ""][:2] for code in (one, other)]
    country, sector = ((a if a not in ("", "UNK") else b) for a, b in zip(*parts, strict=True))
    return f"{country or 'UNK'} {sector}".strip()


def _before(sentence: Sentence, first: int, taken: Mapping[int, Mention], knowledge: Knowledge) -> tuple[str, str]:
    """Country and sector by the words directly before a name."""
    start = max(0, first - BEFORE)
    if first > 1 and sentence.tokens[first - 1].text == "," and sentence.tokens[first].relation in ("appos", "flat"):
        first -= 1  # "an engineer, Asi Ali"
    for index in range(start, first):
        if sentence.tokens[index].upos in APART and not _abbreviates(sentence, index):
            start = index + 1
    sector = _title(sentence, first, knowledge)
    for index in range(first - 1, start - 1, -1):
        role = role_at(sentence, index, knowledge)
        if role is not None and role.sector != "UNK":
            sector = sector if sector not in ("", "REL") else role.sector
            break
    return _country(sentence, range(start, first), taken), sector


def _abbreviates(sentence: Sentence, index: int) -> bool:
    """Whether a full stop belongs to the word before it ("Gen.")."""
    return index > 0 and sentence.tokens[index].text == "." and sentence.tokens[index - 1].text[:1].isupper()


def _title(sentence: Sentence, first: int, knowledge: Knowledge) -> str:
    """The sector of the longest title that ends before a name, "" where there is none or it tells none."""
    tokens = sentence.tokens
    for length in range(min(LONGEST_TITLE, first), 0, -1):
        words = " ".join(token.text.lower() for token in tokens[first - length : first])
        title = knowledge.titles.get(words) or knowledge.titles.get(words.rstrip("."))
        if title is not None:
            return title.sector if title.sector != "UNK" else ""
    return ""


def _behind(sentence: Sentence, last: int, taken: Mapping[int, Mention], knowledge: Knowledge) -> tuple[str, str]:
    """Country and sector by an apposition: "X, a tribal elder of Basra", "X (head of the police)"."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text not in (",", "("):
        return "UNK", ""
    end = next(
        (i for i in range(last + 2, min(last + BEHIND, len(tokens))) if tokens[i].text in (",", ")", ".", ";")),
        min(last + BEHIND, len(tokens)),
    )
    for index in range(last + 2, end):
        if tokens[index].upos in ("VERB", "AUX"):
            return "UNK", ""
        role = role_at(sentence, index, knowledge) if tokens[index].upos in ("NOUN", "PROPN") else None
        if role is not None and role.kind == "person":
            sector = _body_sector(range(last + 2, end), taken) if role.sector in OF_BODIES else role.sector
            return _country(sentence, range(last + 2, end), taken), sector or role.sector.replace("UNK", "")
    return "UNK", ""


def _body_sector(among: range, taken: Mapping[int, Mention]) -> str:
    """The sector of the first body named: "X, a Hamas man"; "" where none is."""
    bodies = (taken[index] for index in among if index in taken and taken[index].kind == "body")
    return next((sector for body in bodies for sector in body.code.split()[1:] if sector != "JRN"), "")


def _country(sentence: Sentence, among: range, taken: Mapping[int, Mention]) -> str:
    """The country that words name: that of a known name among them, else of a nation's word."""
    country = "UNK"
    for index in among:
        mention = taken.get(index)
        if mention is not None and mention.code[:3].strip() and not mention.code.startswith("UNK"):
            country = mention.code[:3]
            continue
        text = sentence.tokens[index].text
        named = countries_called(text) if text[:1].isupper() else ()
        if named:
            country = named[0].iso3
    return country
