"""Publication times as pages show them: "Monday 06 January 2020 21:03 GMT" -> "2020-01-06T21:03Z"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from ._data import table

__all__ = ["Stamp", "date_in_name", "iso_moment", "read_stamp"]

_LONGEST_LINE = 200
# What pages write beside a time and is no part of it: "4 min read", "Updated 2 days ago".
_ASIDE = re.compile(
    r"\b\d{1,3}[\s-]?min(?:ute)?s?(?:\sread)?\b|\b(?:updated\s)?(?:\d{1,2}|an?)\s\w{1,8}\sago\b", re.IGNORECASE
)
_UNIX = re.compile(
    r"\b(?P<day>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s[A-Z][a-z]{2}\s{1,2}\d{1,2})\s(?P<clock>\d\d:\d\d:\d\d)\s"
    r"(?:(?P<zone>[A-Z]{1,5}|[+-]\d{4})\s)?(?P<year>\d{4})\b"
)
_PIECES = re.compile(r"\s[|•·]\s")
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2199


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time found on a line: ISO, whether it is one of publication or of update, and what else the line says."""

    moment: str
    updated: bool
    rest: tuple[str, ...]
    doubt: str | None = None


def read_stamp(line: str) -> Stamp | None:
    """The publication time that a line shows, or None.

    A line is one of publication only if little stands on it beside date, time, zone and their labels.

    >>> read_stamp("Monday 06 January 2020 21:03 GMT").moment
    '2020-01-06T21:03Z'
    >>> read_stamp("2 February 2020 - Baghdad")
    Stamp(moment='2020-02-02', updated=False, rest=('Baghdad',), doubt=None)
    >>> read_stamp("On 3 January 2020 a drone killed the general.")
    """
    if len(line) > _LONGEST_LINE or not any(character.isdigit() for character in line):
        return None
    line = _ASIDE.sub("", line)
    line = _UNIX.sub(r"\g<day>, \g<year> \g<clock> \g<zone>", line)
    dated = [piece for piece in _PIECES.split(line) if any(pattern.search(piece) for pattern in _patterns())]
    if len(dated) > 1:
        first = read_stamp(dated[0])
        return replace(first, rest=(*first.rest, *dated[1:])) if first else None
    found = next((match for pattern in _patterns() if (match := pattern.search(line))), None)
    if found is None:
        return None
    day = _day(found.groupdict())
    if day is None:
        return None
    before, after = line[: found.start()], line[found.end() :]
    clock, before, after = _clock(before, after)
    label, before = _label(before)
    rest = tuple(part for piece in (before, after) for part in _parts(piece))
    if sum(len(part.split()) for part in rest) > 8 or any(_runs_on(part) for part in rest):
        return None
    return Stamp(day + (clock if len(day) == 10 else ""), label == "updated", rest, _weekday_doubt(found.group(0), day))


def date_in_name(name: str) -> str | None:
    """The one date that a file's name holds, as an ISO day.

    >>> date_in_name("2020-01-03-strike-wire.txt")
    '2020-01-03'
    """
    found = set()
    for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)", name[:300]):
        day = _iso(int(match[1]), int(match[3]), int(match[4]))
        if day:
            found.add(day)
    return found.pop() if len(found) == 1 else None


def iso_moment(text: str) -> tuple[str | None, str | None]:
    """An ISO date (year, month or day), date-time or interval with `/`, checked: (it, None) or (None, why not).

    >>> iso_moment("2020-01-06T21:03Z")
    ('2020-01-06T21:03Z', None)
    >>> iso_moment("2020-02-30")
    (None, "'2020-02-30' is not an ISO 8601 date, date-time or interval")
    """
    ends = [_one_moment(part.strip()) for part in text.split("/")]
    if len(ends) > 2 or None in ends:
        return None, f"{text[:60]!r} is not an ISO 8601 date, date-time or interval"
    whole = [end for end in ends if end is not None]
    if len(whole) == 2 and whole[1][: len(whole[0])] < whole[0][: len(whole[1])]:
        return None, f"{text[:60]!r} ends before it begins"
    return "/".join(whole), None


_STANDARD = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?")


def _one_moment(text: str) -> str | None:
    if re.fullmatch(r"\d{4}", text):
        return text if text != "0000" else None
    if re.fullmatch(r"\d{4}-\d\d", text):
        return text if _iso(int(text[:4]), int(text[5:]), 1) else None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if _STANDARD.fullmatch(text):
        return text
    return moment.date().isoformat() if len(text) <= 10 and ":" not in text and "T" not in text else moment.isoformat()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = table("publication")
    months = "|".join(sorted(names["months"], key=len, reverse=True))
    weekdays = "|".join(sorted(names["weekdays"], key=len, reverse=True))
    weekday = rf"(?:\b(?:{weekdays})\b\.?,?\s{{1,3}}(?:the\s)?)?"
    month = rf"(?P<month>{months})\b\.?"
    year = r"(?P<year>(?:1[89]|2[01])\d\d)(?!\d)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    forms = (
        rf"{weekday}(?<!\d){day}[\s-](?:of\s)?{month},?[\s-]{year}",
        rf"{weekday}\b{month}\s{day},?\s{year}",
        rf"{weekday}(?<!\d){year}(?P<mark>[-/.])(?P<number>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)",
        # With points the day comes first all over Europe; with strokes only a number above 12 tells which it is.
        rf"{weekday}(?<!\d)(?P<day>\d\d?)\.(?P<number>\d\d?)\.{year}",
        rf"{weekday}(?<!\d)(?P<day>1[3-9]|2\d|3[01])[/-](?P<number>\d\d?)[/-]{year}",
        rf"{weekday}(?<!\d)(?P<number>\d\d?)[/-](?P<day>1[3-9]|2\d|3[01])[/-]{year}",
        rf"^(?:published:?\s)?{month}\s{year}$",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _day(groups: dict[str, str | None]) -> str | None:
    months = table("publication")["months"]
    month = int(groups["number"] or 0) if "number" in groups else months[str(groups["month"]).lower()]
    year = int(groups["year"] or 0)
    if groups.get("day") is None:
        return f"{year:04}-{month:02}"
    return _iso(year, month, int(groups["day"] or 0))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _EARLIEST_YEAR <= year <= _LATEST_YEAR else None
    except ValueError:
        return None


_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))(?::\d\d)?(?:\.\d{1,6})?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"|(?<![\d:.])(?P<bare>\d{1,2})\s?(?P<half2>[ap]\.?m\.?)(?!\w)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s?\(?(?:GMT|UTC)?\s?(?P<sign>[+-−])(?P<hours>\d\d?):?(?P<minutes>\d\d)?\b\)?")
_ZONE = re.compile(r"\s?\(?(?P<zone>[A-Z]{1,5})\b\)?")
_LOOSE = " \t\u00a0,;:|·•-–—()\"'"


def _clock(before: str, after: str) -> tuple[str, str, str]:
    """`T21:03Z` as the line shows it before or after its date, and what is left on both sides."""
    for side, text in (("after", after), ("before", before)):
        match = _CLOCK.search(text)
        if not match:
            continue
        hour = int(match["hour"] or match["bare"])
        minute = int(match["minute"] or 0)
        half = (match["half"] or match["half2"] or "").lower()[:1]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            continue
        zone, end = _zone(text, match.end())
        left = text[: match.start()].rstrip(_LOOSE)
        left = re.sub(r"(?:^|\s)(?:at|T)$", "", left, flags=re.IGNORECASE)
        clock = f"T{hour:02}:{minute:02}{zone}"
        kept = left + " | " + text[end:]
        return (clock, before, kept) if side == "after" else (clock, kept, after)
    return "", before, after


def _zone(text: str, start: int) -> tuple[str, int]:
    offset = _OFFSET.match(text, start)
    if offset and int(offset["hours"]) <= 14:
        sign = "+" if offset["sign"] == "+" else "-"
        return f"{sign}{int(offset['hours']):02}:{offset['minutes'] or '00'}", offset.end()
    named = _ZONE.match(text, start)
    if not named:
        return "", start
    minutes = table("publication")["zones"].get(named["zone"].lower())
    if minutes is None:
        # An ambiguous or unknown zone ("ET") is swallowed with the time, which stays without one.
        return "", named.end() if len(named["zone"]) <= 4 else start
    if minutes == 0:
        return "Z", named.end()
    return f"{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}", named.end()


def _label(before: str) -> tuple[str | None, str]:
    labels = table("publication")["labels"]
    bare = before.rstrip(_LOOSE)
    lower = bare.lower()
    for kind in ("updated", "published"):
        for label in sorted(labels[kind], key=len, reverse=True):
            if lower.endswith(label) and not lower[: -len(label)][-1:].isalnum():
                return kind, bare[: len(bare) - len(label)]
    return None, before


def _parts(text: str) -> list[str]:
    """What else stands on the line, in pieces, without separators and the words that only lead to a date."""
    pieces = re.split(r"\s[|·•–—-]\s|[|·•]|,\s(?=By\s)", text)
    stripped = (re.sub(r"^(?:on|at|in)$", "", piece.strip(_LOOSE), flags=re.IGNORECASE) for piece in pieces)
    return [piece for piece in stripped if piece]


def _runs_on(part: str) -> bool:
    """Whether a piece beside the date is running text: a report's sentence, not a byline or a place."""
    words = part.split()
    small = [word for word in words if word[:1].islower() and word not in ("by", "and", "in", "of", "the")]
    return len(small) > 1 or (len(words) > 2 and part.endswith((".", "?", "!")) and bool(small))


def _weekday_doubt(shown: str, day: str) -> str | None:
    weekdays = table("publication")["weekdays"]
    first = re.match(r"[A-Za-z]+", shown)
    number = weekdays.get(first[0].lower()) if first else None
    if number is None or len(day) != 10 or date.fromisoformat(day).weekday() == number:
        return None
    return f"the weekday in {shown!r} does not fit the date"
