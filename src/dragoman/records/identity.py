"""Identities: what makes a record itself, whatever we later learn about names."""

from __future__ import annotations

import hashlib
import unicodedata

__all__ = ["article_id", "digest", "event_id", "normalise", "slug"]


def normalise(text: str) -> str:
    """Text as it is kept: NFC, line ends as `\\n`, lone surrogates replaced; nothing else changes.

    Done once, at intake, before anything is hashed or counted.

    >>> normalise("cafe\\u0301\\r\\n")
    'café\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
        text = unicodedata.normalize("NFC", text)
    return text


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for the parts, in order."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def article_id(text: str, outlet_or_source: str) -> str:
    """The id of an article: its normalised text and its outlet (or, without one, its source).

    A wire story in two outlets is two articles.
    """
    return digest("article", text, outlet_or_source)


def event_id(article: str, start: int, end: int, kind: str) -> str:
    """The id of an event (or tie, shift): article, trigger offsets and type, never names."""
    return digest("event", article, str(start), str(end), kind)


def slug(name: str) -> str:
    """A readable id of a name: lower case, ASCII where it can be, words joined by hyphens.

    >>> slug("Kata'ib Hezbollah")
    'kataib-hezbollah'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    kept = []
    for character in decomposed:
        if character.isalnum():
            kept.append(character.lower())
        elif character in "'’‘ʼʿʾ`" or unicodedata.combining(character):
            continue
        else:
            kept.append(" ")
    return "-".join("".join(kept).split()) or digest("name", name)
