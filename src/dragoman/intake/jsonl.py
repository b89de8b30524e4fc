"""JSON Lines -> Articles: one record a line, its fields found and checked, its text kept as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from dragoman.errors import SourceError
from dragoman.records import Article, Notice, Unread

from .columns import Columns, settle
from .fields import article_from_record

__all__ = ["article_from_json", "articles_from_lines"]

_EXAMPLE = '{"id": "1", "title": "...", "published": "2020-01-06", "text": "..."}'
# Keys that only our own exports have together: nothing in them is guessed, and what is ours is not kept as theirs.
_OWN = frozenset({"furniture", "flags", "near_copy_of", "version_of", "published_basis"})


def articles_from_lines(
    text: str, source: str, longest: int, flags: tuple[str, ...] = (), told: Mapping[str, str] | None = None
) -> Iterator[Article | Unread | Notice]:
    """The articles of a JSON Lines text; a line that cannot be read is an `Unread` and the others go on.

    `told` names the record's field for fields of an article ({"text": "Body"}); others are guessed by their names,
    and a `Notice` says how.
    """
    settled = lru_cache(1000)(lambda names: settle(names, told or {}, source))
    shown: set[str] = set()
    something = False
    # Not splitlines(): JSON strings may hold the other line separators of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        something = True
        try:
            record = _record(line, source, number)
            columns = _columns(record, settled)
            _check_length(record.get(columns.of.get("text", "text")), source, number, longest)
            if columns.guessed and columns.told() not in shown:
                shown.add(columns.told())
                yield Notice(source, f"{source}, line {number}: fields guessed by their names: {columns.told()}.")
            yield article_from_record(record, columns, source, number, flags)
        except SourceError as error:
            yield Unread(f"{source}:{number}", error.code, error.message)
    if not something:
        yield Unread(source, "S004", f"{source} is empty. Give JSON Lines, one record a line: {_EXAMPLE}.")


def article_from_json(record: Mapping[str, Any], source: str, line: int, flags: tuple[str, ...] = ()) -> Article:
    """An article of one record; `source` is its file and `line` its line, from 1.

    `id` becomes the article's `user_id`. A title that does not stand at the start of `text` is put before it as
    a paragraph of its own, and a standfirst after the title. Fields that are not known are kept in `other`.

    Raises:
        SourceError: S004, no text; S005, not English; S008, a field of the wrong kind.
    """
    return article_from_record(record, _columns(record, lambda names: settle(names, {}, source)), source, line, flags)


def _columns(record: Mapping[str, Any], settled: Callable[[tuple[str, ...]], Columns]) -> Columns:
    if not record.keys() >= _OWN:
        return settled(tuple(record))
    same = ("text", "title", "standfirst", "author", "outlet", "place", "published", "url")
    of = {name: name for name in same} | {"id": "user_id" if record.get("user_id") else "id"}
    return Columns(of, own=True)


def _record(line: str, source: str, number: int) -> dict[str, Any]:
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
            "S008", f"Line {number} of {source} is not an object. Each line must be one record: {_EXAMPLE}."
        )
    return record


def _check_length(text: object, source: str, number: int, longest: int) -> None:
    if isinstance(text, str) and len(text) > longest:
        raise SourceError(
            "S007",
            f"The text in line {number} of {source} has {len(text):,} characters; the limit is {longest:,}."
            " Split it, or raise the setting longest_article.",
        )
