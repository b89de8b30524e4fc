"""Regular inflection of English, undone: from a form and its features to the base form.

Which of several possible bases is meant ("hoping": hope or hop) is decided by a list of known
lemmas, then by the vocabulary of the encoder, then by spelling.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

__all__ = ["base_form"]

VOWELS = "aeiou"
SILENT_E = (
    "at",
    "iz",
    "yz",
    "v",
    "c",
    "u",
    "dg",
    "rg",
    "ng",
    "bl",
    "cl",
    "dl",
    "fl",
    "gl",
    "kl",
    "pl",
    "tl",
    "zl",
    "rs",
    "ns",
    "s",
    "z",
    "ir",
    "ur",
    "id",
    "ud",
)
"""Endings of a stem after which a lost e is likelier than none, where no list knows ("weaponiz-ed")."""

PLAIN = ("er", "en", "el", "et", "ow", "ey", "oy", "ay")
"""Endings of a stem that lost no e ("sever-ed"), unless a list knows better ("interfer-ed")."""


@cache
def _irregular() -> Mapping[tuple[str, str], str]:
    """(part of speech, irregular form) -> lemma, from `data/irregular.toml`."""
    with (Path(__file__).parent / "data" / "irregular.toml").open("rb") as file:
        tables = tomllib.load(file)
    found = {(upos, form): lemma for upos, table in tables.items() for lemma, forms in table.items() for form in forms}
    auxiliary = {
        ("AUX", form): lemma
        for (upos, form), lemma in found.items()
        if upos == "VERB" and lemma in ("be", "have", "do")
    }
    return found | auxiliary


def base_form(
    form: str, upos: str, features: str, lemmas: Callable[[str], bool], word: Callable[[str], bool]
) -> str | None:
    """The base of a verb, noun, adjective or adverb, lower case; None where these rules have no say.

    `lemmas` says whether a string is a known base form, `word` whether it is any known word.

    >>> base_form("bombing", "VERB", "VerbForm=Ger", {"bomb"}.__contains__, {"bomb"}.__contains__)
    'bomb'
    """
    lower = form.lower()
    irregular = _irregular().get((upos, lower))
    if irregular is not None:
        return irregular
    if not lower.isalpha() or not lower.isascii():
        return None
    if upos == "VERB":
        return _verb(lower, features, lemmas, word)
    if upos == "NOUN":
        return _noun(lower, lemmas, word) if "Number=Plur" in features else None
    if upos in ("ADJ", "ADV"):
        return _compared(lower, lemmas)
    return None


def _verb(form: str, features: str, lemmas: Callable[[str], bool], word: Callable[[str], bool]) -> str:
    inflected = "Tense=Past" in features or "VerbForm=Part" in features or "VerbForm=Ger" in features
    third = "Person=3" in features and "Tense=Pres" in features and "Number=Sing" in features
    if form.endswith("ing") and len(form) > 4 and (inflected or not lemmas(form)):
        return _choose(_stems(form[:-3]), lemmas, word)
    if form.endswith("ied") and inflected and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("ed") and len(form) > 3 and (inflected or not lemmas(form)) and not form.endswith("eed"):
        return _choose(_stems(form[:-2]), lemmas, word)
    if form.endswith("eed") and inflected:
        return _choose([form[:-1], form], lemmas, word)
    if form.endswith("s") and not form.endswith("ss") and (third or not lemmas(form)):
        return _without_s(form, lemmas, word)
    return form


def _stems(stem: str) -> list[str]:
    """Possible bases of a form cut before -ed or -ing, likeliest first."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        return [stem[:-1], stem, stem + "e"] if stem[-1] not in "lsfz" else [stem, stem[:-1], stem + "e"]
    if stem.endswith(PLAIN):
        return [stem]
    if stem.endswith(SILENT_E) and not stem.endswith(("ss", "us")):
        return [stem + "e", stem]
    return [stem, stem + "e"]


def _choose(candidates: list[str], lemmas: Callable[[str], bool], word: Callable[[str], bool]) -> str:
    if len(candidates) == 1:
        return candidates[0] + "e" if lemmas(candidates[0] + "e") else candidates[0]
    for test in (lemmas, word):
        for candidate in candidates:
            if test(candidate):
                return candidate
    return candidates[0]


def _without_s(form: str, lemmas: Callable[[str], bool], word: Callable[[str], bool]) -> str:
    if form.endswith("ies") and len(form) > 4:
        return _choose([form[:-3] + "y", form[:-1]], lemmas, word)
    if form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return _choose([form[:-2], form[:-1]], lemmas, word)
    return form[:-1]


def _noun(form: str, lemmas: Callable[[str], bool], word: Callable[[str], bool]) -> str:
    if form.endswith("men") and len(form) > 4:
        return form[:-2] + "an"
    if not form.endswith("s") or form.endswith("ss"):
        return form
    return _without_s(form, lemmas, word)


def _compared(form: str, lemmas: Callable[[str], bool]) -> str | None:
    """ "wider" to "wide", where the base is known and the form is no base itself."""
    for ending in ("est", "er"):
        if form.endswith(ending) and len(form) > 4 and not lemmas(form):
            stem = form[: -len(ending)]
            bases = [stem + "e", stem, stem[:-1] + "y" if stem.endswith("i") else stem]
            bases += [stem[:-1]] if len(stem) > 2 and stem[-1] == stem[-2] else []
            return next((base for base in bases if lemmas(base)), None)
    return None
