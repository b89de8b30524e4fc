"""A record with named fields (a line of JSON, a row of a table) -> Article: fields checked, furniture set aside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from dragoman.errors import SourceError
from dragoman.records import Article, Field, Furniture, normalise

from .assembly import FROM_DATELINE, Found, assemble, empty
from .columns import Columns
from .layout import lines_of, set_aside
from .markup import parse
from .signs import dateline
from .stamps import iso_moment, read_stamp

__all__ = ["article_from_record"]

_FEWEST_TITLE_WORDS = 4
_OWN_FIELD = "field of the record"
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|li|a|strong|em|span|img)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_FEWEST_TAGS = 2
_STROKES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")


def article_from_record(
    record: Mapping[str, Any], columns: Columns, source: str, line: int, flags: tuple[str, ...] = ()
) -> Article:
    """An article of one record; `source` is its file and `line` its line or row, from 1.

    A title that does not stand at the start of the text is put before it as a paragraph of its own, and a standfirst
    after the title. Prompts and other furniture in the text are set aside as on a page, its markup is taken out; a
    text without any is kept as it is. Fields that are not the article's are kept in `other`.

    Raises:
        SourceError: S004, no text; S005, not English; S008, a field of the wrong kind.
    """
    where = f"{source}:{line}"
    fields = {name: _value(record, name, columns, source, line) for name in columns.of}
    body = (fields.get("text") or "").strip()
    if not body:
        named = columns.of.get("text", "text")
        raise SourceError("S004", f'Line {line} of {source} has no text. Put the article\'s words into "{named}".')
    lines = {name: _one_line(value) for name, value in fields.items() if name != "text"}
    found = Found(where, flags=list(flags), user_id=lines.get("id"))
    for name in ("title", "standfirst", "author", "outlet", "place", "url"):
        found.take(name, lines.get(name), _basis(name, columns, record))
    _date(found, lines.get("published"), columns, record)
    if columns.own:
        found.furniture = [Furniture(one["text"], one["why"]) for one in _told(record, "furniture", ("text", "why"))]
    else:
        body = _cleaned(body, found)
    found.text = _composed(found.title, found.standfirst, body)
    found.paragraphs = body.split("\n") if body != found.title else []
    opening = dateline(body.partition("\n")[0])
    if opening and not found.place:
        found.take("place", opening.place, FROM_DATELINE)
    if columns.guessed:
        found.flags.append(f"columns guessed: {columns.told()}")
    found.other = _other(record, columns, fields)
    return assemble(found)


def _cleaned(body: str, found: Found) -> str:
    """The text without its furniture, which goes to `found`; as it is where there is none.

    Raises:
        SourceError: S004, all of it is furniture.
    """
    if len(_MARKUP.findall(body)) >= _FEWEST_TAGS:
        blocks = parse(body).blocks
        found.furniture = [Furniture(block.text, block.why) for block in blocks if block.why]
        found.flags.append("markup taken out of the text")
        body = "\n".join(block.text for block in blocks if not block.why)
    laid = set_aside(lines_of(body)[0])
    furniture = [Furniture(line.text, line.why) for line in laid if line.why]
    found.furniture.extend(furniture)
    if furniture:
        body = "\n".join(line.text for line in laid if not line.why)
    if not body:
        raise empty(found.source, len(found.furniture))
    return body


def _value(record: Mapping[str, Any], name: str, columns: Columns, source: str, line: int) -> str | None:
    """A field as text, None where it is missing, null, or guessed and no text."""
    column = columns.of[name]
    value = record.get(column)
    if value is None:
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return normalise(value)
    if name in columns.guessed and name != "text":
        return None
    raise SourceError(
        "S008",
        f"The field {column!r} in line {line} of {source} is {_kind(value)}, not text. Write it as a string or null.",
    )


def _one_line(value: str | None) -> str | None:
    return " ".join(value.split("\n")).strip() or None if value else None


def _other(record: Mapping[str, Any], columns: Columns, fields: Mapping[str, str | None]) -> list[Field]:
    """What the record holds beside the article's fields; of one that we exported, what it brought along itself."""
    if columns.own:
        return [Field(one["name"], one["value"]) for one in _told(record, "other", ("name", "value"))]
    used = {columns.of[name] for name, value in fields.items() if value is not None}
    found = ((name, value) for name, value in record.items() if name not in used and value not in (None, ""))
    return [
        Field(normalise(name), normalise(value if isinstance(value, str) else _json(value))) for name, value in found
    ]


def _told(record: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """The objects in a list that we exported, without those that somebody has spoiled since."""
    given = record.get(name)
    objects = (one for one in given if isinstance(one, dict)) if isinstance(given, list) else ()
    return [one for one in objects if all(isinstance(one.get(key), str) for key in keys)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _date(found: Found, given: str | None, columns: Columns, record: Mapping[str, Any]) -> None:
    """The time of publication, as ISO 8601 or as pages show it; one that cannot be read is told in a flag."""
    if given is None:
        return
    moment, fault = iso_moment(given)
    moment = moment or _as_shown(given, columns.day_first)
    if not found.take("published", moment, _basis("published", columns, record)):
        fault = f"{given[:60]!r} may begin with the day or the month" if _STROKES.match(given) else fault
        found.flags.append(f"published is not kept: {fault}")


def _basis(name: str, columns: Columns, record: Mapping[str, Any]) -> str:
    """How a field was found; one of a record that we exported as that tells."""
    if columns.own:
        bases = record.get("bases")
        told = bases.get(name) if isinstance(bases, dict) else None
        return str(told or (name == "published" and record["published_basis"]) or _OWN_FIELD)
    column = columns.of.get(name, name)
    return _OWN_FIELD if column == name else f"column {column}"


def _as_shown(given: str, day_first: bool | None) -> str | None:
    """The moment of a date as pages show it; of 03/01/2020 only where the column's other dates tell the order."""
    match = _STROKES.match(given)
    if match and day_first is not None:
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        given = f"{match[3]}-{month:0>2}-{day:0>2}{given[match.end() :]}"
    stamp = read_stamp(given)
    return stamp.moment if stamp else None


def _composed(title: str | None, standfirst: str | None, body: str) -> str:
    """The text with title and standfirst at its start: put there, each on its own line, unless they stand there."""
    start = ""
    if title is not None:
        if _stands(title, body):
            start, body = title, body[len(title) :]
        elif standfirst is None and _begins(title, body):
            return body
        else:
            start, body = title, "\n" + body
    if standfirst is not None and not _stands(standfirst, body.lstrip()):
        start = f"{start}\n{standfirst}" if start else standfirst
        body = "\n" + body.lstrip()
    return start + body


def _stands(part: str, body: str) -> bool:
    """Whether a part stands at the start as a line of its own."""
    rest = body[len(part) :].lstrip(" \t\u00a0")
    return body.startswith(part) and rest[:1] in ("", "\n")


def _begins(title: str, body: str) -> bool:
    """Whether the text begins with a title that runs on in its line ("Iran fires missiles at two bases. The ...")."""
    after = body[len(title) : len(title) + 1]
    return body.startswith(title) and not after.isalnum() and len(title.split()) >= _FEWEST_TITLE_WORDS


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {dict: "an object", list: "a list", str: "text", int: "a number", float: "a number", type(None): "null"}
    return names.get(type(value), type(value).__name__)
