"""JSON Lines -> Articles: one record a line, its fields checked, its text kept as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import SourceError
from dragoman.records import Article, Unread, normalise

from .assembly import Found, assemble
from .stamps import iso_moment

__all__ = ["article_from_json", "articles_from_lines"]

_FIELDS = ("title", "standfirst", "author", "outlet", "place", "published", "published_basis", "url", "text")
_EXAMPLE = '{"id": "1", "title": "...", "published": "2020-01-06", "text": "..."}'
_FEWEST_TITLE_WORDS = 4


def articles_from_lines(
    text: str, source: str, longest: int, flags: tuple[str, ...] = ()
) -> Iterator[Article | Unread]:
    """The articles of a JSON Lines text; a line that cannot be read is an `Unread` and the others go on."""
    something = False
    # Not splitlines(): JSON strings may hold the other line separators of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        something = True
        try:
            yield _one(line, source, number, longest, flags)
        except SourceError as error:
            yield Unread(f"{source}:{number}", error.code, error.message)
    if not something:
        yield Unread(source, "S004", f"{source} is empty. Give JSON Lines, one record a line: {_EXAMPLE}.")


def article_from_json(record: Mapping[str, Any], source: str, line: int, flags: tuple[str, ...] = ()) -> Article:
    """An article of one record; `source` is its file and `line` its line, from 1.

    `id` becomes the article's `user_id`. A title that does not stand at the start of `text` is put before it as
    a paragraph of its own, and a standfirst after the title. Fields that are not known are ignored.

    Raises:
        SourceError: S004, no text; S005, not English; S008, a field of the wrong kind.
    """
    where = f"{source}:{line}"
    fields = {name: _text_field(record, name, where) for name in _FIELDS}
    body = normalise(str(record.get("text") or "")).strip()
    if not body:
        raise SourceError(
            "S004", f'Line {line} of {source} has no text. Put the article\'s words into its field "text".'
        )
    found = Found(where, flags=list(flags), user_id=_user_id(record, where))
    found.author, found.outlet, found.place, found.url = (fields[name] for name in ("author", "outlet", "place", "url"))
    _date(found, fields)
    found.title, found.standfirst = fields["title"], fields["standfirst"]
    found.text = _composed(found.title, found.standfirst, body)
    found.paragraphs = [body] if body != found.title else []
    return assemble(found)


def _one(line: str, source: str, number: int, longest: int, flags: tuple[str, ...]) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = (
            f"{error.msg} at column {error.colno}"
            if isinstance(error, json.JSONDecodeError)
            else "nested too deep or a number too long"
        )
        raise SourceError(
            "S003", f"Line {number} of {source} is not valid JSON ({why}). Each line must be one record: {_EXAMPLE}."
        ) from error
    if not isinstance(record, dict):
        raise SourceError(
            "S008",
            f"Line {number} of {source} is {_kind(record)}, not an object. Each line must be one record: {_EXAMPLE}.",
        )
    text = record.get("text")
    if isinstance(text, str) and len(text) > longest:
        raise SourceError(
            "S007",
            f"The text in line {number} of {source} has {len(text):,} characters; the limit is {longest:,}."
            " Split it, or raise the setting longest_article.",
        )
    return article_from_json(record, source, number, flags)


def _text_field(record: Mapping[str, Any], name: str, where: str) -> str | None:
    """A field on one line, None where it is missing, null or empty."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        source, _, line = where.rpartition(":")
        raise SourceError(
            "S008",
            f"The field {name!r} in line {line} of {source} is {_kind(value)}, not text. Write it as a string or null.",
        )
    if name == "text":
        return None
    return " ".join(normalise(value).split("\n")).strip() or None


def _user_id(record: Mapping[str, Any], where: str) -> str | None:
    """The user's own id: `id`, or in an article that was exported before, its `user_id`."""
    for name in ("user_id", "id"):
        value = record.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        known = _text_field(record, name, where)
        if known:
            return known
    return None


def _date(found: Found, fields: Mapping[str, str | None]) -> None:
    given = fields["published"]
    if given is None:
        return
    found.published, fault = iso_moment(given)
    found.published_basis = fields["published_basis"] or "field of the record"
    if fault:
        found.flags.append(f"published is not kept: {fault}")


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
