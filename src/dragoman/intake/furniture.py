"""Which words of a page are furniture: the phrases of `data/furniture.toml`, bars of links, captions with a credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from ._data import table
from .stamps import read_stamp

__all__ = ["Piece", "fold", "is_list_heading", "is_sentence", "judge", "speaks_to_reader", "without_credit"]

_LOOK = 400
_LONGEST = 600
_SHORT = 200
_LONGEST_ROW = 8
_EDGES = " .:!…»>›→-–—*#\t"
_PLAIN = str.maketrans("’‘ʼ“”„\u00a0\t\u202f", "'''\"\"\"   ")
_KEY = re.compile(r"[^\W_]+|.", re.DOTALL)
_BAR = re.compile(r"\s?[|•·]\s?|\t+|\s{2,}")
# Without one of these a line is no bar and bears no credit.
_MARKED = re.compile(r"[|•·:/©)\]\t]|\s\s")
_BREAK = re.compile(r"[.!?][\"”’')\]]?\s{1,3}(?=[\"“‘'(\[]?[A-Z])")
_TERMINAL = re.compile(r"[.!?…:;][\"”’'»)\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one: `why` it is furniture (None: it is the article's) and the outlet that it names."""

    text: str
    why: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    why: str
    paragraph: bool
    literal: str


@dataclass(frozen=True, slots=True)
class _Book:
    """The phrases, laid out so that a line is compared with few of them."""

    whole: dict[str, str] = field(default_factory=dict)
    starts: dict[str, list[_Phrase]] = field(default_factory=dict)
    loose: list[_Phrase] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    last_words: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    reader: frozenset[str] = frozenset()


def fold(text: str) -> str:
    """Text as phrases are compared: lower case, straight quotes, plain spaces."""
    return text.translate(_PLAIN).lower()


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _TERMINAL.search(text[-8:]) is not None


def speaks_to_reader(text: str) -> bool:
    """Whether a text has words with which a page speaks to its reader ("you", "our", "subscribe")."""
    return not _book().reader.isdisjoint(re.findall(r"[\w']+", fold(text[:_LOOK])))


def is_list_heading(text: str) -> bool:
    """Whether a line is a heading under which links to other articles stand."""
    return len(text) <= 60 and fold(text).strip(_EDGES) in _book().lists


@lru_cache(maxsize=4096)
def judge(text: str) -> tuple[Piece, ...]:
    """A paragraph, in one piece or, where furniture runs on into the article's words, in two or three.

    >>> [piece.why for piece in judge("Advertisement")]
    ['advertisement']
    >>> [piece.why for piece in judge("Please refresh your browser to be logged in")]
    ['registration or login prompt']
    >>> [piece.why for piece in judge("Parliament voted on Sunday to expel all foreign troops.")]
    [None]
    """
    if len(text) <= _LONGEST:
        why = _as_a_whole(text)
        if why is not None:
            return (Piece(text, why, _named_outlet(text)),)
    found = _start(text)
    return tuple(_tail(text) if found is None else _lead(text, *found))


def without_credit(text: str) -> str | None:
    """A caption without the agency at its end; None where no agency stands there.

    >>> without_credit("Qassem Soleimani (left), head of the IRGC Quds Force Reuters")
    'Qassem Soleimani (left), head of the IRGC Quds Force'
    """
    words = text[-80:].split(" ")
    for size in range(min(4, len(words) - 1), 0, -1):
        if fold(" ".join(words[-size:])).strip(" ()[]/|-–—©.") in _credits():
            cut = sum(len(word) + 1 for word in words[-size:])
            return text[: len(text) - cut].rstrip(" ([/|-–—©") or None
    return None


def _as_a_whole(text: str) -> str | None:
    """Why the line as a whole is furniture, by what it is or how it ends."""
    book = _book()
    folded = fold(text)
    bare = folded.strip(_EDGES)
    why = book.whole.get(bare)
    if why is not None:
        return why
    if len(text) <= _SHORT:
        why = _short(folded, bare)
        if why is not None:
            return why
    marked = _MARKED.search(text)
    return (_bar(text) or _caption(text)) if marked else None


def _short(folded: str, bare: str) -> str | None:
    """Why a short line is furniture by one of the patterns, or by the call to action that is its last sentence."""
    book = _book()
    if _any_pattern().fullmatch(folded):
        return next((why for pattern, why in book.patterns if pattern.fullmatch(folded)), None)
    if (why := _row(bare)) is not None:
        return why
    if bare.rpartition(" ")[2] not in book.last_words:
        return None
    cut = max(folded.rfind(mark, 0, -2) for mark in (". ", "! ", "? ", ": ", "| "))
    return book.ends.get(folded[cut + 2 :].strip(_EDGES)) if cut > 0 else None


def _row(folded: str) -> str | None:
    """Why a line is furniture that is nothing but a row of buttons: "share bookmark 14 comments"."""
    words = folded.split(" ")
    if not 2 <= len(words) <= _LONGEST_ROW:
        return None
    at, first = 0, None
    while at < len(words):
        for size in range(min(4, len(words) - at), 0, -1):
            button = " ".join(words[at : at + size])
            why = _book().whole.get(button) if len(button) > 2 else None
            if why is None and button[:1].isdigit() and _any_pattern().fullmatch(button):
                why = "share bar"
            if why is not None:
                at, first = at + size, first or why
                break
        else:
            return None
    return first


def _bar(text: str) -> str | None:
    """Why a row of words between strokes or dots is furniture: a menu, a share bar, links."""
    if not _BAR.search(text):
        return None
    parts = [part for part in _BAR.split(text) if part.strip()]
    if len(parts) < 2 or any(read_stamp(part) or fold(part).startswith("by ") for part in parts):
        return None
    whys = [_part_reason(part) for part in parts]
    known = [why for why in whys if why is not None]
    short = all(len(part) <= 40 and len(part.split()) <= 4 and not is_sentence(part) for part in parts)
    if whys[0] is not None and (len(known) == len(parts) or not any(map(is_sentence, parts[1:]))):
        return whys[0]
    if known and len(known) * 2 >= len(parts) and all(len(part.split()) <= 8 for part in parts):
        return known[0]
    return "menu" if short and len(parts) >= 3 else None


def _part_reason(part: str) -> str | None:
    whole = _book().whole.get(fold(part).strip(_EDGES))
    if whole is not None:
        return whole
    found = _start(part)
    return found[0].why if found else None


_CREDIT = re.compile(
    r"(?:^|[.(\[|,–—-]\s?|\s)(?:Photos?|Photograph|Picture|Image|Credit|Illustration|Video|Graphic|PHOTO|IMAGE)"
    r"(?: by| credit| courtesy of)?\s?[:©/]\s?\S.{0,80}$|AP Photo/.{1,60}$"
    r"|\s[-–—/|] [^-–—/|]{3,40}/.{2,40}\b(?:Images|Pictures|Photos?)$"
    r"|\[[^\[\]/]{2,40}/[^\[\]]{2,40}\]$|\([A-Z]\w+ [A-Z]\w+/[^()]{2,40}\)$"
    r"|\((?:AP )?(?:Photo|Image|Picture|Illustration|Video)s?(?: (?:by|courtesy of|via|from|credit) [^()]{2,80})?\)$"
)
_BRACKET = re.compile(r"[(\[](?P<first>[^()\[\]/]{1,40})(?:/[^()\[\]]{1,40})?[)\]]$|\s[/|©]\s?(?P<last>[^/|©]{2,40})$")


def _caption(text: str) -> str | None:
    """A line is a caption if it closes with a credit ("Photo: archive", "(Reuters)") and does not run on."""
    if len(text) > 350:
        return None
    if _CREDIT.search(text):
        return "caption"
    match = _BRACKET.search(text)
    if match is None or is_sentence(text[: match.start()].rstrip()) or text[0] in "([":
        return None
    name = fold(match["first"] or match["last"]).strip()
    return "caption" if name in _credits() else None


def _start(text: str) -> tuple[_Phrase, str | None] | None:
    """The phrase that the text begins with, and the outlet that it names."""
    head = text[:_LOOK]
    folded = fold(head)
    key = _KEY.match(folded)
    if key is None:
        return None
    book = _book()
    for phrase in book.starts.get(key[0], ()):
        match = phrase.pattern.match(folded)
        if match and _capitalised(match, head):
            return phrase, _outlet(match, head, len(folded))
    for phrase in book.loose:
        if phrase.literal in folded:
            match = phrase.pattern.match(folded)
            if match and _capitalised(match, head):
                return phrase, _outlet(match, head, len(folded))
    return None


def _capitalised(match: re.Match[str], head: str) -> bool:
    """Whether what stands for a name in the phrase is written as one."""
    for group in ("outlet", "name"):
        if group in match.re.groupindex:
            words = [word for word in head[match.start(group) : match.end(group)].split() if word not in _SMALL]
            if not words or not all(word[:1].isupper() or word[:1].isdigit() for word in words):
                return False
    return True


_SMALL = frozenset({"the", "of", "and", "our", "in", "for", "de", "le", "la", "today", "other"})


def _outlet(match: re.Match[str], head: str, size: int) -> str | None:
    if "outlet" not in match.re.groupindex or size != len(head):
        return None
    return head[match.start("outlet") : match.end("outlet")].strip(" ,.;:")


def _named_outlet(text: str) -> str | None:
    found = _start(text)
    return found[1] if found else None


def _lead(text: str, phrase: _Phrase, outlet: str | None) -> list[Piece]:
    """A paragraph that begins with furniture: all of it, or its first sentences."""
    if phrase.paragraph and len(text) <= _LONGEST:
        return [Piece(text, phrase.why, outlet)]
    breaks = [match.end() for match in _BREAK.finditer(text, 0, 2 * _LONGEST)]
    edges = [0, *breaks, len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        if number and not _runs_on(text[start:end]):
            cut = text[:start].rstrip()
            return [Piece(cut, phrase.why, outlet), *_tail(text[start:])]
    # A single long sentence that merely begins like a prompt is the article's: in doubt it stays.
    if not breaks and len(text) > _LONGEST:
        return [Piece(text)]
    return [Piece(text, phrase.why, outlet)]


def _runs_on(sentence: str) -> bool:
    """Whether a sentence after furniture is furniture: it matches, is no whole sentence, or speaks to the reader."""
    sentence = sentence.strip()
    words = re.findall(r"[\w']+", fold(sentence[:_LOOK]))
    if len(words) < 5 or not is_sentence(sentence) or not _book().reader.isdisjoint(words):
        return True
    return _part_reason(sentence) is not None


def _tail(text: str) -> list[Piece]:
    """The article's words, and what furniture stands after them in the same paragraph."""
    if len(text) < 60:
        return [Piece(text)]
    base = max(0, len(text) - _SHORT - 50)
    for match in _BREAK.finditer(text, base):
        rest = text[match.end() :]
        if len(rest) <= _SHORT and (found := _part_reason(rest)) and all(map(_runs_on, _BREAK.split(rest)[1:])):
            return [Piece(text[: match.end()].rstrip()), Piece(rest, found, _named_outlet(rest))]
    return [Piece(text)]


@cache
def _credits() -> frozenset[str]:
    return frozenset(table("outlets")["credits"]["names"])


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _book().patterns) or r"(?!)")


@cache
def _book() -> _Book:
    data = table("furniture")
    book = _Book(reader=frozenset(data["reader"]["words"]))
    for group in data["furniture"]:
        _enter(book, group)
    return book


def _enter(book: _Book, group: dict[str, Any]) -> None:
    why = str(group["why"])
    for name, target in (("whole", book.whole), ("ends", book.ends)):
        for words in group.get(name, ()):
            target.setdefault(words.strip(_EDGES), why)
    book.last_words.update(words.rpartition(" ")[2] for words in group.get("ends", ()))
    book.lists.update(group.get("lists", ()))
    book.patterns.extend((re.compile(pattern), why) for pattern in group.get("patterns", ()))
    for phrase in _phrases(group.get("starts", ()), why, bool(group.get("paragraph"))):
        key = _KEY.match(phrase.literal) if not phrase.pattern.pattern.startswith("(?P<outlet>") else None
        if key is None:
            book.loose.append(phrase)
        else:
            book.starts.setdefault(key[0], []).append(phrase)


_WORDS = r"(?:\S{1,30}\s){0,%d}?\S{1,30}?"
_HOLES = {
    "*": _WORDS % 7,
    "{outlet}": rf"(?P<outlet>{_WORDS % 5})",
    "{name}": r"(?P<name>\S{1,30})",
}


def _phrases(starts: Iterable[str], why: str, paragraph: bool) -> Iterator[_Phrase]:
    for words in starts:
        parts = re.split(r"(\*|\{outlet\}|\{name\})", words)
        pattern = "".join(_HOLES.get(part, re.escape(part)) for part in parts)
        # "copyright 2" begins a year; every other phrase ends with its last word.
        pattern += r"(?!\w)" if words[-1].isalpha() or words[-1] == "}" else ""
        first = parts[0] or max(parts, key=lambda part: 0 if part in _HOLES else len(part))
        yield _Phrase(re.compile(pattern), why, paragraph, first)
