"""Exports of news databases: one text with many articles, each under its own head (Nexis Uni, LexisNexis, Factiva)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from dragoman.errors import SourceError
from dragoman.records import Article, Field, Furniture, Notice, Unread, normalise

from ._data import table
from .assembly import FROM_DATELINE, Found, assemble
from .layout import JOINED, lines_of, set_aside
from .signs import byline, canonical_outlet, dateline, masthead, tidy_place
from .stamps import read_stamp

__all__ = ["articles_of_export"]

_COUNTER = re.compile(r"\d+ of \d+ DOCUMENTS?")
_LABEL = re.compile(r"([A-Za-z][A-Za-z -]{1,24}?)\s*:\s*(.*)")
_WORDS = re.compile(r"[\d,.]+ words?")
_DOCUMENT = re.compile(r"(?:AN[\s|]+)?Document ([A-Za-z0-9]{16,40})[\s|]*")
_FOOTER = re.compile(r"(?:Page \d+ of \d+\s*)?(?:©|\(c\)) ?\d{4} Factiva, Inc\..{0,40}|Page \d+ of \d+", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: ?[A-Z]{2,5})?")
_RIGHTS = ("copyright", "©", "(c)")
_FEWEST_CODES = 3
_DATE_LINE = "date line of the export"
_HEAD_LINE = "line at the head of the export's article"
_EDGES = " \t\u00a0\u200b\ufeff|"

Parser = Callable[[list[str], Found], list[str]]
"""Fills what the lines of an article say into a `Found`, and gives the lines of its body."""


def articles_of_export(text: str, source: str, flags: Sequence[str] = ()) -> Iterator[Article | Unread | Notice] | None:
    """The articles of a database's export, numbered from 1 in the order of the file; None where the text is none.

    A `Notice` says what the file was taken for. What stands beside the articles (cover sheet, summary of the search) is
    furniture of the first of them.
    """
    lines = [line.strip(_EDGES) for line in normalise(text).split("\n")]
    folded = {line.lower() for line in lines}
    end = table("databases")["nexis"]["end"]
    if end in folded and ("body" in folded or any(line.startswith("load-date:") for line in folded)):
        parts, beside = _split(lines, lambda line: line.lower() == end)
        return _articles("Nexis Uni", parts, beside, _nexis_uni, source, flags)
    if any(map(_COUNTER.fullmatch, lines)):
        parts, beside = _split(lines, _COUNTER.fullmatch, opening=True)
        return _articles("LexisNexis", parts, beside, _lexis_nexis, source, flags)
    if any(map(_DOCUMENT.fullmatch, lines)) and any(map(_opens_factiva, lines)):
        parts, beside = _split(lines, _DOCUMENT.fullmatch)
        return _articles("Factiva", parts, beside, _factiva, source, flags)
    return None


def _split(lines: list[str], mark: Callable[[str], object], opening: bool = False) -> tuple[list[list[str]], list[str]]:
    """The lines of each article, with the mark that closes (or, if `opening`, opens) it, and those that are in none."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if opening and mark(line):
            parts.append([])
        parts[-1].append(line)
        if not opening and mark(line):
            parts.append([])
    # A file that was cut off ends in an article without its mark.
    cut_off = not opening and any(line.lower() == "body" or _opens_factiva(line) for line in parts[-1])
    beside = [] if cut_off else parts.pop(0 if opening else -1)
    return parts, [line for line in beside if line]


def _articles(
    database: str, parts: list[list[str]], beside: list[str], parse: Parser, source: str, flags: Sequence[str]
) -> Iterator[Article | Unread | Notice]:
    yield Notice(source, f"{source} is read as an export of {database}; articles in it: {len(parts)}.")
    for number, part in enumerate(parts, 1):
        found = Found(f"{source}:{number}", flags=list(flags))
        try:
            body = parse(part, found)
            if number == 1:
                found.furniture.extend(Furniture(line, "beside the articles of the export") for line in beside)
            yield _article(found, body)
        except SourceError as error:
            yield Unread(found.source, error.code, error.message)


def _article(found: Found, body: list[str]) -> Article:
    lines, joined = lines_of("\n".join(body))
    for line in set_aside(lines):
        if line.why is None:
            found.paragraphs.append(line.text)
        else:
            found.furniture.append(Furniture(line.text, line.why))
    if joined:
        found.flags.append(JOINED)
    opening = next((line for line in map(dateline, found.paragraphs[:2]) if line), None)
    if opening and not found.place:
        found.take("place", opening.place, FROM_DATELINE)
    if found.outlet:
        found.outlet = canonical_outlet(found.outlet) or found.outlet
    return assemble(found)


# Nexis Uni and LexisNexis


def _nexis_uni(lines: list[str], found: Found) -> list[str]:
    """Headline, outlet and day stand in this order above the labels; above the first of them a cover sheet."""
    end = table("databases")["nexis"]["end"]
    head, body = _labelled_parts([line for line in lines if line.lower() != end], found)
    at = _dated(head, found)
    above = head if at is None else head[:at]
    if above and at is not None:
        found.take("outlet", above.pop(), _HEAD_LINE)
    if above:
        found.take("title", above.pop(), _HEAD_LINE)
    found.furniture.extend(Furniture(line, "beside the articles of the export") for line in above)
    found.other.extend(Field("edition", line) for line in head[len(head) if at is None else at + 1 :])
    return body


def _lexis_nexis(lines: list[str], found: Found) -> list[str]:
    """Outlet and day stand in this order, then an edition, then the headline if no label says it."""
    head, body = _labelled_parts(lines[1:], found)
    at = _dated(head, found)
    under = head if at is None else head[at + 1 :]
    if at:
        found.take("outlet", head[0], _HEAD_LINE)
        found.other.extend(Field("edition", line) for line in head[1:at])
    if under and not found.title:
        found.take("title", under.pop(), _HEAD_LINE)
    found.other.extend(Field("edition", line) for line in under)
    return body


def _labelled_parts(lines: list[str], found: Found) -> tuple[list[str], list[str]]:
    """The lines above the labels and those of the body; what bears a label goes where it belongs."""
    head: list[str] = []
    body: list[str] = []
    values: dict[tuple[str, str], list[str]] = {}
    part, now = "head", None
    for line in lines:
        label, value = _label(line, part)
        if label and part == "head" and _nexis(part)[label] == "body":
            part, line = "body", value
        elif label:
            part, line = ("head" if part == "head" else "tail"), value
            now = values.setdefault((_nexis(part)[label], label), [])
        if part == "body":
            body.append(line)
        elif line.lower().startswith(_RIGHTS):
            found.other.append(Field("copyright", line))
        elif line:
            (head if now is None else now).append(line)
        elif part == "head" and not label:
            now = None
    _put(found, values)
    return head, body


def _label(line: str, part: str) -> tuple[str | None, str]:
    """The label that a line begins with or consists of, in a part of the article, and the rest of the line."""
    labels = _nexis("head" if part == "head" else "tail")
    match = _LABEL.fullmatch(line)
    if match and match[1].lower() in labels:
        return match[1].lower(), match[2]
    alone = line.lower() in labels and line.lower() in table("databases")["nexis"]["alone"]
    return (line.lower(), "") if alone else (None, line)


def _dated(head: list[str], found: Found) -> int | None:
    """The number of the line that dates the article: the last one that is a bare time of publication."""
    for number in range(len(head) - 1, -1, -1):
        stamp = read_stamp(head[number])
        # "Date and Time: ..." on the cover sheet is when the export was made.
        if stamp and "Date and Time" not in head[number]:
            found.take("published", stamp.moment, _DATE_LINE)
            return number
    return None


def _put(found: Found, values: Mapping[tuple[str, str], list[str]]) -> None:
    """Puts the lines of each label into the article's field, its furniture or its other fields."""
    for (field, label), lines in values.items():
        value = " ".join(lines)
        if field == "caption":
            found.furniture.extend(Furniture(line, "caption") for line in lines)
        elif field == "other":
            found.other.extend([Field(label, value)] if value else [])
        elif value:
            found.take(field, _cleaned(field, value), f"label {label} of the export")


def _cleaned(field: str, value: str) -> str:
    """An author without "By" and what follows the names, a place as names are written."""
    if field == "author":
        signed = byline(value.partition(";")[0]) or byline("By " + value.partition(";")[0])
        return signed.author if signed else value
    return tidy_place(value.rstrip(" -–—.,:")) if field == "place" else value


@cache
def _nexis(part: str) -> dict[str, str]:
    """Label -> field, for the labels above ("head") or under the body ("tail")."""
    return {label: field for field, labels in table("databases")["nexis"][part].items() for label in labels}


# Factiva


def _factiva(lines: list[str], found: Found) -> list[str]:
    kept: list[str] = []
    for line in lines:
        document = _DOCUMENT.fullmatch(line)
        if document:
            found.user_id = document[1]
        elif _FOOTER.fullmatch(line):
            found.furniture.append(Furniture(line, "page footer of the export"))
        else:
            kept.append(line)
    coded = sum(bool(_code().fullmatch(line)) for line in kept) >= _FEWEST_CODES
    return _coded(kept, found) if coded else _uncoded(kept, found)


def _opens_factiva(line: str) -> bool:
    return bool(_WORDS.fullmatch(line)) or (line.startswith("HD") and bool(_code().fullmatch(line)))


@cache
def _code() -> re.Pattern[str]:
    """A line that begins with a code, set off by more than a space, or consists of one."""
    codes = "|".join(table("databases")["factiva"]["codes"])
    return re.compile(rf"({codes})(?:(?:\s{{2,}}|\t|\s*\|)\s*(.*))?")


def _coded(lines: list[str], found: Found) -> list[str]:
    """Lines with codes in their left column; a value goes on until the next code."""
    fields = table("databases")["factiva"]["codes"]
    values: dict[str, list[str]] = {}
    now = "before"
    for line in lines:
        match = _code().fullmatch(line)
        if match:
            now = fields[match[1]]
        values.setdefault(now, []).append(((match[2] or "") if match else line).strip(_EDGES))
    body = values.pop("body", [])
    joined = {name: " ".join(filter(None, parts)) for name, parts in values.items()}
    found.furniture.extend(
        Furniture(line, "beside the articles of the export") for line in values.get("before", []) if line
    )
    codes = {name: code for code, name in fields.items()}
    for name in ("title", "outlet", "author"):
        found.take(name, _cleaned(name, joined.get(name, "")), f"code {codes[name]} of the export")
    _factiva_time(found, joined.get("day", ""), joined.get("time", ""))
    own = ("before", "title", "outlet", "author", "day", "time", "id", "caption")
    found.furniture.extend(Furniture(line, "caption") for line in values.get("caption", []) if line)
    found.other.extend(Field(name, value) for name, value in joined.items() if name not in own and value)
    return body


def _uncoded(lines: list[str], found: Found) -> list[str]:
    """The same without codes: above the count of words section, headline and byline, below it day, time, outlet, ..."""
    at = next((number for number, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if at is None:
        return lines
    above = [line for line in lines[:at] if line]
    signed = next((line for line in reversed(above[1:]) if byline(line)), None)
    if signed:
        above.remove(signed)
        found.take("author", _cleaned("author", signed), _HEAD_LINE)
    if len(above) > 1 and (mast := masthead(above[0])) and mast[0] is None:
        found.other.append(Field("section", above.pop(0)))
    found.take("title", above[0] if above else None, _HEAD_LINE)
    found.take("standfirst", " ".join(above[1:]), _HEAD_LINE)
    found.other.append(Field("length", lines[at]))
    return _below(lines[at + 1 :], found)


def _below(lines: list[str], found: Found) -> list[str]:
    """Reads the lines under the count of words up to the copyright line; gives the rest, the body."""
    end = next((n for n, line in enumerate(lines[:16]) if line.lower().startswith(_RIGHTS)), None)
    if end is None:
        end = next((n for n, line in enumerate(lines[:16]) if line == "English"), -1)
    head = [line for line in lines[: end + 1] if line]
    day = next((line for line in head if read_stamp(line)), "")
    clock = next((line for line in head if _CLOCK.fullmatch(line)), "")
    _factiva_time(found, day, clock)
    rest = [line for line in head if line not in (day, clock)]
    names = ("outlet", "source code")
    for place, line in enumerate(rest):
        if place == 0 and line != "English":
            found.take("outlet", line, _HEAD_LINE)
        else:
            name = (
                "copyright"
                if line == head[-1]
                else "language"
                if line == "English"
                else names[1]
                if place == 1
                else "page"
            )
            found.other.append(Field(name, line))
    return lines[end + 1 :]


def _factiva_time(found: Found, day: str, clock: str) -> None:
    stamp = read_stamp(f"{day} {clock}".strip()) or read_stamp(day)
    if stamp:
        found.take("published", stamp.moment, _DATE_LINE)
