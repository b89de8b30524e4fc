"""What the short lines at the top of a page are: byline, place, outlet, section; and a report's dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ._data import table
from .furniture import fold

__all__ = [
    "Byline",
    "Dateline",
    "byline",
    "canonical_outlet",
    "dateline",
    "is_byline",
    "is_credit",
    "is_name",
    "is_place",
    "masthead",
    "people",
    "reporter",
    "tidy_place",
    "usual_outlet",
]

_SEPARATOR = re.compile(r"\s{0,20}[|•·]\s{0,20}|\s{1,20}[-–—]\s{1,20}")
# Who took the pictures, on the line of who wrote the words.
_CRAFT = re.compile(r"\s(?:Photograph(?:y|s|er)?|Photos|Pictures|Illustrations?|Video|Graphics)\b")
# An address after a name, also as mailing lists write it: "Jane Roe jane at paper.example".
_ADDRESS = re.compile(r"\s[<(]?[\w.+-]{1,60}(?:@| at )[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}[>)]?$")
_WORD_OF_NAME = re.compile(r"[\"“(]?[^\W\d_](?:[^\W\d_]|['’.-](?=.))*\.?[\"”)]?")
_REPORTS = re.compile(
    r"(?:^|[.:;!?,–—-] )((?:[^\s.:;!?]+ ){1,8}[^\s.:;!?]+) (?:reports?|writes?)(?: (?:from|in) [^.]{2,40})?\.?$"
)
_JOINT = re.compile(r",\s{0,20}(?:and\s{1,20}|with\s{1,20})?|\s{1,20}(?:and|with)\s{1,20}|\s{0,20}[/&]\s{0,20}")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it, and where from, if the line says so."""

    author: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words before a report's first sentence: place, agency, and the day as month and day (and year)."""

    place: str
    agency: str | None
    month: int | None
    day: int | None
    year: int | None


def byline(line: str) -> Byline | None:
    """The author of a line that begins with "By", or is names and a place ("Jane Roe in Rome").

    >>> byline("By Lena Castellan and Tobias Penhale in Baghdad")
    Byline(author='Lena Castellan and Tobias Penhale', place='Baghdad')
    >>> byline("By Sunday the toll had risen to nineteen.")
    """
    if len(line) > 160:
        return None
    if (named := _ADDRESS.sub("", line)) != line and (is_byline(named) or is_credit(named)):
        return Byline(named)
    lower = fold(line)
    label = next(
        (one for one in _author_labels() if lower.startswith(one) and lower[len(one) :][:1] in (" ", ":")), None
    )
    if label is None:
        names, _, town = line.rpartition(" in ")
        return Byline(names, tidy_place(town)) if names and is_byline(names) and is_place(town) else None
    rest, _, where = _CRAFT.split(line[len(label) :])[0].strip(" :").partition(" in ")
    rest = _SEPARATOR.split(rest)[0].strip(" ,.")
    who = people(rest)
    return (
        Byline(who, tidy_place(where.strip(" .,")) if where and is_place(where.strip(" .,")) else None) if who else None
    )


def reporter(text: str) -> str | None:
    """The names in the last words of a standfirst that says who reports: "... is split. Jane Roe reports".

    >>> reporter("The coalition is split over the levy. Jane Roe reports from Rome")
    'Jane Roe'
    """
    match = _REPORTS.search(text)
    return match[1] if match and is_byline(match[1]) else None


def people(text: str) -> str | None:
    """The names at the start of a line, without what follows them (office, outlet); None where none stand there.

    >>> people("QASSIM ABDUL-ZAHRA, Associated Press")
    'QASSIM ABDUL-ZAHRA'
    """
    end = 0
    for part, stop in _split(text):
        if end and usual_outlet(part):
            break
        if not (is_name(part) or (not end and (_credit(part) or _single(part)))):
            break
        end = stop
    return text[:end].strip(" ,.") or None


def _split(text: str) -> Iterable[tuple[str, int]]:
    start = 0
    for match in _JOINT.finditer(text):
        yield text[start : match.start()], match.start()
        start = match.end()
    yield text[start:], len(text)


def is_name(text: str) -> bool:
    """Whether a line looks like one person's name: two to five words, capitalised or particles.

    >>> is_name("Yusra Al-Rikabi"), is_name("New York"), is_name("Late header sinks Iran")
    (True, False, False)
    """
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60 or any(character.isdigit() or character == ":" for character in text):
        return False
    lower = fold(text)
    if lower in _places() or lower in _sections() or fold(words[-1]) in _roles() or canonical_outlet(text):
        return False
    if not all(map(_WORD_OF_NAME.fullmatch, words)) or fold(words[-1]) in _ends_of_places():
        return False
    return sum(map(_capital, words)) >= 2 and all(map(_of_a_name, words))


def is_byline(text: str) -> bool:
    """Whether a line without "By" names one or several persons: "Yusra Al-Rikabi and Hana Aziz"."""
    return len(text) <= 120 and all(is_name(part) for part, _ in _split(text))


def is_place(text: str) -> bool:
    """Whether a line beside a date or an author can be the place of the report: "Baghdad", "New York", "London, UK"."""
    lower = fold(text).strip(" .,")
    if lower in _places():
        return True
    parts = text.split(", ")
    words = text.replace(",", "").split()
    fits = 1 <= len(words) <= 3 and len(parts) <= 2 and len(parts[0].split()) <= 2 and all(map(_capital, words))
    return fits and lower not in _sections() and lower not in _days() and not canonical_outlet(text)


def tidy_place(text: str) -> str:
    """A place as names are written: "BAGHDAD" -> "Baghdad"."""
    return text.title().replace("'S", "'s").replace("’S", "’s") if text.isupper() and len(text) > 3 else text


def canonical_outlet(text: str) -> str | None:
    """The known outlet that a text names as a whole, by its canonical name.

    >>> canonical_outlet("the Independent")
    'The Independent'
    """
    return _outlets().get(_bare(text)) if len(text) <= 80 else None


def usual_outlet(text: str) -> str | None:
    """An outlet's name where it is known, or where its last word is one that outlets bear; without its article."""
    known = canonical_outlet(text)
    words = text.split()
    if known or not 2 <= len(words) <= 5 or len(text) > 60 or fold(text) in _sections():
        return known
    if fold(words[-1]) not in _kinds() or not all(
        _capital(word) or fold(word) in ("of", "the", "and", "&") for word in words
    ):
        return None
    return text.title() if text.isupper() else text


def masthead(line: str) -> tuple[str | None, bool] | None:
    """The outlet of a masthead ("Sport | Rusafa Weekly") and whether a section stands beside it; None if it is none."""
    if len(line) > 100:
        return None
    parts = [part for part in _SEPARATOR.split(line) if part]
    outlets = [usual_outlet(part) for part in parts]
    named = [outlet for outlet in outlets if outlet]
    others = [part for part, outlet in zip(parts, outlets, strict=True) if not outlet]
    if len(named) > 1 or not parts or len(parts) > 3:
        return None
    if named:
        fits = all(fold(part) in _sections() or (len(part.split()) <= 2 and _capital(part)) for part in others)
        return (named[0], bool(others)) if fits else None
    return (None, True) if all(fold(part) in _sections() for part in others) else None


_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\d_()\[\]—–\n]{1,45}?)"
    r"(?:,?\s(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.?\s(?P<day>\d{1,2})(?:,?\s(?P<year>\d{4}))?)?"
    r",?\s?(?:\((?P<agency>[^()\n]{2,40})\))?\s?(?P<dash>--|[-–—:])\s"
)


def dateline(paragraph: str) -> Dateline | None:
    """The dateline that a report's first paragraph opens with, or None.

    >>> dateline("BAGHDAD, Jan 3 (Meridian Wire) - An American drone strike killed two.")
    Dateline(place='Baghdad', agency='Meridian Wire', month=1, day=3, year=None)
    """
    match = _DATELINE.match(paragraph[:140])
    if match is None:
        return None
    place = match["place"].strip(" ,")
    town = place.split(",")[0]
    month = table("publication")["months"].get((match["month"] or "").lower())
    capitals = town.isupper() and len(town) > 2 and fold(town) not in _sections()
    if match["month"] and month is None:
        return None
    # In small letters "Sadr (left) - ..." looks the same: there an agency or a day must stand beside a known place.
    if not (capitals and match["dash"] != ":") and not (fold(town) in _places() and (match["agency"] or month)):
        return None
    day = int(match["day"]) if match["day"] else None
    return Dateline(tidy_place(town), match["agency"], month, day, int(match["year"]) if match["year"] else None)


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:1] in "'’\"“" and word[1:2].isupper())


def _of_a_name(word: str) -> bool:
    lower = fold(word)
    return _capital(word) or lower in _particles() or lower.partition("-")[0] in _particles()


def _single(part: str) -> bool:
    return len(part.split()) == 1 and part.isupper() and len(part) > 3


def _credit(part: str) -> bool:
    """Agencies and staff in an author's place: "Meridian Wire", "Rusafa Weekly staff", "agencies"."""
    words = part.split()
    while words and fold(words[-1]) in _roles():
        words.pop()
    return len(words) < len(part.split()) if not words else usual_outlet(" ".join(words)) is not None


def is_credit(text: str) -> bool:
    """Whether a line names agencies or staff as the authors: "Meridian Wire, with Rusafa Weekly staff"."""
    parts = [part for part, _ in _split(text.partition(" in ")[0]) if part]
    return len(text) <= 100 and any(map(_credit, parts)) and all(_credit(part) or is_name(part) for part in parts)


def _bare(text: str) -> str:
    lower = " ".join(fold(text).strip(" .,'\"").split())
    return lower.removeprefix("the ")


@cache
def _outlets() -> dict[str, str]:
    known = table("outlets")["outlets"]
    return {_bare(form): name for name, forms in known.items() for form in (name, *forms)}


@cache
def _kinds() -> frozenset[str]:
    return frozenset(table("outlets")["kinds"]["words"])


@cache
def _places() -> frozenset[str]:
    return frozenset(table("publication")["places"]["names"])


@cache
def _days() -> frozenset[str]:
    return frozenset((*table("publication")["weekdays"], *table("publication")["months"]))


@cache
def _ends_of_places() -> frozenset[str]:
    return frozenset(table("publication")["places"]["ends"])


@cache
def _sections() -> frozenset[str]:
    return frozenset(table("publication")["sections"]["names"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("publication")["names"]["particles"])


@cache
def _roles() -> frozenset[str]:
    return frozenset(table("publication")["names"]["roles"])


@cache
def _author_labels() -> tuple[str, ...]:
    return tuple(sorted(table("publication")["labels"]["author"], key=len, reverse=True))
