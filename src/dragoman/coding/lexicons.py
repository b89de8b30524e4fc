"""Word lists of coding: support verbs, words of status, words of speech (`lexicons/*.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..records import Status

__all__ = [
    "Sites",
    "Speech",
    "StatusWord",
    "anaphoric_nouns",
    "compound_prepositions",
    "documents",
    "ending_verbs",
    "group_nouns",
    "happening_nouns",
    "killing_words",
    "object_control",
    "occurrence_verbs",
    "quantities",
    "reasons",
    "sites",
    "speech",
    "sport_words",
    "status_words",
    "support_verbs",
    "time_clauses",
    "time_words",
]

LEXICONS = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A word that sets the status of what it governs ("complement") or of the verb it belongs to ("self")."""

    lemma: str
    pos: str
    governs: str
    status: Status


@dataclass(frozen=True, slots=True)
class Sites:
    """Common nouns for places: in a city or smaller, larger, another country's; and verbs of staying there."""

    small: frozenset[str]
    large: frozenset[str]
    abroad: frozenset[str]
    staying: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of reported speech."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    phrases: frozenset[str]
    unnamed: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    with (LEXICONS / name).open("rb") as file:
        return tomllib.load(file)


@cache
def compound_prepositions() -> frozenset[tuple[str, str]]:
    """Noun and preposition that together are a preposition, no event ("thanks to")."""
    return frozenset(tuple(words.split()) for words in _load("prepositions.toml")["compound"])


@cache
def support_verbs() -> Mapping[str, str]:
    """Verb lemma -> "actor" or "recipient": what the subject is of the event noun that the verb supports."""
    found: dict[str, str] = {}
    for group in _load("support_verbs.toml")["group"]:
        for verb in group["verbs"]:
            found.setdefault(verb, str(group["role"]))
    return found


@cache
def object_control() -> frozenset[str]:
    """Verbs whose object is the subject of their open complement ("urged Iran to withdraw")."""
    return frozenset(_load("control.toml")["verbs"])


@cache
def ending_verbs() -> frozenset[str]:
    """Verbs whose object is an event that ends or is called off ("lifted the curfew")."""
    return frozenset(_load("ending.toml")["verbs"])


@cache
def documents() -> frozenset[str]:
    """Nouns for words put down or spoken; what they say is said by whoever makes them."""
    return frozenset(_load("documents.toml")["nouns"])


@cache
def happening_nouns() -> frozenset[str]:
    """Nouns that denote what happens, never a party."""
    return frozenset(_load("happenings.toml")["nouns"])


@cache
def killing_words() -> frozenset[str]:
    """Lemmas and phrases by which a text tells that a person was killed."""
    return frozenset(_load("killing.toml")["words"])


@cache
def sport_words() -> re.Pattern[str]:
    """What words of sport look like in small letters."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _load('sport.toml')['words']))})\b")


@cache
def anaphoric_nouns() -> frozenset[str]:
    """Nouns that stand for what was told before them ("a move that allowed ...")."""
    return frozenset(_load("anaphoric_nouns.toml")["nouns"])


@cache
def group_nouns() -> frozenset[str]:
    """Nouns that add nothing to the name of a body beside them ("the Kata'ib Hezbollah militia")."""
    return frozenset(_load("group_nouns.toml")["nouns"])


@cache
def occurrence_verbs() -> frozenset[str]:
    """Verbs that say of their subject, an event noun, that it takes place ("the raid began")."""
    return frozenset(_load("occurrence.toml")["verbs"])


@cache
def time_clauses() -> frozenset[str]:
    """What introduces something of another time than the clause that it stands in ("after", "in response to")."""
    return frozenset(_load("time_clauses.toml")["words"])


@cache
def sites() -> Sites:
    """Common nouns for where something happened ("district", "province")."""
    found = _load("sites.toml")
    return Sites(*(frozenset(found[kind]) for kind in ("small", "large", "abroad", "staying")))


@cache
def reasons() -> frozenset[str]:
    """What introduces an event noun of another time than its clause ("sentenced for the killing")."""
    return frozenset(_load("time_clauses.toml")["before_events"])


@cache
def time_words() -> frozenset[str]:
    """Words that say of a standing relation when it held ("former")."""
    return frozenset(_load("time_words.toml")["words"])


@cache
def quantities() -> frozenset[str]:
    """Nouns that only say how much of what stands behind their "of" ("thousands of troops")."""
    return frozenset(_load("quantities.toml")["nouns"])


@cache
def status_words() -> Mapping[str, tuple[StatusWord, ...]]:
    """Lemma (or first lemma of a phrase) -> its entries, phrases first."""
    found: dict[str, list[StatusWord]] = {}
    for entry in _load("status.toml")["word"]:
        lemma = str(entry.get("phrase") or entry["lemma"])
        word = StatusWord(lemma, str(entry["pos"]), str(entry["governs"]), Status(str(entry["status"])))
        found.setdefault(lemma.split()[0], []).append(word)
    return {lemma: tuple(sorted(words, key=lambda w: -len(w.lemma.split()))) for lemma, words in found.items()}


@cache
def speech() -> Speech:
    """Verbs, nouns and phrases of speech, and the adverbs of an unnamed report."""
    kinds: dict[str, set[str]] = {"verb": set(), "noun": set(), "phrase": set(), "adverb": set()}
    for group in _load("speech.toml")["group"]:
        words = next(value for key, value in group.items() if isinstance(value, list))
        kinds[str(group["kind"])].update(str(word) for word in words)
    return Speech(*(frozenset(kinds[k]) for k in ("verb", "noun", "phrase", "adverb")))
