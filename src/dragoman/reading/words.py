"""Text of a sentence to words, in the manner of the English treebanks of Universal Dependencies.

Hyphens, slashes and currency signs stand by themselves, clitics are cut off ("Iran's" -> Iran, 's;
"didn't" -> did, n't), abbreviations keep their point, numbers their separators, addresses stay
whole. Offsets are kept, so that nothing is ever lost or moved.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

__all__ = ["lexicon", "words_of"]

_DATA = Path(__file__).parent / "data"

_PATTERN = r"""
    (?P<address>(?:https?://|www\.|doi:)[^\s<>"']{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,8})
  | (?P<file>(?<![\w.])\w[\w-]{0,60}(?:\.[\w-]{1,60}){0,6}
    \.(?i:com|org|net|edu|gov|info|xls|docx?|pdf|html?|php|jpg|png|gif|txt|ppt|mp3)(?![\w.]\w|\w)
    (?:/[^\s<>"']{1,500})?
    |(?<![\w.])[a-z]{2,20}(?:\.[a-z]{2,20}){2,6}(?![\w.]))
  | (?P<tag>[@\#][A-Za-z_]\w{0,100})
  | (?P<phone>\(?\+?\d{3}\)?[-/]\d{3}[-.]\d{4}(?!\w)|\d-\d{3}-\d{3}-\d{4}(?!\w)|\d{3}-\d{4}(?!\w))
  | (?P<smile>>?[:;=]['-]?[()DPpO|](?!\w)|<3(?!\w)|\^_{1,4}\^|<<|>>|``|''|\bw/o\b|\bb/t\b|\bw/(?=\w))
  | (?P<number>(?<!\w)['’]\d\d(?![\w'’])|\d{1,2}-\d{1,2}-(?:19|20)\d\d(?!\w)
    |\d{1,2}:\d\d(?::\d\d)?|\d{1,4}(?:/\d{1,4}){1,2}|(?<![\w.])\.\d{1,30}
    |\d{1,3}(?:,\d{3})+(?:\.\d{1,30})?|\d{1,30}(?:\.\d{1,30})*)
    (?P<ordinal>(?:st|nd|rd|th|s|(?<=0)[’']s|(?<=\d\d)[ABD-JLN-Z])(?![A-Za-z]))?
  | (?P<initials>(?:[A-Za-z]\.){2,12}|[A-Za-z](?:\.[A-Za-z]){1,12}\.?(?![\w])|Ph\.D\.?(?!\w)|(?<!\w)[bcdp]\.(?=\s\d))
  | (?P<prefixed>(?:%s)-[^\W\d_]+)
  | (?P<cutoff>(?<![\w’'-])[a-z]{1,2}-(?=[\s,]))
  | (?P<word>[^\W\d_]+(?:[’'ʼʿ‘`&][^\W\d_]+)*(?:\d+[^\W\d_]*)*)
  | (?P<dots>\.{2,}|…|[-–—_=*~+]{2,}|[.!?]{2,})
  | (?P<other>\S)
    """

_CLITIC = re.compile(r"^(.+?)(n[’'`]t|[’'`](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_BARE_CLITIC = re.compile(r"[’'](?:s|re|ve|ll|d|m)(?!\w)", re.IGNORECASE)
_QUOTES = "’'‘`"


@cache
def _tables() -> dict[str, frozenset[str]]:
    with (_DATA / "words.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {name: frozenset(table["words"]) for name, table in tables.items() if "words" in table}


def lexicon(name: str) -> frozenset[str]:
    """The words of one table of `data/words.toml`: lower case, without a final point."""
    return _tables()[name]


@cache
def _splits() -> dict[str, tuple[int, ...]]:
    with (_DATA / "words.toml").open("rb") as file:
        table = tomllib.load(file)["split"]
    return {word: tuple(len(piece) for piece in pieces) for word, pieces in table.items()}


@cache
def _token() -> re.Pattern[str]:
    prefixes = "|".join(sorted(lexicon("prefixes"), key=len, reverse=True))
    insensitive = f"(?i:{prefixes})"
    return re.compile(_PATTERN.replace("(?:%s)", rf"(?<![\w-])(?![A-Z]{{2}}){insensitive}"), re.VERBOSE)


def words_of(text: str) -> list[tuple[int, int]]:
    """The words of one sentence as (start, end) offsets into `text`, left to right.

    >>> [("Iran's 5%")[a:b] for a, b in words_of("Iran's 5%")]
    ['Iran', "'s", '5', '%']
    """
    spans: list[tuple[int, int]] = []
    position = 0
    search = _token().search
    while match := search(text, position):
        start, end = match.span()
        kind = match.lastgroup if match.lastgroup != "ordinal" else "number"
        if kind == "word":
            end = _word(text, start, end, spans)
        elif kind in ("address", "file"):
            end = start + len(match.group().rstrip(".,;:!?)]}'\"”’"))
            spans.append((start, end))
        elif kind == "initials":
            spans.append((start, end))
        elif (
            kind == "other"
            and text[start] in _QUOTES
            and (clitic := _BARE_CLITIC.match(text, start))
            and spans
            and spans[-1][1] == start
        ):
            end = clitic.end()
            spans.append((start, end))
        else:
            spans.append((start, end))
        position = end
    return _final_point(text, spans)


def _word(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> int:
    """Add the pieces of a run of letters; returns where the scan goes on."""
    word = text[start:end]
    lower = word.lower()
    if lower in _splits():
        for length in _splits()[lower]:
            spans.append((start, start + length))
            start += length
        return end
    if any(quote in word for quote in _QUOTES) or lower.endswith("n't"):
        clitic = _CLITIC.match(word)
        if clitic and clitic.group(1)[-1:] not in _QUOTES:
            cut = start + len(clitic.group(1))
            spans += [(start, cut), (cut, end)]
            return end
    if text[end : end + 1] == "." and (lower in lexicon("abbreviations") or lower in lexicon("titles")):
        spans.append((start, end + 1))
        return end + 1
    if len(word) == 1 and word.isupper() and text[end : end + 1] == ".":
        spans.append((start, end + 1))
        return end + 1
    spans.append((start, end))
    return end


def _final_point(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A point at the very end of a sentence stands by itself, unless it belongs to initials."""
    if not spans:
        return spans
    start, end = spans[-1]
    word = text[start:end]
    if len(word) > 1 and word.endswith(".") and "." not in word[:-1] and word[:-1].lower() not in lexicon("always"):
        spans[-1:] = [(start, end - 1), (end - 1, end)]
    return spans
